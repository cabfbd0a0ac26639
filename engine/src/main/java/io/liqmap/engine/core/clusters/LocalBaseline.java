package io.liqmap.engine.core.clusters;

/**
 * What is usual around each bucket of a side, against which clusters stand out: the mean of the
 * buckets within reach, the empty ones included, but no less than half the mean of those that the
 * side occupies. Without a reach, that mean alone, everywhere.
 *
 * <p>Holds the answer until it looks again. One thread; allocates only for more buckets than ever.
 */
public final class LocalBaseline {
  private static final double LEAST = 0.5;

  /** More than rounding can make of some products. */
  private static final double ROUNDING = 1e-12;

  private static final int MIN_ROOM = 2048;

  private final int reach;
  private double[] sums = new double[MIN_ROOM];
  private int count;
  private double mean;

  /**
   * Looks so far.
   *
   * @param reachBuckets each way; 0 for the whole side
   */
  public LocalBaseline(final int reachBuckets) {
    reach = reachBuckets;
  }

  /**
   * Reach of so many basis points.
   *
   * @param aroundBps 0 for the whole side
   * @param resolutionBps width of a bucket
   */
  public static LocalBaseline within(final double aroundBps, final double resolutionBps) {
    return new LocalBaseline(
        aroundBps == 0 ? 0 : (int) Math.max(1, Math.round(aroundBps / resolutionBps)));
  }

  /**
   * Looks at a side.
   *
   * @param notionals of its buckets, from the lowest that holds anything to the highest
   * @param buckets how many of them count
   */
  public void look(final double[] notionals, final int buckets) {
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

  /** What is usual around a bucket, by its place behind the lowest. */
  public double usual(final int place) {
    if (reach == 0) {
      return mean;
    }
    final int from = from(place);
    final int to = to(place);
    return Math.max(LEAST * mean, (sums[to] - sums[from]) / (to - from));
  }

  /**
   * Whether a notional is at least so many times what is usual around its bucket; most are far from
   * it, and take no division.
   */
  public boolean reaches(final int place, final double notional, final double times) {
    if (reach == 0) {
      return notional >= times * mean;
    }
    if (notional < times * (LEAST * mean)) {
      return false;
    }
    final int from = from(place);
    final int to = to(place);
    final double around = sums[to] - sums[from];
    final double far = notional * (to - from) - times * around;
    if (Math.abs(far) > times * around * ROUNDING) {
      return far > 0;
    }
    return notional >= times * (around / (to - from));
  }

  private int from(final int place) {
    return Math.max(0, place - reach);
  }

  private int to(final int place) {
    return Math.min(count, place + reach + 1);
  }
}
