package io.liqmap.tools.score;

/**
 * Expected and realised notional in windows of a class of excursion, quote asset.
 *
 * @param excursion the class
 * @param sideWindows windows of a side in it
 * @param expected notional; of random profiles the median
 * @param reported notional that the venue reported
 * @param ratio expected over reported times the correction
 */
public record ClassScore(
    String excursion, long sideWindows, double expected, double reported, Estimate ratio) {}
