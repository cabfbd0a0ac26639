package io.liqmap.tools.venue;

/**
 * How the price of a simulated venue moves. Immutable.
 *
 * @param drift of the index, log per day
 * @param volatility of the index on an average day, log
 * @param clustering standard deviation of the logarithm of volatility, which wanders within hours
 * @param jumpsPerDay mean number of jumps
 * @param jump mean jump, log
 * @param jumpSpread standard deviation of a jump
 * @param jumpKept part of a jump that stays, 0 to 1; the rest fades within the hour
 * @param depth taker notional that moves the price by 1 %, as a share of open interest, above 0
 * @param depletion by how much a premium of 1 % raises the impact of further takers on its side
 * @param impactKept part of the impact that stays, 0 to 1
 * @param recovery time constant with which the rest of the impact fades, ns, above 0
 */
public record PriceSettings(
    double drift,
    double volatility,
    double clustering,
    double jumpsPerDay,
    double jump,
    double jumpSpread,
    double jumpKept,
    double depth,
    double depletion,
    double impactKept,
    long recovery) {}
