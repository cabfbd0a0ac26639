package io.liqmap.engine.core.clusters;

import io.liqmap.engine.core.map.LiquidationDensity;
import io.liqmap.engine.core.map.MapSnapshot;
import io.liqmap.engine.core.margin.Side;

/**
 * The largest ranges of dense buckets, longs first, from the lowest bucket up: the one scan for
 * clusters.
 *
 * <p>A bucket is dense when it holds so many times its baseline; within a tracked cluster, fewer
 * times are enough. A few thinner buckets in a row don't break a range. One thread; allocates only
 * for more buckets than ever.
 */
final class DenseRanges {
  private static final int MIN_ROOM = 1024;

  private final LocalBaseline baseline;
  private final double bornAt;
  private final double keptAt;
  private final int bridged;
  private final DenseRange[] ranges;
  private int count;

  /** How many of them are longs, which come first. */
  private int longs;

  /** Of the side that is scanned, from its first bucket. */
  private double[] notionals = new double[0];

  private int first;

  /** Whether a range is open, to which the next dense bucket may belong. */
  private boolean isOpen;

  private int low;
  private int high;
  private boolean isDense;

  /** Tracked clusters of that side, from the lowest bucket up. */
  private final LiveCluster[] tracked;

  private int trackedCount;

  DenseRanges(final ClusterSettings settings, final double resolutionBps, final int max) {
    baseline = LocalBaseline.within(settings.aroundBps(), resolutionBps);
    bornAt = settings.bornAt();
    keptAt = settings.keptAt();
    bridged = settings.bridged();
    ranges = new DenseRange[max];
    for (int i = 0; i < max; i++) {
      ranges[i] = new DenseRange();
    }
    tracked = new LiveCluster[max];
  }

  int count() {
    return count;
  }

  DenseRange get(final int index) {
    return ranges[index];
  }

  /** First range of a side that ends at a bucket or above it; {@link #count} if none does. */
  int firstReaching(final Side side, final int bucket) {
    int from = side == Side.LONG ? 0 : longs;
    int to = side == Side.LONG ? longs : count;
    while (from < to) {
      final int middle = (from + to) >>> 1;
      if (ranges[middle].high < bucket) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  /** Scans a density, in which clusters are tracked. */
  void find(final LiquidationDensity density, final LiveClusters live) {
    clear();
    find(density, Side.LONG, live);
    longs = count;
    find(density, Side.SHORT, live);
  }

  private void find(final LiquidationDensity density, final Side side, final LiveClusters live) {
    final int buckets = Math.max(0, density.last(side) - density.first(side) + 1);
    makeRoom(buckets);
    density.copy(side, notionals);
    track(live, side);
    scan(side, density.first(side), buckets);
  }

  void find(final MapSnapshot snapshot) {
    clear();
    find(snapshot, Side.LONG);
    longs = count;
    find(snapshot, Side.SHORT);
  }

  private void find(final MapSnapshot snapshot, final Side side) {
    final int buckets = snapshot.bucketCount(side);
    makeRoom(buckets);
    for (int i = 0; i < buckets; i++) {
      notionals[i] = snapshot.notional(side, snapshot.firstBucket(side) + i);
    }
    scan(side, snapshot.firstBucket(side), buckets);
  }

  private void clear() {
    count = 0;
    longs = 0;
    trackedCount = 0;
  }

  private void makeRoom(final int buckets) {
    if (notionals.length < buckets) {
      notionals = new double[Math.max(buckets, MIN_ROOM) * 2];
    }
  }

  private void track(final LiveClusters live, final Side side) {
    trackedCount = 0;
    for (int i = 0; i < live.count(); i++) {
      final LiveCluster cluster = live.get(i);
      if (cluster.side() == side) {
        int place = trackedCount;
        while (place > 0 && tracked[place - 1].lowBucket() > cluster.lowBucket()) {
          tracked[place] = tracked[place - 1];
          place--;
        }
        tracked[place] = cluster;
        trackedCount++;
      }
    }
  }

  private void scan(final Side side, final int firstBucket, final int buckets) {
    first = firstBucket;
    baseline.compute(notionals, buckets);
    isOpen = false;
    int next = 0;
    for (int start = 0; start < buckets; start += LocalBaseline.BLOCK) {
      final int end = Math.min(buckets, start + LocalBaseline.BLOCK);
      next = next(next, first + start);
      final boolean isTracked = isTracked(next, first + end - 1);
      final double least = baseline.least(start, end - 1, isTracked ? keptAt : bornAt);
      for (int place = start; place < end; place++) {
        if (notionals[place] >= least) {
          next = isTracked ? next(next, first + place) : next;
          judge(side, place, isTracked(next, first + place));
        }
      }
    }
    if (isOpen) {
      add(side);
    }
  }

  /** First tracked cluster, from one on, that ends at a bucket or above it. */
  private int next(final int from, final int bucket) {
    int next = from;
    while (next < trackedCount && tracked[next].highBucket() < bucket) {
      next++;
    }
    return next;
  }

  private boolean isTracked(final int next, final int bucket) {
    return next < trackedCount && tracked[next].lowBucket() <= bucket;
  }

  private void judge(final Side side, final int place, final boolean isTracked) {
    final double notional = notionals[place];
    if (!baseline.isReached(place, notional, isTracked ? keptAt : bornAt)) {
      return;
    }
    final int bucket = first + place;
    if (isOpen && bucket - high > bridged + 1) {
      add(side);
      isOpen = false;
    }
    if (!isOpen) {
      isOpen = true;
      isDense = false;
      low = bucket;
    }
    high = bucket;
    isDense = isDense || !isTracked || baseline.isReached(place, notional, bornAt);
  }

  /** Where there are too many, the smallest is dropped, of several the last. */
  private void add(final Side side) {
    double notional = 0;
    int peak = low;
    for (int bucket = low; bucket <= high; bucket++) {
      notional += notionals[bucket - first];
      peak = notionals[bucket - first] > notionals[peak - first] ? bucket : peak;
    }
    if (count == ranges.length) {
      final int smallest = smallest();
      if (ranges[smallest].notional >= notional) {
        return;
      }
      final DenseRange dropped = ranges[smallest];
      longs -= smallest < longs ? 1 : 0;
      System.arraycopy(ranges, smallest + 1, ranges, smallest, count - smallest - 1);
      ranges[count - 1] = dropped;
      count--;
    }
    final DenseRange range = ranges[count];
    range.side = side;
    range.low = low;
    range.high = high;
    range.peak = peak;
    range.notional = notional;
    range.peakNotional = notionals[peak - first];
    range.isDense = isDense;
    range.isClaimed = false;
    count++;
  }

  private int smallest() {
    int smallest = 0;
    for (int i = 1; i < count; i++) {
      smallest = ranges[i].notional <= ranges[smallest].notional ? i : smallest;
    }
    return smallest;
  }
}
