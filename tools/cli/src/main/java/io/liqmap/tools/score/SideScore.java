package io.liqmap.tools.score;

import java.util.List;
import java.util.Optional;

/**
 * Figures of a model or control for a side, or for both. Ranges are of the bootstrap; of random
 * profiles they are the range over these.
 *
 * @param side {@code long}, {@code short} or {@code both}
 * @param ratio expected over realised notional: reported times the correction
 * @param ratioAsReported expected over reported notional
 * @param ratioAtHalfCorrection with half of the correction
 * @param ratioAtDoubleCorrection with twice the correction
 * @param classes the same by class of excursion
 * @param calibrationError weighted mean of |ln(expected / realised)| over classes and sides
 * @param calibrationErrorAtHalfCorrection with half of the correction, of models
 * @param calibrationErrorAtDoubleCorrection with twice the correction, of models
 * @param logScore of the combination with excursion; omitted where there is none
 * @param ranks order of windows; omitted for both sides, and for scaled controls
 */
public record SideScore(
    String side,
    Estimate ratio,
    Estimate ratioAsReported,
    Estimate ratioAtHalfCorrection,
    Estimate ratioAtDoubleCorrection,
    List<ClassScore> classes,
    Estimate calibrationError,
    Optional<Estimate> calibrationErrorAtHalfCorrection,
    Optional<Estimate> calibrationErrorAtDoubleCorrection,
    Optional<LogScore> logScore,
    Optional<RankScores> ranks) {}
