package io.liqmap.engine.core.clusters;

import io.liqmap.engine.core.map.BucketChanges;
import io.liqmap.engine.core.map.SideDensity;
import java.util.Arrays;

/**
 * Which buckets of a side hold so many times their baseline that clusters are born or kept there.
 *
 * <p>A judgement leaves each block of buckets some room: how much the bucket that is nearest to a
 * threshold is away from it. While what has changed since, in the block and within reach of it, is
 * less than that, the judgement holds, and so is that of all buckets at any time. One thread;
 * allocates only for more buckets than ever.
 */
final class DenseBuckets {
  /** Part of a baseline that rounding can't make up, however many changes there were. */
  private static final double ROUNDING = 1e-9;

  private static final int BLOCK = BucketChanges.BLOCK;
  private static final int WHOLE_BLOCK = (1 << BLOCK) - 1;

  private final LocalBaseline baseline;
  private final double bornAt;
  private final double keptAt;

  private final double perBorn;
  private final double perKept;

  /** Blocks that the reach of a block's buckets extends to, each way. */
  private final int blocksAround;

  /** By place, a bit each. */
  private long[] born = new long[0];

  private long[] kept = new long[0];

  /** Places that have changed since they were judged, a bit each. */
  private long[] unjudged = new long[0];

  /** Blocks that have changed since they were summed. */
  private boolean[] isUnsummed = new boolean[0];

  /** By block: changes within reach since it was judged, and those of unjudged places. */
  private double[] around = new double[0];

  private double[] own = new double[0];

  /** By block: room for changes within reach, and up to which {@link #lifted}. */
  private double[] rooms = new double[0];

  private double[] liftedLimits = new double[0];

  /** By block: changes below it, since the last time. */
  private double[] below = new double[0];

  /** Of all changes of notionals and of the baseline's floor since all buckets were judged. */
  private double moved;

  private double lifted;

  private double[] notionals = new double[0];
  private double notional;
  private int holding;
  private double floor;
  private boolean isSummed;
  private int low;
  private int high = -1;

  DenseBuckets(final LocalBaseline baseline, final double bornAt, final double keptAt) {
    this.baseline = baseline;
    this.bornAt = bornAt;
    this.keptAt = keptAt;
    perBorn = 1 / bornAt;
    perKept = 1 / keptAt;
    blocksAround = (baseline.reach() + BLOCK - 1) / BLOCK;
  }

  /** By place: whether a cluster is born there, a bit each. */
  long[] born() {
    return born;
  }

  /** By place: whether a cluster keeps the bucket, a bit each. */
  long[] kept() {
    return kept;
  }

  /** Judges a side of a density, whose changes have been recorded since the last judgement. */
  void judge(final SideDensity side) {
    final BucketChanges changes = side.changes();
    final int newLow = side.first() - side.origin();
    final int newHigh = side.last() - side.origin();
    if (changes.isAll() || low > high || newLow > newHigh) {
      judge(side.notionals(), newLow, newHigh);
      return;
    }
    follow(changes);
    if (!(moved <= notional)) {
      judge(notionals, newLow, newHigh);
      return;
    }
    isSummed = false;
    if (newLow != low || newHigh != high) {
      moveEdges(newLow, newHigh);
    }
    for (int block = low / BLOCK; block <= high / BLOCK; block++) {
      final int from = Math.max(0, block - blocksAround);
      final int to = Math.min(below.length - 1, block + blocksAround + 1);
      around[block] += below[to] - below[from];
      own[block] += changes.moved()[block];
      judgeIfDue(block);
    }
  }

  private void follow(final BucketChanges changes) {
    final long[] places = changes.places();
    final double[] movedIn = changes.moved();
    double sum = 0;
    for (int block = 0; block < movedIn.length; block++) {
      below[block] = sum;
      sum += movedIn[block];
      isUnsummed[block] |= movedIn[block] != 0;
    }
    below[movedIn.length] = sum;
    for (int word = 0; word < unjudged.length; word++) {
      unjudged[word] |= places[word];
    }
    moved += sum;
    notional += changes.grown();
    holding += changes.occupied();
    lift(baseline.floor(notional, holding));
  }

  private void lift(final double newFloor) {
    lifted += Math.abs(newFloor - floor);
    floor = newFloor;
  }

  /** Beyond the edges nothing is dense; within reach of them, baselines have other buckets. */
  private void moveEdges(final int newLow, final int newHigh) {
    for (int word = 0; word < born.length; word++) {
      final long between = BucketChanges.mask(word, newLow, newHigh);
      born[word] &= between;
      kept[word] &= between;
    }
    if (newLow != low) {
      forget(Math.min(low, newLow), Math.max(low, newLow) + baseline.reach());
    }
    if (newHigh != high) {
      forget(Math.min(high, newHigh) - baseline.reach(), Math.max(high, newHigh));
    }
    low = newLow;
    high = newHigh;
  }

