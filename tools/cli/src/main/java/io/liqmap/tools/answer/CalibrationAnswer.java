package io.liqmap.tools.answer;

import io.liqmap.engine.core.calibration.CalibrationStatus;
import io.liqmap.engine.core.calibration.OnlineScore;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.shared.counters.EngineCountersReader;
import io.liqmap.engine.shared.view.ViewReader;
import java.util.Locale;
import java.util.Optional;

/**
 * What a side's map took off in the past over what the venue's reports say was liquidated. Says
 * nothing about the future.
 *
 * @param status unproven, calibrated, uncalibrated or undecided; unscored where no model learns
 * @param expectedOverRealised of whole days, the later ones weighing more; empty where none
 * @param low lower end of its 95 % interval, empty where none
 * @param high upper end, empty where none
 * @param days that count, as many of equal weight
 */
public record CalibrationAnswer(
    String status,
    Optional<Double> expectedOverRealised,
    Optional<Double> low,
    Optional<Double> high,
    double days) {
  private static final String UNSCORED = "unscored";

  /**
   * Of a side of a model.
   *
   * @param score null for none
   */
  public static CalibrationAnswer of(final OnlineScore score) {
    return score == null
        ? of(null, Double.NaN, Double.NaN, Double.NaN, 0)
        : of(score.status(), score.ratio(), score.low(), score.high(), score.days());
  }

  /** Of a side of a view. */
  static CalibrationAnswer of(final ViewReader view, final Side side) {
    return of(
        view.calibration(side),
        view.expectedOverRealised(side),
        view.expectedOverRealisedLow(side),
        view.expectedOverRealisedHigh(side),
        view.scoredDays(side));
  }

  /** Of a side in an engine's counters. */
  static CalibrationAnswer counted(final EngineCountersReader.Calibration side) {
    return of(side.status(), side.expectedOverRealised(), side.low(), side.high(), side.days());
  }

  private static CalibrationAnswer of(
      final CalibrationStatus status,
      final double ratio,
      final double low,
      final double high,
      final double days) {
    return new CalibrationAnswer(
        status == null ? UNSCORED : Format.lower(status),
        Format.known(ratio),
        Format.known(low),
        Format.known(high),
        days);
  }

  boolean isUnscored() {
    return status.equals(UNSCORED);
  }

  /** Both sides on one line. */
  static String line(final BySide<CalibrationAnswer> sides) {
    return "long " + sides.of(Side.LONG).text() + ", short " + sides.of(Side.SHORT).text();
  }

  /** The ratio, its interval and the status: 1.12 [0.84, 1.49] calibrated. */
  String text() {
    if (!status.equals(Format.lower(CalibrationStatus.UNPROVEN))) {
      return expectedOverRealised
          .map(
              (ratio) ->
                  String.format(
                      Locale.ROOT,
                      "%.2f [%.2f, %.2f] %s",
                      ratio,
                      low.orElse(Double.NaN),
                      high.orElse(Double.NaN),
                      status))
          .orElse(status);
    }
    if (days < OnlineScore.LEAST_DAYS) {
      return String.format(
          Locale.ROOT, "%s (%d of %d days)", status, (long) days, OnlineScore.LEAST_DAYS);
    }
    return status + (expectedOverRealised.isEmpty() ? " (nothing reported)" : " (nothing swept)");
  }
}
