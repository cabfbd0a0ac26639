package io.liqmap.engine.shared.view;

/** The normal distribution. */
final class Normal {
  private static final double P = .2316419;
  private static final double[] B = {
    .319381530, -.356563782, 1.781477937, -1.821255978, 1.330274429
  };
  private static final double DENSITY_AT_0 = 1 / Math.sqrt(2 * Math.PI);

  private Normal() {}

  /**
   * Probability of a standard normal variable above x.
   *
   * <p>Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 26.2.17; error below
   * 7.5e−8.
   *
   * @param x 0 or more
   */
  static double upperTail(final double x) {
    final double t = 1 / (1 + P * x);
    double sum = 0;
    for (int i = B.length - 1; i >= 0; i--) {
      sum = (sum + B[i]) * t;
    }
    return DENSITY_AT_0 * StrictMath.exp(-x * x / 2) * sum;
  }
}
