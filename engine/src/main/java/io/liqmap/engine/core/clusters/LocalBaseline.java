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

  private static final int MIN_ROOM = 2048;

  private final int reach;
  private double[] sums = new double[MIN_ROOM];
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
    if (sums.length <= buckets) {
      sums = new double[2 * (buckets + 1)];
    }
    int occupied = 0;
    double sum = 0;
    for (int i = 0; i < buckets; i++) {
      sum += notionals[i];
      sums[i + 1] = sum;
      occupied += notionals[i] > 0 ? 1 : 0;
    }
    mean = occupied == 0 ? 0 : sum / occupied;
  }

  /** Baseline of a bucket, by its place above the lowest. */
  double at(final int place) {
    if (reach == 0) {
      return mean;
    }
    final int from = from(place);
    final int to = to(place);
    return Math.max(LEAST * mean, (sums[to] - sums[from]) / (to - from));
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
      final double around = sums[to] - sums[from];
      final double above = notional * (to - from) - times * around;
      if (Math.abs(above) > times * around * ROUNDING) {
        return above > 0;
      }
    }
    return notional >= times * at(place);
  }

  private int from(final int place) {
    return Math.max(0, place - reach);
  }

  private int to(final int place) {
    return Math.min(count, place + reach + 1);
  }
}
