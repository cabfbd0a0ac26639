package io.liqmap.tools.score;

import java.util.Arrays;

/** Quantiles, linear between order statistics. */
public final class Quantiles {
  private Quantiles() {}

  /** The numbers among values, rising. */
  static double[] sorted(final double[] values) {
    return Arrays.stream(values).filter((value) -> !Double.isNaN(value)).sorted().toArray();
  }

  /**
   * A quantile of rising values, NaN of none.
   *
   * @param share 0 to 1
   */
  public static double of(final double[] sorted, final double share) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    final double at = share * (sorted.length - 1);
    final int below = (int) at;
    if (below + 1 >= sorted.length || sorted[below] == sorted[below + 1]) {
      return sorted[below];
    }
    return sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]);
  }
}
