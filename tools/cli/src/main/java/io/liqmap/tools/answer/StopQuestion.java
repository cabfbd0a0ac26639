package io.liqmap.tools.answer;

import io.liqmap.engine.core.margin.Side;

/**
 * Where in a range a stop has the least liquidations around it.
 *
 * @param side of the position that it closes
 * @param entry of the position
 * @param low lowest price
 * @param high highest price
 * @param own stop to compare with, NaN for the end of the range that loses less
 * @param aroundBps what counts as around it
 * @param noiseSigmas standard deviations within which no stop is advised, 0 for no such rule
 * @param horizonNanos time over which price is assumed to move
 */
public record StopQuestion(
    Side side,
    double entry,
    double low,
    double high,
    double own,
    double aroundBps,
    double noiseSigmas,
    long horizonNanos) {}
