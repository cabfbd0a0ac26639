package io.liqmap.tools.export;

/**
 * A range of prices, both ends included.
 *
 * @param low quote asset, 0 or more
 * @param high not below; infinite for no bound
 */
public record PriceRange(double low, double high) {
  /** All prices. */
  public static final PriceRange ALL = new PriceRange(0, Double.POSITIVE_INFINITY);

  /** By how much a range is widened at least, as a ratio. */
  private static final double LEAST = 1.1;

  /** Whether another range, whose upper end isn't part of it, meets this one. */
  boolean meets(final double from, final double to) {
    return to > low && from <= high;
  }

  /** A quarter more at each end in ratio, at least a tenth of the price. */
  public PriceRange widened() {
    final double factor = Math.max(LEAST, StrictMath.pow(high / low, 0.25));
    return new PriceRange(low / factor, high * factor);
  }
}
