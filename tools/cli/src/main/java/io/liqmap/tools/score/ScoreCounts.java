package io.liqmap.tools.score;

/**
 * What is scored.
 *
 * @param windows all windows of the instrument
 * @param scored windows that are scored
 * @param sideWindows windows of a side that are scored
 * @param withSweeps of these, with something swept from the map of the model that answers
 * @param withReports of these, with a report
 * @param inLogScore of these, with an excursion of 0.3 % or more
 * @param blocks blocks of 24 hours that the bootstrap draws from
 */
public record ScoreCounts(
    long windows,
    long scored,
    long sideWindows,
    long withSweeps,
    long withReports,
    long inLogScore,
    long blocks) {}
