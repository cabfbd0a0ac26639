package io.liqmap.tools.score;

/**
 * What the figures of the model that answers amount to.
 *
 * @param side {@code long}, {@code short} or {@code both}
 * @param level {@code calibrated} where the range of expected over realised is within ½ to 2,
 *     {@code too high} or {@code too low} where it is altogether outside, else {@code level
 *     uncertain}
 * @param excursion {@code beyond excursion} where the range of the log score over excursion is
 *     above 0, else {@code not beyond excursion}
 * @param distances {@code distances unproven} where the range of the calibration error meets that
 *     of random profiles with a fitted level, both with their learned background if the model has
 *     one; {@code distances better than random} or {@code worse than random} where it doesn't;
 *     {@code distances not compared} without such profiles
 */
public record Verdict(String side, String level, String excursion, String distances) {
  private static final double LEAST = 0.5;
  private static final double MOST = 2;

  /**
   * Judges a model.
   *
   * @param error its calibration error, to compare with that of random profiles
   */
  static Verdict of(final SideScore model, final Estimate error, final Estimate randomError) {
    return new Verdict(
        model.side(),
        level(model.ratio()),
        model.logScore().orElseThrow().overExcursion().low() > 0
            ? "beyond excursion"
            : "not beyond excursion",
        distances(error, randomError));
  }

  private static String level(final Estimate ratio) {
    if (ratio.low() >= LEAST && ratio.high() <= MOST) {
      return "calibrated";
    }
    if (ratio.low() > MOST) {
      return "too high";
    }
    return ratio.high() < LEAST ? "too low" : "level uncertain";
  }

  private static String distances(final Estimate error, final Estimate random) {
    if (!random.isKnown()) {
      return "distances not compared";
    }
    if (error.overlaps(random)) {
      return "distances unproven";
    }
    return error.high() < random.low()
        ? "distances better than random"
        : "distances worse than random";
  }
}
