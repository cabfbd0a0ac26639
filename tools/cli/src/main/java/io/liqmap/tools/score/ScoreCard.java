package io.liqmap.tools.score;

import java.time.Instant;
import java.util.List;

/**
 * How well the models of a journal account for the liquidations of one instrument that the venue
 * reported, given the path of mark. Notionals are in the quote asset.
 *
 * @param instrument its symbol
 * @param venue its venue
 * @param quoteAsset unit of notionals
 * @param from start of the first scored window
 * @param to end of the last
 * @param model that answers, and that the verdicts are about
 * @param windowMinutes length of the median window
 * @param counts what is scored
 * @param leftOut what isn't
 * @param reports how complete the reports are
 * @param forcedPerReported liquidations for one that the venue reports, of the settings
 * @param correction from reported to realised notional
 * @param moments distribution of what was reported and expected
 * @param verdicts long, short and both
 * @param rows models, then controls
 * @param weeks the level over time
 */
public record ScoreCard(
    String instrument,
    String venue,
    String quoteAsset,
    Instant from,
    Instant to,
    String model,
    double windowMinutes,
    ScoreCounts counts,
    LeftOut leftOut,
    Reports reports,
    double forcedPerReported,
    double correction,
    List<Moments> moments,
    List<Verdict> verdicts,
    List<ScoreRow> rows,
    List<Week> weeks) {}
