package io.liqmap.engine.core.map;

import io.liqmap.engine.core.margin.Side;
import java.util.Arrays;

/**
 * How far from their entries the known positions of each side are liquidated: shares of their
 * quantity by |ln(liquidation price / entry price)|. Measured again on demand. One thread;
 * allocates nothing once made.
 */
final class MeasuredProfile {
  /** Bounds of the bins, as ratios of prices. */
  private final double[] ratios;

  private final double[] longs;
  private final double[] shorts;
  private final double[] effective = new double[2];
  private final int[] accounts = new int[2];
  private final double[] quantities = new double[2];

  /**
   * Makes an empty profile.
   *
   * @param edges log distances between bins, rising, 0 or above; at least two
   */
  MeasuredProfile(final double[] edges) {
    ratios = Arrays.stream(edges).map(StrictMath::exp).toArray();
    // Nearer than the first, the bins, and out of reach.
    longs = new double[ratios.length + 1];
    shorts = new double[ratios.length + 1];
  }

  /** Measures the positions that a report has confirmed lately enough. */
  void measure(final KnownPositions positions, final long now) {
    for (final Side side : Side.values()) {
      measure(positions, now, side);
    }
  }

  private void measure(final KnownPositions positions, final long now, final Side side) {
    final double[] shares = of(side);
    Arrays.fill(shares, 0);
    int count = 0;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < positions.count(); i++) {
      if (positions.side(i) == side && !positions.isStale(i, now)) {
        final double quantity = positions.quantity(i);
        shares[bin((double) positions.entry(i), (double) positions.liquidation(i))] += quantity;
        count++;
        sum += quantity;
        squares += quantity * quantity;
      }
    }
    for (int bin = 0; sum > 0 && bin < shares.length; bin++) {
      shares[bin] /= sum;
    }
    accounts[side.ordinal()] = count;
    quantities[side.ordinal()] = sum;
    effective[side.ordinal()] = sum > 0 ? sum * sum / squares : 0;
  }

  private int bin(final double entry, final double liquidation) {
    if (liquidation == KnownPositions.NEVER) {
      return ratios.length;
    }
    final double ratio = Math.max(liquidation / entry, entry / liquidation);
    int bin = 0;
    while (bin < ratios.length && ratio >= ratios[bin]) {
      bin++;
    }
    return bin;
  }

  private double[] of(final Side side) {
    return side == Side.LONG ? longs : shorts;
  }

  /** Bins between two edges. */
  int bins() {
    return ratios.length - 1;
  }

  /** Share of a side's quantity from an edge to the next, 0 to 1. */
  double share(final Side side, final int bin) {
    return of(side)[bin + 1];
  }

  /** Share nearer than the first edge. */
  double nearer(final Side side) {
    return of(side)[0];
  }

  /** Share beyond the last edge, or that no price liquidates. */
  double outOfReach(final Side side) {
    return of(side)[ratios.length];
  }

  /** Quantity of all that was measured. */
  double quantity(final Side side) {
    return quantities[side.ordinal()];
  }

  int accounts(final Side side) {
    return accounts[side.ordinal()];
  }

  /** As many accounts of equal size would be as concentrated: (Σq)²/Σq²; 0 without any. */
  double effectiveAccounts(final Side side) {
    return effective[side.ordinal()];
  }
}
