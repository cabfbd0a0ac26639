package io.liqmap.tools.answer;

import io.liqmap.tools.score.LeftOut;
import io.liqmap.tools.score.ScoreCard;
import io.liqmap.tools.score.ScoreCounts;
import java.util.Locale;

/** Sentences of a score, for text and page. */
final class ScoreWords {
  static final String WHAT =
      "How much was liquidated along the path that price took: expected by the map, and reported by"
          + " the venue. The path is given, so this is an account of the past and no forecast.";

  static final String RATIO = "Expected over realised notional: 1 is right, 2 is twice too much.";

  static final String ERROR =
      "Calibration error: mean of |ln(expected / realised)| over classes of excursion (the largest"
          + " adverse move of mark in a window) and sides, weighted by what was realised. 0 is"
          + " right, 0.69 is off by a factor of 2.";

  static final String LOG_SCORE =
      "Log score (gamma) of map^p × excursion over what knows less, in nats per window of a side"
          + " with an excursion of 0.3 % or more; above 0 the map knows more. p and all controls"
          + " are learned from the past alone.";

  static final String RANKS =
      "Order of windows, secondary: can't tell leverage distances apart. Rank correlation given"
          + " excursion, precision in the top tenth, area under the curve.";

  static final String VERDICTS =
      "calibrated: the range of expected over realised is within ½ to 2. beyond excursion: the"
          + " range of the log score over excursion is above 0. distances unproven: the calibration"
          + " error isn't clear of that of random distances with a fitted level (both with"
          + " background, if the model learns one: what it expects by the hour and by the move,"
          + " beside its map).";

  private ScoreWords() {}

  static String ranges(final long draws, final long controls) {
    return String.format(
        Locale.ROOT,
        "In brackets 95 %%: over %,d draws of blocks of 24 hours; of random distances, median and"
            + " range over %,d profiles.",
        draws,
        controls);
  }

  static String windows(final ScoreCard card) {
    final ScoreCounts counts = card.counts();
    return String.format(
        Locale.ROOT,
        "%,d of some %s min; %,d scored, in %,d blocks: %,d windows of a side, %,d with sweeps,"
            + " %,d with reports",
        counts.windows(),
        ScoreFormat.figure(card.windowMinutes()).replaceAll("\\.00?$", ""),
        counts.scored(),
        counts.blocks(),
        counts.sideWindows(),
        counts.withSweeps(),
        counts.withReports());
  }

  static String leftOut(final LeftOut leftOut) {
    return String.format(
        Locale.ROOT,
        "%,d to warm up, %,d without report data, %,d longer than an hour or with messages missing,"
            + " %,d with stale open interest; %,d throttled seconds",
        leftOut.warmUp(),
        leftOut.noReports(),
        leftOut.gaps(),
        leftOut.staleOpenInterest(),
        leftOut.throttledSeconds());
  }

  static String reports(final ScoreCard card) {
    final String factor = Format.plain(card.forcedPerReported());
    return switch (card.reports()) {
      case FULL ->
          card.venue()
              + " reports all (forced-per-reported 1); reports are placed by their time, since"
              + " their price may be the bankruptcy price";
      case BAR_SUMS ->
          card.venue()
              + " reports at most one liquidation a second and symbol, and these are sums per bar:"
              + " floors. Corrected is "
              + factor
              + " times reported (forced-per-reported), an assumption about all windows alike";
      case THROTTLED ->
          card.venue()
              + " reports at most one liquidation a second and symbol. Runs of seconds with a"
              + " report each are left out with their sweeps ("
              + Format.amount(card.leftOut().throttledNotional())
              + " "
              + card.quoteAsset()
              + " reported) and not scaled; what is left is a floor still";
    };
  }
}
