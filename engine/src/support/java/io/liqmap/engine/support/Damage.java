package io.liqmap.engine.support;

import java.util.SplittableRandom;

/** Damage to the bytes of a state. */
public final class Damage {
  private Damage() {}

  /** Another value for a number of a state. */
  public static long number(final SplittableRandom random, final long value) {
    return switch (random.nextInt(6)) {
      case 0 -> random.nextLong();
      case 1 -> random.nextBoolean() ? Long.MAX_VALUE : Long.MIN_VALUE;
      case 2 -> -value;
      case 3 -> value ^ 1L << random.nextInt(64);
      case 4 -> Double.doubleToRawLongBits(random.nextBoolean() ? Double.NaN : 1e300);
      default -> random.nextInt(-2, 100_000);
    };
  }
}
