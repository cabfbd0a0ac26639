package io.liqmap.tools.watch;

import io.liqmap.engine.core.margin.Side;
import java.util.Arrays;

/**
 * Notional of one side by price, as a map has it in buckets. Immutable; inside of a bucket it
 * counts in proportion to price.
 */
final class Bars {
  private final double[] lows;
  private final double[] highs;
  private final double[] sums;

  private Bars(final double[] lows, final double[] highs, final double[] sums) {
    this.lows = lows;
    this.highs = highs;
    this.sums = sums;
  }

  /**
   * Takes buckets in the order of prices, which don't overlap. What is in the bucket of mark is
   * where the side's positions are: longs below mark, shorts above.
   *
   * @param mark NaN while unknown
   * @param notionals 0 or more each, quote asset
   */
  static Bars of(
      final Side side,
      final double mark,
      final double[] lows,
      final double[] highs,
      final double[] notionals) {
    final Bars bars = new Bars(lows.clone(), highs.clone(), new double[notionals.length + 1]);
    for (int i = 0; i < notionals.length; i++) {
      bars.sums[i + 1] = bars.sums[i] + notionals[i];
      if (lows[i] < mark && mark < highs[i]) {
        (side == Side.LONG ? bars.highs : bars.lows)[i] = mark;
      }
    }
    return bars;
  }

  /** Notional between two prices; 0 where low isn't below high. */
  double between(final double low, final double high) {
    return low < high ? below(high) - below(low) : 0;
  }

  private double below(final double price) {
    final int found = Arrays.binarySearch(lows, price);
    final int bucket = found >= 0 ? found : -found - 2;
    if (bucket < 0) {
      return 0;
    }
    final double share = Math.min(1, (price - lows[bucket]) / (highs[bucket] - lows[bucket]));
    return sums[bucket] + share * (sums[bucket + 1] - sums[bucket]);
  }
}
