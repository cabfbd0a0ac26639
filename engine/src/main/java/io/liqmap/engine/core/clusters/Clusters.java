package io.liqmap.engine.core.clusters;

import io.liqmap.engine.core.map.MapSnapshot;
import io.liqmap.engine.core.margin.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The clusters of a map for a report, the largest first. */
public final class Clusters {
  private Clusters() {}

  /**
   * Tracked clusters, as of the last refresh; on the thread that owns the map.
   *
   * @param snapshot of the first model's whole map, for prices
   */
  public static List<Cluster> of(final MapSnapshot snapshot, final LiveClusters tracked) {
    final List<Cluster> clusters = new ArrayList<>();
    for (int i = 0; i < tracked.count(); i++) {
      final LiveCluster cluster = tracked.get(i);
      clusters.add(
          cluster(
              snapshot,
              cluster.id(),
              cluster.side(),
              cluster.lowBucket(),
              cluster.highBucket(),
              cluster.peakBucket(),
              cluster.notional()));
    }
    return largestFirst(clusters);
  }

  /** Clusters found in one snapshot, by the scan that finds tracked ones where none is tracked. */
  public static List<Cluster> of(final MapSnapshot snapshot, final ClusterSettings settings) {
    final DenseRanges ranges =
        new DenseRanges(settings, snapshot.settings().resolutionBps(), LiveClusters.MAX);
    ranges.find(snapshot);
    final List<Cluster> clusters = new ArrayList<>();
    for (int i = 0; i < ranges.count(); i++) {
      final DenseRange range = ranges.get(i);
      clusters.add(
          cluster(snapshot, 0, range.side, range.low, range.high, range.peak, range.notional));
    }
    return largestFirst(clusters);
  }

  private static Cluster cluster(
      final MapSnapshot snapshot,
      final long id,
      final Side side,
      final int low,
      final int high,
      final int peak,
      final double notional) {
    final double nearEdge = side == Side.LONG ? snapshot.priceHigh(high) : snapshot.priceLow(low);
    final double distance = Cluster.distanceBps(side, nearEdge, snapshot.markPrice());
    return new Cluster(id, side, low, high, peak, notional, distance);
  }

  private static List<Cluster> largestFirst(final List<Cluster> clusters) {
    clusters.sort(Comparator.comparingDouble(Cluster::notional).reversed());
    return clusters;
  }
}
