package io.liqmap.tools.answer;

import io.liqmap.tools.score.Estimate;
import java.util.Locale;

/** Figures of a score as text. */
final class ScoreFormat {
  private static final String NONE = "–";

  private ScoreFormat() {}

  /** A ratio or error to three digits, two of them decimals at most. */
  static String figure(final double value) {
    if (Double.isNaN(value)) {
      return NONE;
    }
    if (Double.isInfinite(value)) {
      return "∞";
    }
    final double size = Math.abs(value);
    return String.format(
        Locale.ROOT, size >= 99.95 ? "%,.0f" : size >= 9.995 ? "%.1f" : "%.2f", value);
  }

  /** A figure with its range. */
  static String figure(final Estimate estimate) {
    return !estimate.isRange() || !estimate.isKnown()
        ? figure(estimate.value())
        : figure(estimate.value())
            + " ["
            + figure(estimate.low())
            + ", "
            + figure(estimate.high())
            + "]";
  }

  /** A difference in nats with its range. */
  static String nats(final Estimate estimate) {
    return estimate.isKnown()
        ? nats(estimate.value()) + " [" + nats(estimate.low()) + ", " + nats(estimate.high()) + "]"
        : NONE;
  }

  static String nats(final double value) {
    return Double.isNaN(value) ? NONE : String.format(Locale.ROOT, "%+.3f", value);
  }

  /** The range alone where there is one, else the figure. */
  static String range(final Estimate estimate) {
    return estimate.isRange()
        ? figure(estimate.low()) + "–" + figure(estimate.high())
        : figure(estimate.value());
  }
}
