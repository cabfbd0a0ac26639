package io.liqmap.engine.core.lattice;

/**
 * Geometric buckets over prices: bucket <i>i</i> covers [(1+w)<sup>i</sup>, (1+w)<sup>i+1</sup>)
 * price mantissas.
 *
 * <p>The buckets are anchored at one mantissa and reach to 2⁵³, so they depend on the width alone:
 * every instrument shares one lattice, and no price can leave it. Bounds are whole mantissas,
 * computed once with StrictMath, and a look-up compares whole numbers. Immutable, for any thread.
 */
public final class Lattice {
  /** Finest width, in basis points. */
  public static final double MIN_BPS = 0.5;

  /** Widest width, in basis points. */
  public static final double MAX_BPS = 100;

  private static final long MAX_PRICE = 1L << 53;

  private final double resolutionBps;
  private final double logWidth;
  private final long[] lower;
  private final double[] centres;

  /**
   * Makes a lattice.
   *
   * @param widthBps width of a bucket in basis points of the price, {@link #MIN_BPS} to {@link
   *     #MAX_BPS}
   * @throws IllegalArgumentException if the width is out of range
   */
  public Lattice(final double widthBps) {
    if (!(widthBps >= MIN_BPS && widthBps <= MAX_BPS)) {
      throw new IllegalArgumentException(
          "a bucket has to be " + MIN_BPS + " to " + MAX_BPS + " bp wide, was " + widthBps);
    }
    resolutionBps = widthBps;
    logWidth = StrictMath.log1p(widthBps / 10_000);
    final int buckets = (int) StrictMath.floor(StrictMath.log((double) MAX_PRICE) / logWidth) + 1;
    lower = new long[buckets + 1];
    centres = new double[buckets];
    for (int i = 0; i < buckets; i++) {
      lower[i] = (long) StrictMath.ceil(edge(i));
      centres[i] = StrictMath.exp((i + 0.5) * logWidth);
    }
    lower[0] = 1;
    lower[buckets] = Long.MAX_VALUE;
  }

  /** Width of a bucket in basis points of the price. */
  public double resolutionBps() {
    return resolutionBps;
  }

  /** Number of buckets; they are numbered from 0. */
  public int buckets() {
    return lower.length - 1;
  }

  /**
   * Bucket of a price.
   *
   * @param price mantissa, 1 or more
   * @param hint bucket to look at first, any; the last one found, since price moves little
   */
  public int bucketOf(final long price, final int hint) {
    if (hint >= 0 && hint < lower.length - 1 && price >= lower[hint]) {
      if (price < lower[hint + 1]) {
        return hint;
      }
      if (hint + 2 < lower.length && price < lower[hint + 2]) {
        return hint + 1;
      }
    } else if (hint > 0 && hint < lower.length && price >= lower[hint - 1]) {
      return hint - 1;
    }
    return search(price);
  }

  /** Buckets narrower than one mantissa share a bound; the last of them holds the price. */
  private int search(final long price) {
    int low = 0;
    int high = lower.length - 1;
    while (high - low > 1) {
      final int middle = (low + high) >>> 1;
      if (price >= lower[middle]) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Lower edge of a bucket, in price mantissas; also for buckets beyond either end. */
  public double edge(final int bucket) {
    return StrictMath.exp(bucket * logWidth);
  }

  /** Geometric centre of a bucket, in price mantissas; also for buckets beyond either end. */
  public double centre(final int bucket) {
    return bucket >= 0 && bucket < centres.length
        ? centres[bucket]
        : StrictMath.exp((bucket + 0.5) * logWidth);
  }

  /**
   * How many buckets, with a fraction, lie between a price and its multiple.
   *
   * @param ratio above 0
   */
  public double distance(final double ratio) {
    return StrictMath.log(ratio) / logWidth;
  }
}
