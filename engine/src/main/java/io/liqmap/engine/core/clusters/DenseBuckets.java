package io.liqmap.engine.core.clusters;

import io.liqmap.engine.core.map.SideDensity;
import java.util.Arrays;

/**
 * Which buckets of a side hold so many times their baseline that clusters are born or kept there.
 *
 * <p>After small changes only changed buckets are judged again, and blocks in which a bucket is so
 * near to its threshold that all changes together may have carried the threshold past it. The
 * judgement is that of all buckets. One thread; allocates only for more buckets than ever.
 */
final class DenseBuckets {
  /** Part of a baseline that rounding can't make up, however many changes there were. */
  private static final double ROUNDING = 1e-9;

  private static final int BLOCK = LocalBaseline.BLOCK;
  private static final int WHOLE_BLOCK = (1 << BLOCK) - 1;

  private final LocalBaseline baseline;
  private final double bornAt;
  private final double keptAt;

  /** By place, a bit each. */
  private long[] born = new long[0];

  private long[] kept = new long[0];

  /** By block: the judgement holds while neither {@link #moved} nor {@link #lifted} is above. */
  private double[] movedLimits = new double[0];

  private double[] liftedLimits = new double[0];

  /** Sum of all changes of notionals since all buckets were judged. */
  private double moved;

  /** Sum of all changes of the baseline's floor since then. */
  private double lifted;

  private double[] notionals = new double[0];
  private int low;
  private int high = -1;

  DenseBuckets(final LocalBaseline baseline, final double bornAt, final double keptAt) {
    this.baseline = baseline;
    this.bornAt = bornAt;
    this.keptAt = keptAt;
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
    final int newLow = side.first() - side.origin();
    final int newHigh = side.last() - side.origin();
    if (side.isAllTouched() || low > high || newLow > newHigh) {
      judge(side.notionals(), newLow, newHigh);
      return;
    }
    final double floor = baseline.floor();
    sumTouched(side.touched());
    baseline.total(newLow, newHigh);
    moved += side.moved();
    lifted += Math.abs(baseline.floor() - floor);
    if (!(moved <= baseline.sum())) {
      judge(notionals, newLow, newHigh);
      return;
    }
    if (newLow != low) {
      forget(Math.min(low, newLow), Math.max(low, newLow) + baseline.reach());
    }
    if (newHigh != high) {
      forget(Math.min(high, newHigh) - baseline.reach(), Math.max(high, newHigh));
    }
    low = newLow;
    high = newHigh;
    judgeBlocks(side.touched());
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
    if (born.length != all.length >> 6) {
      born = new long[all.length >> 6];
      kept = new long[born.length];
      movedLimits = new double[all.length / BLOCK];
      liftedLimits = new double[movedLimits.length];
    }
    Arrays.fill(born, 0);
    Arrays.fill(kept, 0);
    Arrays.fill(movedLimits, Double.NEGATIVE_INFINITY);
    moved = 0;
    lifted = 0;
    low = lowest;
    high = highest;
    if (lowest <= highest) {
      baseline.compute(all, lowest, highest);
      judgeBlocks(kept);
    }
  }

  private void sumTouched(final long[] touched) {
    for (int word = 0; word < touched.length; word++) {
      long bits = touched[word];
      if (bits != 0) {
        born[word] &= ~bits;
        kept[word] &= ~bits;
        for (int block = word * (Long.SIZE / BLOCK); bits != 0; block++) {
          if ((bits & WHOLE_BLOCK) != 0) {
            baseline.sum(notionals, block);
          }
          bits >>>= BLOCK;
        }
      }
    }
  }

  /** Has blocks judged again. */
  private void forget(final int from, final int to) {
    final int end = Math.min(to / BLOCK, movedLimits.length - 1);
    for (int block = Math.max(0, from) / BLOCK; block <= end; block++) {
      movedLimits[block] = Double.NEGATIVE_INFINITY;
    }
  }

  private void judgeBlocks(final long[] touched) {
    for (int block = low / BLOCK; block <= high / BLOCK; block++) {
      if (moved <= movedLimits[block] && lifted <= liftedLimits[block]) {
        final int place = block * BLOCK;
        final int bits = (int) (touched[place >> 6] >>> place) & WHOLE_BLOCK;
        if (bits != 0) {
          judge(block, bits);
        }
      } else {
        movedLimits[block] = Double.POSITIVE_INFINITY;
        liftedLimits[block] = Double.POSITIVE_INFINITY;
        judge(block, WHOLE_BLOCK);
      }
    }
  }

  /** Judges places of a block, and lowers its limits to what the nearest threshold allows. */
  private void judge(final int block, final int places) {
    final int start = block * BLOCK;
    double room = Double.POSITIVE_INFINITY;
    int isBorn = 0;
    int isKept = 0;
    for (int bits = places; bits != 0; bits &= bits - 1) {
      final int bit = Integer.numberOfTrailingZeros(bits);
      final double notional = notionals[start + bit];
      final double usual = baseline.at(start + bit);
      if (notional > 0) {
        isBorn |= notional >= bornAt * usual ? 1 << bit : 0;
        isKept |= notional >= keptAt * usual ? 1 << bit : 0;
      }
      final double fromBorn = Math.abs(notional / bornAt - usual);
      final double fromKept = Math.abs(notional / keptAt - usual);
      room = Math.min(room, Math.min(fromBorn, fromKept) - usual * ROUNDING);
    }
    final int word = start >> 6;
    born[word] = born[word] & ~((long) places << start) | (long) isBorn << start;
    kept[word] = kept[word] & ~((long) places << start) | (long) isKept << start;
    final int buckets = baseline.leastBuckets(start, start + BLOCK - 1);
    movedLimits[block] = Math.min(movedLimits[block], moved + room * buckets);
    liftedLimits[block] = Math.min(liftedLimits[block], lifted + room);
  }
}
