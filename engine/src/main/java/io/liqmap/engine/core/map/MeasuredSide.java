package io.liqmap.engine.core.map;

/**
 * What is known of the positions of one side. Immutable.
 *
 * @param accounts whose positions are known
 * @param effectiveAccounts as many accounts of equal size would be as concentrated: (Σq)²/Σq²; 0
 *     without accounts
 * @param quantity of all of them, base asset
 * @param notional of all of them at mark, quote asset; NaN before the first price
 * @param outOfReach part of the quantity that is on no bucket: no price liquidates it, or one more
 *     than {@link MeasuredMap#REACH} away from mark
 * @param openInterestShare share of the open interest that is known, 0 or more; NaN before the
 *     first open interest
 * @param outOfReachShare share of the open interest that is known and out of reach; NaN as above
 * @param swept positions whose liquidation prices mark has crossed
 * @param sweptNotional their notional at these prices, quote asset
 */
public record MeasuredSide(
    int accounts,
    double effectiveAccounts,
    double quantity,
    double notional,
    double outOfReach,
    double openInterestShare,
    double outOfReachShare,
    long swept,
    double sweptNotional) {}
