package io.liqmap.tools.score;

/**
 * Windows that aren't scored, and why.
 *
 * @param warmUp before the scored time; models and controls learn from them
 * @param noReports without report data, see {@link ReportOutages}
 * @param gaps longer than an hour, or with a hole in the data
 * @param staleOpenInterest open interest older than the settings allow
 * @param throttledSeconds seconds at the cap of one report a second, whose sweeps and reports are
 *     taken out of their windows
 * @param throttledNotional reported in those seconds, quote asset
 */
public record LeftOut(
    long warmUp,
    long noReports,
    long gaps,
    long staleOpenInterest,
    long throttledSeconds,
    double throttledNotional) {}
