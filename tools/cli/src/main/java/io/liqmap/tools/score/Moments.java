package io.liqmap.tools.score;

import java.util.Arrays;

/**
 * Distribution of an amount over the scored windows of a side, quote asset.
 *
 * @param side {@code long} or {@code short}
 * @param of {@code reported}, or the model
 * @param mean mean
 * @param deviation standard deviation
 * @param skewness third standardised moment
 * @param largest the largest
 */
public record Moments(
    String side, String of, double mean, double deviation, double skewness, double largest) {

  static Moments of(final String side, final String of, final double[] amounts) {
    final double mean = Arrays.stream(amounts).average().orElse(Double.NaN);
    final double variance = central(amounts, mean, 2);
    return new Moments(
        side,
        of,
        mean,
        Math.sqrt(variance),
        central(amounts, mean, 3) / (variance * Math.sqrt(variance)),
        Arrays.stream(amounts).max().orElse(Double.NaN));
  }

  private static double central(final double[] amounts, final double mean, final int power) {
    return Arrays.stream(amounts)
        .map((amount) -> StrictMath.pow(amount - mean, power))
        .average()
        .orElse(Double.NaN);
  }
}
