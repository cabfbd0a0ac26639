package io.liqmap.engine.core.model;

/**
 * How a profile learns its shares from reported liquidations.
 *
 * @param mode whether it does
 * @param priorWeight exposure that the given shares count for, in open interests swept: above 0 to
 *     1000
 * @param halfLifeNanos time in which what was learned loses half of its weight, ns, an hour or more
 */
public record LearningSettings(LearningMode mode, double priorWeight, long halfLifeNanos) {
  /** Most that the shares of a side add up to: some of it is always out of reach. */
  public static final double MOST_MAPPED = .95;

  private static final long HOUR = 3_600_000_000_000L;

  /** Nothing is learned. */
  public static final LearningSettings OFF =
      new LearningSettings(LearningMode.OFF, .3, 60 * 24 * HOUR);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is left, naming it
   */
  public LearningSettings {
    if (!(priorWeight > 0 && priorWeight <= 1_000)) {
      throw new IllegalArgumentException(
          "priorWeight has to be above 0 and at most 1000, was " + priorWeight);
    }
    if (halfLifeNanos < HOUR) {
      throw new IllegalArgumentException(
          "halfLifeNanos has to be an hour or more, was " + halfLifeNanos);
    }
  }

  /** Whether sweeps are set against liquidations. */
  public boolean isScored() {
    return mode != LearningMode.OFF;
  }
}
