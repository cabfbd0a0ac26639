package io.liqmap.tools.score;

/**
 * Gamma log scores of a map's amounts to a power, times a function of the excursion, over those of
 * what it is compared with: nats per window of a side with an excursion of 0.3 % or more.
 *
 * @param power of the map's amounts, as learned at the end; NaN where there is none
 * @param overExcursion over a function of the excursion alone
 * @param overExcursionVolume over a function of excursion and turnover
 * @param overTurnover over a function of the turnover alone
 */
public record LogScore(
    Estimate power, Estimate overExcursion, Estimate overExcursionVolume, Estimate overTurnover) {}
