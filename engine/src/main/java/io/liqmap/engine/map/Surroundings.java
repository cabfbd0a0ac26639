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

  private final int reach;
  private double[] sums = new double[1];
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
      sums = new double[Math.max(buckets + 1, 2 * sums.length)];
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
    final int from = Math.max(0, place - reach);
    final int to = Math.min(count, place + reach + 1);
    return Math.max(LEAST * mean, (sums[to] - sums[from]) / (to - from));
  }
}
