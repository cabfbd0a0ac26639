package io.liqmap.engine.core.clusters;

import io.liqmap.engine.core.margin.Side;

/**
 * A run of dense buckets on one side of a map.
 *
 * @param side side of the positions
 * @param firstBucket lowest bucket
 * @param lastBucket highest bucket
 * @param peakBucket bucket with the largest notional
 * @param notional all of it, quote asset
 * @param peakNotional notional of the peak, quote asset
 * @param distanceBps from mark to the peak's centre, basis points of mark, 0 or more
 */
public record Cluster(
    Side side,
    int firstBucket,
    int lastBucket,
    int peakBucket,
    double notional,
    double peakNotional,
    double distanceBps) {}
