package io.liqmap.engine.core.clusters;

import io.liqmap.engine.core.map.LiquidationDensity;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import java.util.Arrays;

/**
 * The clusters of an instrument that live, the oldest first, and which of them is which from one
 * refresh to the next.
 *
 * <p>The oldest cluster chooses first: among the runs that meet its extent the one that holds most
 * within it. So when two merge, the older goes on; when one splits, its larger part does. A run
 * that nobody chooses is a new cluster, if a bucket in it is dense enough. On the thread that
 * drives the levels; allocates nothing after construction.
 */
public final class LiveClusters {
  /** Most clusters that live at a time, both sides together; the largest are followed. */
  public static final int MAX = 64;

  private final double changed;
  private final DenseRanges runs;
  private final LiveCluster[] clusters = new LiveCluster[MAX];
  private final DenseRange[] chosen = new DenseRange[MAX];
  private int count;
  private long lastId;

  LiveClusters(final ClusterSettings settings, final double resolutionBps, final int leverages) {
    changed = settings.changed();
    runs = new DenseRanges(settings, resolutionBps, MAX);
    for (int i = 0; i < MAX; i++) {
      clusters[i] = new LiveCluster(leverages);
    }
  }

  /** How many live. */
  public int count() {
    return count;
  }

  /** One of them; the higher the index, the younger. */
  public LiveCluster get(final int index) {
    return clusters[index];
  }

  /** Takes note that mark has crossed buckets, and that something stood there. */
  void onSwept(
      final Side side,
      final int low,
      final int high,
      final int markBucket,
      final MapEventPublisher announcer,
      final Clearing clearing) {
    int index = 0;
    while (index < count) {
      final LiveCluster cluster = clusters[index];
      if (cluster.side() == side && cluster.isBehind(markBucket)) {
        announcer.cluster(MapEvent.Kind.CLEARED, cluster, 0, cluster.toldNotional());
        clearing.onCleared(side);
        remove(index);
        continue;
      }
      if (cluster.side() == side && cluster.meets(low, high)) {
        cluster.open();
      }
      index++;
    }
  }

  /**
   * Looks what stands of each, and for new ones.
   *
   * @param isExact whether leverages are looked up anew
   */
  void refresh(
      final LiquidationDensity profile,
      final long time,
      final boolean isExact,
      final MapEventPublisher announcer) {
    runs.find(profile, this);
    for (int index = 0; index < count; index++) {
      chosen[index] = choose(clusters[index], profile);
    }
    int index = 0;
    for (int place = count; place > 0; place--) {
      if (chosen[index] == null) {
        announcer.cluster(MapEvent.Kind.SHRUNK, clusters[index], 0, clusters[index].toldNotional());
        remove(index);
      } else {
        clusters[index].take(chosen[index], profile, isExact);
        tell(clusters[index], announcer);
        index++;
      }
    }
    for (int run = 0; run < runs.count(); run++) {
      if (runs.get(run).isDense && !runs.get(run).isClaimed) {
        bear(runs.get(run), profile, time, announcer);
      }
    }
    Arrays.fill(chosen, null);
  }

  private DenseRange choose(final LiveCluster cluster, final LiquidationDensity profile) {
    DenseRange best = null;
    double most = Double.NaN;
    for (int i = runs.firstReaching(cluster.side(), cluster.lowBucket()); i < runs.count(); i++) {
      final DenseRange run = runs.get(i);
      if (run.side != cluster.side() || run.low > cluster.highBucket()) {
        break;
      }
      if (!run.isClaimed) {
        if (best == null) {
          best = run;
          continue;
        }
        // Looked up only where there is a choice.
        most = Double.isNaN(most) ? overlap(cluster, best, profile) : most;
        final double overlap = overlap(cluster, run, profile);
        if (overlap > most) {
          best = run;
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
      final LiveCluster cluster, final DenseRange run, final LiquidationDensity profile) {
    final int high = Math.min(cluster.highBucket(), run.high);
    double sum = 0;
    for (int bucket = Math.max(cluster.lowBucket(), run.low); bucket <= high; bucket++) {
      sum += profile.notional(run.side, bucket);
    }
    return sum;
  }

  private void tell(final LiveCluster cluster, final MapEventPublisher announcer) {
    final double told = cluster.toldNotional();
    final double now = cluster.notional();
    if (Math.abs(now - told) > changed * told) {
      announcer.cluster(
          now > told ? MapEvent.Kind.GROWN : MapEvent.Kind.SHRUNK, cluster, now, told);
      cluster.tell();
    }
  }

  private void bear(
      final DenseRange run,
      final LiquidationDensity profile,
      final long time,
      final MapEventPublisher announcer) {
    final LiveCluster cluster = clusters[count];
    lastId++;
    count++;
    cluster.bear(lastId, run.side, time);
    cluster.take(run, profile, true);
    cluster.tell();
    announcer.cluster(MapEvent.Kind.BORN, cluster, cluster.notional(), 0);
  }

  /** The place after the last living one is for the one that has ended. */
  private void remove(final int index) {
    final LiveCluster ended = clusters[index];
    final int after = count - index - 1;
    System.arraycopy(clusters, index + 1, clusters, index, after);
    System.arraycopy(chosen, index + 1, chosen, index, after);
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

  /** Is told of clusters that mark has crossed. */
  interface Clearing {
    void onCleared(Side side);
  }
}
