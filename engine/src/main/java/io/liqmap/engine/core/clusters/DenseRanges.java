package io.liqmap.engine.core.clusters;

import io.liqmap.engine.core.map.BucketChanges;
import io.liqmap.engine.core.map.LiquidationDensity;
import io.liqmap.engine.core.map.MapSnapshot;
import io.liqmap.engine.core.map.SideDensity;
import io.liqmap.engine.core.map.SideNotionals;
import io.liqmap.engine.core.map.SummedDensity;
import io.liqmap.engine.core.margin.Side;
import java.util.Arrays;

/**
 * The largest ranges of dense buckets, longs first, from the lowest bucket up: the one scan for
 * clusters.
 *
 * <p>A bucket is dense when it holds so many times its baseline; within a tracked cluster, fewer
 * times are enough. A few thinner buckets in a row don't break a range. One thread; allocates only
 * for more buckets than ever.
 */
final class DenseRanges {
  private final DenseBuckets longBuckets;
  private final DenseBuckets shortBuckets;
  private final int bridged;
  private final DenseRange[] ranges;
  private int count;

  /** How many of them are longs, which come first. */
  private int longs;

  /** Of the side that is scanned, by place. */
  private double[] notionals = new double[0];

  /** Bucket of place 0. */
  private int origin;

  /** Places within tracked clusters of that side, a bit each. */
  private long[] tracked = new long[0];

  DenseRanges(final ClusterSettings settings, final double resolutionBps, final int max) {
    longBuckets = buckets(settings, resolutionBps);
    shortBuckets = buckets(settings, resolutionBps);
    bridged = settings.bridged();
    ranges = new DenseRange[max];
    for (int i = 0; i < max; i++) {
      ranges[i] = new DenseRange();
    }
  }

  private static DenseBuckets buckets(final ClusterSettings settings, final double resolutionBps) {
    return new DenseBuckets(
        LocalBaseline.within(settings.aroundBps(), resolutionBps),
        settings.bornAt(),
        settings.keptAt());
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
    count = 0;
    find(density.on(Side.LONG), Side.LONG, longBuckets, live);
    longs = count;
    find(density.on(Side.SHORT), Side.SHORT, shortBuckets, live);
  }

  private void find(
      final SideDensity density,
      final Side side,
      final DenseBuckets buckets,
      final LiveClusters live) {
    buckets.judge(density);
    notionals = density.notionals();
    origin = density.origin();
    track(live, side);
    scan(side, buckets, density.first() - origin, density.last() - origin);
  }

  /**
   * Scans a density that adds up others.
   *
   * @param live the clusters that are tracked in it; null where none is
   */
  void find(final SummedDensity density, final LiveClusters live) {
    count = 0;
    find(density.on(Side.LONG), Side.LONG, longBuckets, live);
    longs = count;
    find(density.on(Side.SHORT), Side.SHORT, shortBuckets, live);
  }

  private void find(
      final SideNotionals density,
      final Side side,
      final DenseBuckets buckets,
      final LiveClusters live) {
    notionals = density.notionals();
    origin = density.origin();
    final int first = density.first() - origin;
    final int last = density.last() - origin;
    buckets.judge(notionals, first, last);
    track(live, side);
    scan(side, buckets, first, last);
  }

  void find(final MapSnapshot snapshot) {
    count = 0;
    find(snapshot, Side.LONG, longBuckets);
    longs = count;
    find(snapshot, Side.SHORT, shortBuckets);
  }

  private void find(final MapSnapshot snapshot, final Side side, final DenseBuckets buckets) {
    final int found = snapshot.bucketCount(side);
    notionals = new double[found + Long.SIZE - 1 & -Long.SIZE];
    origin = snapshot.firstBucket(side);
    for (int place = 0; place < found; place++) {
      notionals[place] = snapshot.notional(side, origin + place);
    }
    buckets.judge(notionals, 0, found - 1);
    tracked = new long[notionals.length >> 6];
    scan(side, buckets, 0, found - 1);
  }

  private void track(final LiveClusters live, final Side side) {
    if (tracked.length < notionals.length >> 6) {
      tracked = new long[notionals.length >> 6];
    }
    Arrays.fill(tracked, 0);
    for (int i = 0; live != null && i < live.count(); i++) {
      final LiveCluster cluster = live.get(i);
      if (cluster.side() == side) {
        final int from = Math.max(0, cluster.lowBucket() - origin);
        final int to = Math.min(cluster.highBucket() - origin, notionals.length - 1);
        for (int word = from >> 6; word <= to >> 6; word++) {
          tracked[word] |= BucketChanges.mask(word, from, to);
        }
      }
    }
  }

  /** A tracked cluster keeps buckets in which none would be born. */
  private void scan(final Side side, final DenseBuckets buckets, final int first, final int last) {
    if (first > last) {
      return;
    }
    final long[] born = buckets.born();
    final long[] kept = buckets.kept();
    int low = 0;
    int high = Integer.MIN_VALUE / 2;
    boolean isDense = false;
    for (int word = first >> 6; word <= last >> 6; word++) {
      for (long bits = born[word] | (kept[word] & tracked[word]); bits != 0; bits &= bits - 1) {
        final int place = (word << 6) + Long.numberOfTrailingZeros(bits);
        if (place - high > bridged + 1) {
          if (high >= low) {
            add(side, low, high, isDense);
          }
          low = place;
          isDense = false;
        }
        high = place;
        isDense |= (born[word] >>> place & 1) != 0;
      }
    }
    if (high >= low) {
      add(side, low, high, isDense);
    }
  }

  /** Where there are too many, the smallest is dropped, of several the last. */
  private void add(final Side side, final int low, final int high, final boolean isDense) {
    double notional = 0;
    int peak = low;
    for (int place = low; place <= high; place++) {
      notional += notionals[place];
      peak = notionals[place] > notionals[peak] ? place : peak;
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
    range.low = origin + low;
    range.high = origin + high;
    range.peak = origin + peak;
    range.notional = notional;
    range.peakNotional = notionals[peak];
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
