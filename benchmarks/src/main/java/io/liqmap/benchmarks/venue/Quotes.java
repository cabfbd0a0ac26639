package io.liqmap.benchmarks.venue;

import java.util.SplittableRandom;

/**
 * A seeded market that the frames of all venues are about: its price walks by half a basis point at
 * most, inside a band. One thread; allocates nothing.
 */
final class Quotes {
  /** Decimals of prices: ticks of 0.1. */
  static final int PRICE_DECIMALS = 1;

  /** Decimals of quantities. */
  static final int QUANTITY_DECIMALS = 3;

  private static final double CENTRE = 834_344;
  private static final double BAND = 0.05;
  private static final double STEP = 0.5e-4;
  private static final long MILLI = 1_000_000;
  private static final int MAX_STEP_MILLIS = 3;
  private static final long MAX_QUANTITY = 5_000;

  private final SplittableRandom random;
  private long time;
  private long id = 3_000_000_000L;
  private double away;

  Quotes(final long seed, final long start) {
    random = new SplittableRandom(seed);
    time = start;
  }

  /** Goes to the next frame. */
  void step() {
    time += MILLI * random.nextInt(1, MAX_STEP_MILLIS + 1);
    final double step = (random.nextDouble() * 2 - 1) * STEP;
    away += Math.abs(away + step) > BAND ? -step : step;
  }

  /** When the frame is received, ns; a whole ms, so that none of its times are before. */
  long time() {
    return time;
  }

  /** The same in whole ms, as venues say it. */
  long millis() {
    return time / MILLI;
  }

  /** Price in ticks. */
  long price() {
    return Math.round(CENTRE * (1 + away));
  }

  long quantity() {
    return random.nextLong(1, MAX_QUANTITY);
  }

  long nextId() {
    return ++id;
  }

  boolean flip() {
    return random.nextBoolean();
  }

  /** A number from 0 to below a bound. */
  int below(final int bound) {
    return random.nextInt(bound);
  }

  long bits() {
    return random.nextLong();
  }
}
