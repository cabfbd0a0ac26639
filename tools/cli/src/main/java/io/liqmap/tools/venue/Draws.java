package io.liqmap.tools.venue;

import java.util.SplittableRandom;

/**
 * Random numbers that are the same on every JDK: everything is made of {@link
 * SplittableRandom#nextLong} and StrictMath. One thread.
 */
final class Draws {
  private final SplittableRandom random;
  private double spare = Double.NaN;

  Draws(final long seed) {
    random = new SplittableRandom(seed);
  }

  /** 0 inclusive to 1 exclusive. */
  double uniform() {
    return (random.nextLong() >>> 11) * 0x1p-53;
  }

  boolean chance(final double probability) {
    return uniform() < probability;
  }

  double exponential(final double mean) {
    return -mean * StrictMath.log(1 - uniform());
  }

  double lognormal(final double median, final double sigma) {
    return median * StrictMath.exp(sigma * gaussian());
  }

  /** Marsaglia's polar method. */
  double gaussian() {
    if (!Double.isNaN(spare)) {
      final double kept = spare;
      spare = Double.NaN;
      return kept;
    }
    while (true) {
      final double x = 2 * uniform() - 1;
      final double y = 2 * uniform() - 1;
      final double square = x * x + y * y;
      if (square < 1 && square > 0) {
        final double factor = Math.sqrt(-2 * StrictMath.log(square) / square);
        spare = y * factor;
        return x * factor;
      }
    }
  }
}
