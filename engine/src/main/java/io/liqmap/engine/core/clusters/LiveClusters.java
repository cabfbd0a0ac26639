package io.liqmap.engine.core.clusters;

import io.liqmap.engine.core.map.Density;
import io.liqmap.engine.core.map.LiquidationDensity;
import io.liqmap.engine.core.map.SummedDensity;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import java.util.Arrays;

/**
 * The tracked clusters of a map or a group, the oldest first.
 *
 * <p>At a refresh the oldest cluster claims first: among the ranges that overlap it the one that
 * holds most within its extent. So where two merge, the older one continues; where one splits, its
 * larger part does. An unclaimed range is a new cluster, if a bucket in it is dense enough. On the
 * map's thread; allocates only when the map has become wider than ever.
 */
public final class LiveClusters {
  /** Most clusters at a time, both sides together; the largest are tracked. */
  public static final int MAX = 64;

  private static final int UNKNOWN = Integer.MIN_VALUE;

  private final double changed;
  private final DenseRanges ranges;
  private final LiveCluster[] clusters = new LiveCluster[MAX];
  private final DenseRange[] claimed = new DenseRange[MAX];
  private int count;
  private long lastId;

  /** Since which the density's changes are followed; not part of the state. */
  private long changes = -1;

  /** Bucket of mark at a refresh of a density that adds up others. */
  private int passedBy = UNKNOWN;

  LiveClusters(final ClusterSettings settings, final double resolutionBps, final int leverages) {
    changed = settings.changed();
    ranges = new DenseRanges(settings, resolutionBps, MAX);
    for (int i = 0; i < MAX; i++) {
      clusters[i] = new LiveCluster(leverages);
    }
  }

  /** How many there are. */
  public int count() {
    return count;
  }

  /** A cluster; the higher the index, the younger. */
  public LiveCluster get(final int index) {
    return clusters[index];
  }

  void onSwept(
      final Side side,
      final int low,
      final int high,
      final int markBucket,
      final MapEventPublisher publisher,
      final Clearing clearing) {
    int index = 0;
    while (index < count) {
      final LiveCluster cluster = clusters[index];
      if (cluster.side() == side && cluster.isCrossed(markBucket)) {
        publisher.cluster(MapEvent.Kind.CLEARED, cluster, 0, cluster.reportedNotional());
        clearing.onCleared(side);
        remove(index);
        continue;
      }
      if (cluster.side() == side && cluster.overlaps(low, high)) {
        cluster.onPartlySwept();
      }
      index++;
    }
  }

  /**
   * Updates all clusters, ends those without a range, and adds new ones.
   *
   * @param isExact whether leverages are read from the ledgers
   */
  void refresh(
      final LiquidationDensity density,
      final long time,
      final boolean isExact,
      final MapEventPublisher publisher) {
    density.requireChanges(changes);
    ranges.find(density, this);
    update(density, time, isExact, publisher);
    changes = density.forgetChanges();
  }

  /**
   * The same in a density that adds up others: a group's mark may pass a cluster before all members
   * have swept it.
   *
   * @param markBucket of the group, or the instrument
   */
  void refresh(
      final SummedDensity density,
      final long time,
      final int markBucket,
      final boolean isExact,
      final MapEventPublisher publisher) {
    ranges.find(density, this);
    passedBy = markBucket;
    update(density, time, isExact, publisher);
  }

  private void update(
      final Density density,
      final long time,
      final boolean isExact,
      final MapEventPublisher publisher) {
    for (int index = 0; index < count; index++) {
      claimed[index] = claim(clusters[index], density);
    }
    int index = 0;
    for (int place = count; place > 0; place--) {
      if (claimed[index] == null) {
        publisher.cluster(
            ending(clusters[index]), clusters[index], 0, clusters[index].reportedNotional());
        remove(index);
      } else {
        clusters[index].update(claimed[index], density, isExact);
        publish(clusters[index], publisher);
        index++;
      }
    }
    for (int range = 0; range < ranges.count(); range++) {
      if (ranges.get(range).isDense && !ranges.get(range).isClaimed) {
        add(ranges.get(range), density, time, publisher);
      }
    }
    Arrays.fill(claimed, null);
  }

  private MapEvent.Kind ending(final LiveCluster cluster) {
    return passedBy != UNKNOWN && cluster.isCrossed(passedBy)
        ? MapEvent.Kind.CLEARED
        : MapEvent.Kind.SHRUNK;
  }

  private DenseRange claim(final LiveCluster cluster, final Density density) {
    DenseRange best = null;
    double most = Double.NaN;
    for (int i = ranges.firstReaching(cluster.side(), cluster.lowBucket());
        i < ranges.count();
        i++) {
      final DenseRange range = ranges.get(i);
      if (range.side != cluster.side() || range.low > cluster.highBucket()) {
        break;
      }
      if (!range.isClaimed) {
        if (best == null) {
          best = range;
          continue;
        }
        // Computed only where there is a choice.
        most = Double.isNaN(most) ? overlap(cluster, best, density) : most;
        final double overlap = overlap(cluster, range, density);
        if (overlap > most) {
          best = range;
          most = overlap;
        }
      }
    }
    if (best != null) {
      best.isClaimed = true;
    }
    return best;
  }

  private static double overlap(
      final LiveCluster cluster, final DenseRange range, final Density density) {
    final int high = Math.min(cluster.highBucket(), range.high);
    double sum = 0;
    for (int bucket = Math.max(cluster.lowBucket(), range.low); bucket <= high; bucket++) {
      sum += density.notional(range.side, bucket);
    }
    return sum;
  }

  private void publish(final LiveCluster cluster, final MapEventPublisher publisher) {
    final double reported = cluster.reportedNotional();
    final double now = cluster.notional();
    if (Math.abs(now - reported) > changed * reported) {
      publisher.cluster(
          now > reported ? MapEvent.Kind.GROWN : MapEvent.Kind.SHRUNK, cluster, now, reported);
      cluster.onReported();
    }
  }

  private void add(
      final DenseRange range,
      final Density density,
      final long time,
      final MapEventPublisher publisher) {
    final LiveCluster cluster = clusters[count];
    lastId++;
    count++;
    cluster.begin(lastId, range.side, time);
    cluster.update(range, density, true);
    cluster.onReported();
    publisher.cluster(MapEvent.Kind.BORN, cluster, cluster.notional(), 0);
  }

  /** Keeps the removed object behind the last cluster, for reuse. */
  private void remove(final int index) {
    final LiveCluster ended = clusters[index];
    final int after = count - index - 1;
    System.arraycopy(clusters, index + 1, clusters, index, after);
    System.arraycopy(claimed, index + 1, claimed, index, after);
    count--;
    clusters[count] = ended;
  }

  void encode(final StateWriter out) {
    out.putLong(lastId);
    out.putLong(count);
    for (int index = 0; index < count; index++) {
      clusters[index].encode(out);
    }
  }

  void decode(final StateReader in, final long time) {
    lastId = in.getLong(0, Long.MAX_VALUE - 1);
    count = in.getInt(0, (int) Math.min(MAX, lastId));
    long before = 0;
    for (int index = 0; index < count; index++) {
      clusters[index].decode(in, before + 1, lastId, time);
      before = clusters[index].id();
    }
  }

  interface Clearing {
    void onCleared(Side side);
  }
}
