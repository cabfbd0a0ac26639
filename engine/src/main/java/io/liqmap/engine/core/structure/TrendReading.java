package io.liqmap.engine.core.structure;

/**
 * Where the price tends over a window.
 *
 * @param windowNanos time constant of the exponential mean, ns
 * @param ema exponential mean of the price, price mantissas; NaN before the first sample
 * @param slopePerHour relative change of the mean per hour, averaged over the window
 * @param sign 1 up, −1 down, 0 where the change over a window is within the dead band
 * @param isSettled whether the samples span the window; before, mean and slope lean on the first
 *     price
 */
public record TrendReading(
    long windowNanos, double ema, double slopePerHour, int sign, boolean isSettled) {}
