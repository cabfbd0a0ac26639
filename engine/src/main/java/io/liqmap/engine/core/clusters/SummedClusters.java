package io.liqmap.engine.core.clusters;

import io.liqmap.engine.core.lattice.Lattice;
import io.liqmap.engine.core.map.SummedDensity;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;

/**
 * Clusters, sweeps and cascades of a density that adds up others, such as a group's or a consensus.
 *
 * <p>A refresh adds up whole maps, so there is at most one a second of the feed's time. On the
 * map's thread; allocates only when a map has become wider than ever.
 */
final class SummedClusters {
  /** Shortest time between two refreshes, ns. */
  static final long SECOND = 1_000_000_000L;

  /** Sums so far, quote asset. */
  interface Totals {
    /** What was swept. */
    double swept(Side side);

    /** Liquidations that venues reported. */
    double observed(Side side);
  }

  private final SummedDensity density;
  private final Totals totals;
  private final MapEventPublisher publisher;
  private final boolean publishesSweeps;
  private final LiveClusters clusters;
  private final CascadeWatch cascades;
  private final int buckets;
  private final long exactNanos;
  private long refreshedAt;
  private long exactAt;
  private boolean isDue;
  private int markBucket = -1;
  private double sweptLong;
  private double sweptShort;
  private double observedLong;
  private double observedShort;
  private long refreshes;

  /**
   * Starts without clusters.
   *
   * @param publishesSweeps whether the totals are what sweeps took off this density
   */
  SummedClusters(
      final ClusterSettings settings,
      final Lattice lattice,
      final SummedDensity density,
      final Totals totals,
      final MapEventPublisher publisher,
      final boolean publishesSweeps) {
    this.density = density;
    this.totals = totals;
    this.publisher = publisher;
    this.publishesSweeps = publishesSweeps;
    clusters = new LiveClusters(settings, lattice.resolutionBps(), density.leverages());
    cascades = new CascadeWatch(settings, lattice.resolutionBps());
    buckets = lattice.buckets();
    exactNanos = settings.refreshNanos();
  }

  /** Takes the totals as they are, and has a refresh follow. */
  void restart() {
    sweptLong = totals.swept(Side.LONG);
    sweptShort = totals.swept(Side.SHORT);
    observedLong = totals.observed(Side.LONG);
    observedShort = totals.observed(Side.SHORT);
    isDue = true;
  }

  /** Has a refresh follow as soon as a second has passed since the last one. */
  void require() {
    isDue = true;
  }

  boolean isDueAt(final long time) {
    return isDue && time - refreshedAt >= SECOND;
  }

  int markBucket() {
    return markBucket;
  }

  /** Follows mark into a bucket; −1 before there is a mark. */
  void move(final int bucket) {
    final int before = markBucket;
    markBucket = bucket;
    if (bucket == before || before < 0 || bucket < 0) {
      return;
    }
    final boolean isDown = bucket < before;
    final Side side = isDown ? Side.LONG : Side.SHORT;
    final double swept = totals.swept(side);
    final double expected = swept - (isDown ? sweptLong : sweptShort);
    if (expected > 0) {
      final double observed = totals.observed(side);
      final int low = isDown ? bucket + 1 : before;
      final int high = isDown ? before : bucket - 1;
      if (publishesSweeps) {
        publisher.swept(
            side, low, high, expected, observed - (isDown ? observedLong : observedShort));
      }
      if (isDown) {
        sweptLong = swept;
        observedLong = observed;
      } else {
        sweptShort = swept;
        observedShort = observed;
      }
      clusters.onSwept(side, low, high, bucket, publisher, SummedClusters::onCleared);
    }
  }

  /** Reactions are those of the first model's clusters. */
  private static void onCleared(final Side side) {
    // Nothing to record.
  }

  /**
   * Refreshes clusters and cascades from the density as it is projected.
   *
   * @param markPrice mantissa
   * @param impact move of the log price by 1 quote asset; NaN for no cascades
   */
  void refresh(final long time, final long markPrice, final double impact) {
    isDue = false;
    refreshedAt = time;
    final boolean isExact = time - exactAt >= exactNanos;
    exactAt = isExact ? time : exactAt;
    clusters.refresh(density, time, markBucket, isExact, publisher);
    cascades.refresh(density, markBucket, markPrice, impact, publisher);
    refreshes++;
  }

  LiveClusters clusters() {
    return clusters;
  }

  /** Refreshes so far; not comparable across restarts. */
  long refreshes() {
    return refreshes;
  }

  void encode(final StateWriter out) {
    out.putLong(refreshedAt);
    out.putLong(exactAt);
    out.putLong(isDue ? 1 : 0);
    out.putLong(markBucket);
    out.putDouble(sweptLong);
    out.putDouble(sweptShort);
    out.putDouble(observedLong);
    out.putDouble(observedShort);
    cascades.encode(out);
    clusters.encode(out);
  }

  /**
   * Reads a state, after the maps have read theirs.
   *
   * @param time no time in it is later, ns
   */
  void decode(final StateReader in, final long time) {
    refreshedAt = in.getLong(0, time);
    exactAt = in.getLong(0, time);
    isDue = in.getInt(0, 1) == 1;
    markBucket = in.getInt(-1, buckets);
    sweptLong = in.getDouble(0, totals.swept(Side.LONG));
    sweptShort = in.getDouble(0, totals.swept(Side.SHORT));
    observedLong = in.getDouble(0, totals.observed(Side.LONG));
    observedShort = in.getDouble(0, totals.observed(Side.SHORT));
    cascades.decode(in);
    clusters.decode(in, time);
  }
}
