package io.liqmap.engine.core.clusters;

import io.liqmap.engine.core.margin.Side;

/**
 * A cluster for a report: a range of dense buckets on one side of a map. Immutable.
 *
 * @param id the number of a tracked cluster, from 1; 0 where it was found in one snapshot
 * @param side side of the positions
 * @param lowBucket lowest bucket
 * @param highBucket highest bucket
 * @param peakBucket bucket with the largest notional
 * @param notional all of it, quote asset
 * @param distanceBps from mark to its near edge, basis points of mark; 0 where mark is in it
 */
public record Cluster(
    long id,
    Side side,
    int lowBucket,
    int highBucket,
    int peakBucket,
    double notional,
    double distanceBps) {
  private static final double BPS = 1e-4;

  /** Whether it is tracked, so that it has a number. */
  public boolean isTracked() {
    return id > 0;
  }

  /**
   * Distance of a cluster from mark, wherever one is stated: to its near edge, basis points of
   * mark; 0 where mark is in it.
   *
   * @param nearEdge price at which mark would enter it: the upper edge of longs, the lower one of
   *     shorts
   */
  public static double distanceBps(final Side side, final double nearEdge, final double markPrice) {
    final double away = side == Side.LONG ? markPrice - nearEdge : nearEdge - markPrice;
    return Math.max(0, away / markPrice / BPS);
  }
}
