package io.liqmap.engine.map;

/**
 * What is usual around each bucket of a side, against which clusters stand out: the mean of the
 * buckets within reach, the empty ones included, but no less than half the mean of those that the
 * side occupies. Without a reach, that mean alone, everywhere.
 *
 * <p>Holds the answer until it looks again. One thread; allocates only for more buckets than ever.
 */
public final class Surroundings {
  private static final double LEAST = 0.5;

  /** More than rounding can make of a product of two numbers. */
  private static final double SURELY = 1 - 1e-12;

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
  public Surroundings(final int reachBuckets) {
    reach = reachBuckets;
  }

  /**
   * Reach of so many basis points.
   *
   * @param aroundBps 0 for the whole side
   * @param resolutionBps width of a bucket
   */
  public static Surroundings within(final double aroundBps, final double resolutionBps) {
    return new Surroundings(
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
    for (int i = 0; i < buckets; i++) {
      sums[i + 1] = sums[i] + notionals[i];
      occupied += notionals[i] > 0 ? 1 : 0;
    }
    mean = occupied == 0 ? 0 : sums[buckets] / occupied;
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
   * Whether a notional surely is less than so many times what is usual around its bucket: most are,
   * and it takes no division to see.
   */
  public boolean isFarBelow(final int place, final double notional, final double times) {
    final double least = times * SURELY;
    if (reach == 0) {
      return notional < least * mean;
    }
    final int from = from(place);
    final int to = to(place);
    return notional < least * (LEAST * mean)
        || notional * (to - from) < least * (sums[to] - sums[from]);
  }

  private int from(final int place) {
    return Math.max(0, place - reach);
  }

  private int to(final int place) {
    return Math.min(count, place + reach + 1);
  }
}
