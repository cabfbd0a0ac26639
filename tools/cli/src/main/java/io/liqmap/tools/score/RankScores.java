package io.liqmap.tools.score;

/**
 * How well windows are ordered. Can't tell leverage distances apart.
 *
 * @param partialCorrelation of the ranks of expected and realised, given those of the excursion
 * @param topDecilePrecision of the tenth of the windows with the most expected, how many are among
 *     the tenth with the most realised
 * @param areaUnderCurve probability that of two windows, one of them in the top tenth, that one has
 *     more expected
 */
public record RankScores(
    Estimate partialCorrelation, Estimate topDecilePrecision, Estimate areaUnderCurve) {}
