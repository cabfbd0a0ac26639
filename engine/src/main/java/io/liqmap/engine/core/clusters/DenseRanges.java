package io.liqmap.engine.core.clusters;

import io.liqmap.engine.core.map.LiquidationDensity;
import io.liqmap.engine.core.margin.Side;

/**
 * The largest runs of dense buckets of a profile, longs first, from the lowest bucket up.
 *
 * <p>A bucket is dense when it holds so many times what is usual around it; within a cluster that
 * lives, fewer times are enough. A few thinner buckets in a row don't break a run. One thread;
 * allocates only when the profile has become wider than ever.
 */
final class DenseRanges {
  private static final int MIN_ROOM = 1024;

  private final LocalBaseline surroundings;
  private final double bornAt;
  private final double keptAt;
  private final int bridged;
  private final DenseRange[] runs;
  private int count;

  /** How many of them are longs, which come first. */
  private int longs;

  private double[] notionals = new double[0];

  /** Living clusters of a side in the order of their buckets. */
  private final LiveCluster[] ordered;

  private int orderedCount;

  DenseRanges(final ClusterSettings settings, final double resolutionBps, final int max) {
    surroundings = LocalBaseline.within(settings.aroundBps(), resolutionBps);
    bornAt = settings.bornAt();
    keptAt = settings.keptAt();
    bridged = settings.bridged();
    runs = new DenseRange[max];
    for (int i = 0; i < max; i++) {
      runs[i] = new DenseRange();
    }
    ordered = new LiveCluster[max];
  }

  int count() {
    return count;
  }

  DenseRange get(final int index) {
    return runs[index];
  }

  /**
   * First run of a side that doesn't lie below a bucket altogether; {@link #count} if none does.
   */
  int firstReaching(final Side side, final int bucket) {
    int from = side == Side.LONG ? 0 : longs;
    int to = side == Side.LONG ? longs : count;
    while (from < to) {
      final int middle = (from + to) >>> 1;
      if (runs[middle].high < bucket) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  void find(final LiquidationDensity profile, final LiveClusters living) {
    count = 0;
    longs = 0;
    find(profile, Side.LONG, living);
    longs = count;
    find(profile, Side.SHORT, living);
  }

  private void find(final LiquidationDensity profile, final Side side, final LiveClusters living) {
    final int first = profile.first(side);
    final int last = profile.last(side);
    look(profile, side);
    order(living, side);
    int reached = 0;
    int low = 0;
    int high = 0;
    boolean isOpen = false;
    boolean isDense = false;
    for (int bucket = first; bucket <= last; bucket++) {
      final double notional = notionals[bucket - first];
      if (notional == 0 || !surroundings.reaches(bucket - first, notional, keptAt)) {
        continue;
      }
      while (reached < orderedCount && ordered[reached].highBucket() < bucket) {
        reached++;
      }
      final boolean isBorn = surroundings.reaches(bucket - first, notional, bornAt);
      if (isBorn || (reached < orderedCount && ordered[reached].lowBucket() <= bucket)) {
        if (isOpen && bucket - high > bridged + 1) {
          add(profile, side, low, high, isDense);
          isOpen = false;
        }
        if (!isOpen) {
          isOpen = true;
          isDense = false;
          low = bucket;
        }
        isDense |= isBorn;
        high = bucket;
      }
    }
    if (isOpen) {
      add(profile, side, low, high, isDense);
    }
  }

  private void look(final LiquidationDensity profile, final Side side) {
    final int first = profile.first(side);
    final int buckets = Math.max(0, profile.last(side) - first + 1);
    if (notionals.length < buckets) {
      notionals = new double[Math.max(buckets, MIN_ROOM) * 2];
    }
    profile.copy(side, notionals);
    surroundings.look(notionals, buckets);
  }

  private void order(final LiveClusters living, final Side side) {
    orderedCount = 0;
    for (int i = 0; i < living.count(); i++) {
      final LiveCluster cluster = living.get(i);
      if (cluster.side() == side) {
        int place = orderedCount;
        while (place > 0 && ordered[place - 1].lowBucket() > cluster.lowBucket()) {
          ordered[place] = ordered[place - 1];
          place--;
        }
        ordered[place] = cluster;
        orderedCount++;
      }
    }
  }

  /** Takes a run; when there are too many, the smallest goes, of several the last. */
  private void add(
      final LiquidationDensity profile,
      final Side side,
      final int low,
      final int high,
      final boolean isDense) {
    final int first = profile.first(side);
    double notional = 0;
    int peak = low;
    for (int bucket = low; bucket <= high; bucket++) {
      notional += notionals[bucket - first];
      peak = notionals[bucket - first] > notionals[peak - first] ? bucket : peak;
    }
    if (count == runs.length) {
      final int smallest = smallest();
      if (runs[smallest].notional >= notional) {
        return;
      }
      final DenseRange dropped = runs[smallest];
      longs -= smallest < longs ? 1 : 0;
      System.arraycopy(runs, smallest + 1, runs, smallest, count - smallest - 1);
      runs[count - 1] = dropped;
      count--;
    }
    final DenseRange run = runs[count];
    run.side = side;
    run.low = low;
    run.high = high;
    run.peak = peak;
    run.notional = notional;
    run.peakNotional = notionals[peak - first];
    run.isDense = isDense;
    run.isTaken = false;
    count++;
  }

  private int smallest() {
    int smallest = 0;
    for (int i = 1; i < count; i++) {
      smallest = runs[i].notional <= runs[smallest].notional ? i : smallest;
    }
    return smallest;
  }
}