  /** Has blocks judged again. */
  private void forget(final int from, final int to) {
    final int end = Math.min(to / BLOCK, rooms.length - 1);
    for (int block = Math.max(0, from) / BLOCK; block <= end; block++) {
      rooms[block] = Double.NEGATIVE_INFINITY;
    }
  }

  /**
   * Judges all buckets of a side.
   *
   * @param all notionals by place, 0 below the lowest and above the highest; a multiple of 64
   * @param lowest place of the lowest bucket that holds anything
   * @param highest place of the highest one; below the lowest if none does
   */
  void judge(final double[] all, final int lowest, final int highest) {
    notionals = all;
    reserve(all.length);
    Arrays.fill(born, 0);
    Arrays.fill(kept, 0);
    Arrays.fill(unjudged, 0);
    Arrays.fill(isUnsummed, false);
    Arrays.fill(rooms, Double.NEGATIVE_INFINITY);
    moved = 0;
    lifted = 0;
    low = lowest;
    high = highest;
    if (lowest <= highest) {
      baseline.compute(all, lowest, highest);
      notional = baseline.sum();
      holding = baseline.holding();
      floor = baseline.floor();
      for (int block = lowest / BLOCK; block <= highest / BLOCK; block++) {
        judgeOnce(block);
      }
    }
  }

  private void reserve(final int places) {
    if (born.length != places >> 6) {
      final int blocks = places / BLOCK;
      born = new long[places >> 6];
      kept = new long[born.length];
      unjudged = new long[born.length];
      isUnsummed = new boolean[blocks];
      around = new double[blocks];
      own = new double[blocks];
      rooms = new double[blocks];
      liftedLimits = new double[blocks];
      below = new double[blocks + 1];
    }
  }

  /** Judges a block without measuring its room: most buckets are far below any threshold. */
  private void judgeOnce(final int block) {
    final int start = block * BLOCK;
    final double least = baseline.least(start, start + BLOCK - 1, keptAt);
    long isBorn = 0;
    long isKept = 0;
    for (int bit = 0; bit < BLOCK; bit++) {
      final double now = notionals[start + bit];
      if (now >= least) {
        final double usual = baseline.at(start + bit);
        isBorn |= now >= bornAt * usual ? 1L << bit : 0;
        isKept |= now >= keptAt * usual ? 1L << bit : 0;
      }
    }
    born[start / Long.SIZE] |= isBorn << start;
    kept[start / Long.SIZE] |= isKept << start;
  }

  private void judgeIfDue(final int block) {
    if (!(around[block] <= rooms[block] && lifted <= liftedLimits[block])) {
      around[block] = 0;
      rooms[block] = Double.POSITIVE_INFINITY;
      liftedLimits[block] = Double.POSITIVE_INFINITY;
      judge(block, WHOLE_BLOCK);
    } else if (own[block] != 0) {
      final double shift = own[block] / keptAt;
      final int buckets = 2 * baseline.reach() + 1;
      if (!(around[block] + shift * buckets <= rooms[block]
          && lifted + shift <= liftedLimits[block])) {
        final int place = block * BLOCK;
        judge(block, (int) (unjudged[place >> 6] >>> place) & WHOLE_BLOCK);
      }
    }
  }

  /** Judges places of a block, all that have changed among them. */
  private void judge(final int block, final int places) {
    sum();
    final int start = block * BLOCK;
    double room = Double.POSITIVE_INFINITY;
    int isBorn = 0;
    int isKept = 0;
    for (int bits = places; bits != 0; bits &= bits - 1) {
      final int bit = Integer.numberOfTrailingZeros(bits);
      final double now = notionals[start + bit];
      final double usual = baseline.at(start + bit);
      if (now > 0) {
        isBorn |= now >= bornAt * usual ? 1 << bit : 0;
        isKept |= now >= keptAt * usual ? 1 << bit : 0;
      }
      final double away =
          Math.min(Math.abs(now * perBorn - usual), Math.abs(now * perKept - usual));
      room = Math.min(room, away - usual * ROUNDING);
    }
    final int word = start / Long.SIZE;
    final long left = ~((long) places << start);
    born[word] = (born[word] & left) | ((long) isBorn << start);
    kept[word] = (kept[word] & left) | ((long) isKept << start);
    unjudged[word] &= left;
    own[block] = 0;
    final int buckets = baseline.leastBuckets(start, start + BLOCK - 1);
    rooms[block] = Math.min(rooms[block], around[block] + room * buckets);
    liftedLimits[block] = Math.min(liftedLimits[block], lifted + room);
  }

  private void sum() {
    if (!isSummed) {
      for (int block = 0; block < isUnsummed.length; block++) {
        if (isUnsummed[block]) {
          baseline.sum(notionals, block);
          isUnsummed[block] = false;
        }
      }
      baseline.total(low, high);
      notional = baseline.sum();
      lift(baseline.floor());
      isSummed = true;
    }
  }
}
