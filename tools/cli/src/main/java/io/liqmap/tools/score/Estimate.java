package io.liqmap.tools.score;

/**
 * A figure with a range of 95 %; NaN where it isn't known.
 *
 * @param value the figure; of random profiles their median
 * @param low 2.5 % quantile: of bootstrap draws, or of random profiles
 * @param high 97.5 % quantile
 */
public record Estimate(double value, double low, double high) {
  static final Estimate UNKNOWN = new Estimate(Double.NaN, Double.NaN, Double.NaN);

  private static final double TAIL = 0.025;

  /** A figure with the range of draws. */
  static Estimate of(final double value, final double[] draws) {
    final double[] sorted = Quantiles.sorted(draws);
    return new Estimate(value, Quantiles.of(sorted, TAIL), Quantiles.of(sorted, 1 - TAIL));
  }

  /** Median and range of figures. */
  static Estimate ofAll(final double[] figures) {
    return of(Quantiles.of(Quantiles.sorted(figures), 0.5), figures);
  }

  Estimate times(final double factor) {
    return new Estimate(value * factor, low * factor, high * factor);
  }

  /** Whether there is such a figure. */
  public boolean isKnown() {
    return !Double.isNaN(value);
  }

  /** Whether it has a range. */
  public boolean isRange() {
    return !Double.isNaN(low);
  }

  boolean overlaps(final Estimate other) {
    return low <= other.high && other.low <= high;
  }
}
