package io.liqmap.engine.core.clusters;

import io.liqmap.engine.core.map.BucketChanges;
import java.util.Arrays;

/**
 * The baseline of each bucket of a side, above which clusters rise: the mean of the buckets within
 * reach, empty ones included, but at least half the mean of those that the side occupies. Without a
 * reach, that mean alone.
 *
 * <p>Sums are made block by block, so that a change costs the sums of its block: the same numbers
 * give the same sums, however they came about. One thread; allocates only for more buckets than
 * ever.
 */
final class LocalBaseline {
  private static final int BLOCK = BucketChanges.BLOCK;

  private static final double LEAST = 0.5;

  /** More than rounding can make of sums that are above the floor. */
  private static final double SURELY = 1 - 1e-9;

  private final int reach;

  /** By bucket: sum of the buckets below it in its block. */
  private double[] inBlock = new double[0];

  /** By block. */
  private double[] sums = new double[0];

  private int[] occupied = new int[0];

  /** By block: sum of the blocks below it. */
  private double[] below = new double[0];

  /** All other blocks hold 0. */
  private int summedFrom;

  private int summedTo;
  private int low;
  private int end;
  private double sum;
  private int holding;
  private double floor;

  /**
   * Of the buckets within reach.
   *
   * @param reachBuckets each way; 0 for the whole side
   */
  LocalBaseline(final int reachBuckets) {
    reach = reachBuckets;
  }

  /**
   * Of the buckets within some basis points.
   *
   * @param aroundBps 0 for the whole side
   * @param resolutionBps width of a bucket
   */
  static LocalBaseline within(final double aroundBps, final double resolutionBps) {
    return new LocalBaseline(
        aroundBps == 0 ? 0 : (int) Math.max(1, Math.round(aroundBps / resolutionBps)));
  }

  int reach() {
    return reach;
  }

  /**
   * Computes the baselines of a side.
   *
   * @param notionals by place, 0 below the lowest and above the highest; whole blocks
   * @param lowest place of the lowest bucket that holds anything
   * @param highest place of the highest one
   */
  void compute(final double[] notionals, final int lowest, final int highest) {
    if (inBlock.length <= notionals.length) {
      inBlock = new double[notionals.length + BLOCK];
      sums = new double[inBlock.length / BLOCK];
      occupied = new int[sums.length];
      below = new double[sums.length];
      summedFrom = 0;
      summedTo = 0;
    }
    Arrays.fill(inBlock, summedFrom * BLOCK, summedTo * BLOCK, 0);
    Arrays.fill(sums, summedFrom, summedTo, 0);
    Arrays.fill(occupied, summedFrom, summedTo, 0);
    summedFrom = sums.length;
    summedTo = 0;
    for (int block = lowest / BLOCK; block <= highest / BLOCK; block++) {
      sum(notionals, block);
    }
    total(lowest, highest);
  }

  /** Sums a block again, whose numbers have changed; before {@link #total}. */
  void sum(final double[] notionals, final int block) {
    final int start = block * BLOCK;
    double sum = 0;
    int count = 0;
    for (int place = start; place < start + BLOCK; place++) {
      inBlock[place] = sum;
      sum += notionals[place];
      count += notionals[place] > 0 ? 1 : 0;
    }
    sums[block] = sum;
    occupied[block] = count;
    summedFrom = Math.min(summedFrom, block);
    summedTo = Math.max(summedTo, block + 1);
  }

  /** Adds up all blocks of a side, from the lowest bucket that holds anything to the highest. */
  void total(final int lowest, final int highest) {
    low = lowest;
    end = highest + 1;
    sum = 0;
    int count = 0;
    for (int block = lowest / BLOCK; block <= highest / BLOCK; block++) {
      below[block] = sum;
      sum += sums[block];
      count += occupied[block];
    }
    below[highest / BLOCK + 1] = sum;
    holding = count;
    floor = floor(sum, count);
  }

  /** Of all buckets. */
  double sum() {
    return sum;
  }

  /** How many buckets hold anything. */
  int holding() {
    return holding;
  }

  /** The least that a baseline can be where so many buckets hold so much. */
  double floor(final double notional, final int buckets) {
    final double mean = buckets == 0 ? 0 : notional / buckets;
    return reach == 0 ? mean : LEAST * mean;
  }

  /** The least that a baseline can be. */
  double floor() {
    return floor;
  }

  private double sum(final int from, final int to) {
    return below[to / BLOCK] + inBlock[to] - (below[from / BLOCK] + inBlock[from]);
  }

  /** Baseline of a bucket. */
  double at(final int place) {
    if (reach == 0) {
      return floor;
    }
    final int from = Math.max(low, place - reach);
    final int to = Math.min(end, place + reach + 1);
    return Math.max(floor, sum(from, to) / (to - from));
  }

  /**
   * What a notional in any of some neighbouring buckets has to be at least in order to be so many
   * times its baseline: less than this isn't, as much may be. Above 0.
   */
  double least(final int from, final int to, final double times) {
    double least = floor;
    final int first = Math.max(low, to - reach);
    final int last = Math.min(end, from + reach + 1);
    if (first < last) {
      least = Math.max(least, sum(first, last) / (2 * reach + 1) * SURELY);
    }
    return Math.max(Double.MIN_VALUE, times * least);
  }

  /** The least number of buckets that lie within reach of any between two places. */
  int leastBuckets(final int from, final int to) {
    return Math.min(buckets(Math.max(from, low)), buckets(Math.min(to, end - 1)));
  }

  private int buckets(final int place) {
    return Math.min(end, place + reach + 1) - Math.max(low, place - reach);
  }
}
