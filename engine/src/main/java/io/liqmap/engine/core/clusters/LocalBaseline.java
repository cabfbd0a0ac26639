package io.liqmap.engine.core.clusters;

/**
 * The baseline of each bucket of a side, above which clusters rise: the mean of the buckets within
 * reach, empty ones included, but at least half the mean of those that the side occupies. Without a
 * reach, that mean alone.
 *
 * <p>Holds the answer until computed again. One thread; allocates only for more buckets than ever.
 */
final class LocalBaseline {
  private static final double LEAST = 0.5;

  /** More than rounding can make of some products. */
  private static final double ROUNDING = 1e-12;

  /** Buckets that are summed one after another; a power of two. */
  static final int BLOCK = 16;

  /** More than rounding can make of sums over buckets that count beside the mean. */
  private static final double SURELY = 1 - 1e-9;

  private static final int MIN_ROOM = 2048;

  private final int reach;

  /** By bucket: sum of the buckets below it in its block. */
  private double[] inBlock = new double[MIN_ROOM];

  /** By block: sum of the blocks below it. */
  private double[] below = new double[MIN_ROOM / BLOCK];

  private int count;
  private double mean;

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

  /**
   * Computes the baseline of a side.
   *
   * @param notionals of its buckets, from the lowest that holds anything to the highest
   * @param buckets how many of them count
   */
  void compute(final double[] notionals, final int buckets) {
    count = buckets;
    if (inBlock.length <= buckets) {
      inBlock = new double[2 * (buckets + BLOCK)];
      below = new double[inBlock.length / BLOCK];
    }
    int occupied = 0;
    double all = 0;
    int start = 0;
    for (; start + BLOCK <= buckets; start += BLOCK) {
      double sum = 0;
      for (int i = start; i < start + BLOCK; i++) {
        inBlock[i] = sum;
        sum += notionals[i];
        occupied += notionals[i] > 0 ? 1 : 0;
      }
      below[start / BLOCK] = all;
      all += sum;
    }
    below[start / BLOCK] = all;
    double sum = 0;
    for (int i = start; i < buckets; i++) {
      inBlock[i] = sum;
      sum += notionals[i];
      occupied += notionals[i] > 0 ? 1 : 0;
    }
    inBlock[buckets] = sum;
    mean = occupied == 0 ? 0 : (all + sum) / occupied;
  }

  private double sum(final int from, final int to) {
    return below[to / BLOCK] + inBlock[to] - (below[from / BLOCK] + inBlock[from]);
  }

  /** Baseline of a bucket, by its place above the lowest. */
  double at(final int place) {
    if (reach == 0) {
      return mean;
    }
    final int from = from(place);
    final int to = to(place);
    return Math.max(LEAST * mean, sum(from, to) / (to - from));
  }

  /**
   * Whether a notional is at least so many times the baseline of its bucket; most are far from it,
   * and take no division.
   */
  boolean isReached(final int place, final double notional, final double times) {
    if (reach != 0) {
      if (notional < times * (LEAST * mean)) {
        return false;
      }
      final int from = from(place);
      final int to = to(place);
      final double around = sum(from, to);
      final double above = notional * (to - from) - times * around;
      if (Math.abs(above) > times * around * ROUNDING) {
        return above > 0;
      }
    }
    return notional >= times * at(place);
  }

  /**
   * What a notional in any of some neighbouring buckets has to be at least in order to be so many
   * times its baseline: less than this isn't, as much may be. Above 0.
   */
  double least(final int low, final int high, final double times) {
    double least = times * mean;
    if (reach != 0) {
      final int from = from(high);
      final int to = to(low);
      final double common = from < to ? sum(from, to) : 0;
      least = times * Math.max(LEAST * mean, common / (2 * reach + 1) * SURELY);
    }
    return Math.max(Double.MIN_VALUE, least);
  }

  private int from(final int place) {
    return Math.max(0, place - reach);
  }

  private int to(final int place) {
    return Math.min(count, place + reach + 1);
  }
}
