package io.liqmap.tools.watch;

import io.liqmap.engine.core.margin.Side;
import java.util.List;

/**
 * A map as it is shown. Immutable.
 *
 * @param name full name of the instrument or group
 * @param label symbol, or venue and symbol
 * @param time engine time, ns since 1970
 * @param sequence feed sequence of the last event
 * @param model that made it, with its window if that isn't all
 * @param base asset of quantities
 * @param quote asset of notionals
 * @param mark price; NaN while unknown
 * @param openInterest NaN while unknown
 * @param longs notional of the longs by price
 * @param shorts notional of the shorts by price
 * @param clusters in any order
 * @param quality how much it shows, and what its data lacks; a part each
 * @param caveat what it isn't
 */
record WatchedMap(
    String name,
    String label,
    long time,
    long sequence,
    String model,
    String base,
    String quote,
    double mark,
    double openInterest,
    Bars longs,
    Bars shorts,
    List<Cluster> clusters,
    List<String> quality,
    String caveat) {
  static final String CAVEAT =
      "An estimate from open interest, volume and assumed distances; no forecast.";

  /** A dense range of prices. */
  record Cluster(
      Side side, double low, double high, double notional, double distanceBps, String number) {}

  /** Notional of both sides between two prices. */
  double between(final double low, final double high) {
    return longs.between(low, high) + shorts.between(low, high);
  }

  /** What would be liquidated on the way from mark to a price. */
  double upTo(final double price) {
    return price < mark ? longs.between(price, mark) : shorts.between(mark, price);
  }

  /** The cluster of a side that is nearest to mark; null without any. */
  Cluster nearest(final Side side) {
    Cluster nearest = null;
    for (final Cluster cluster : clusters) {
      if (cluster.side == side && (nearest == null || cluster.distanceBps < nearest.distanceBps)) {
        nearest = cluster;
      }
    }
    return nearest;
  }

  boolean isInCluster(final double low, final double high) {
    return clusters.stream().anyMatch((cluster) -> cluster.low < high && cluster.high > low);
  }
}
