package io.liqmap.engine.core.clusters;

import io.liqmap.engine.core.map.BlendedDensity;
import io.liqmap.engine.core.margin.Side;

/**
 * The clusters of a map in which none is tracked: those of one projection, without numbers, the
 * lowest longs first. One thread; allocates only for more buckets than ever.
 */
public final class FoundClusters {
  private final DenseRanges ranges;

  /** Finds none before the first projection. */
  public FoundClusters(final ClusterSettings settings, final double resolutionBps) {
    ranges = new DenseRanges(settings, resolutionBps, LiveClusters.MAX);
  }

  /** Finds the clusters of a projection. */
  public void find(final BlendedDensity density) {
    ranges.find(density, null);
  }

  public int count() {
    return ranges.count();
  }

  /** Side of a cluster's positions. */
  public Side side(final int cluster) {
    return ranges.get(cluster).side;
  }

  /** Its lowest bucket. */
  public int lowBucket(final int cluster) {
    return ranges.get(cluster).low;
  }

  /** Its highest bucket. */
  public int highBucket(final int cluster) {
    return ranges.get(cluster).high;
  }

  /** The bucket that holds most of it. */
  public int peakBucket(final int cluster) {
    return ranges.get(cluster).peak;
  }

  /** Its notional, quote asset. */
  public double notional(final int cluster) {
    return ranges.get(cluster).notional;
  }

  /** Notional of its largest bucket, quote asset. */
  public double peakNotional(final int cluster) {
    return ranges.get(cluster).peakNotional;
  }
}
