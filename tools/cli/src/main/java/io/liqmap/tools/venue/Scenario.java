package io.liqmap.tools.venue;

/**
 * A market to simulate. Immutable.
 *
 * @param forcedPerReported liquidations per reported one that a map assumes, 1 or more
 */
public record Scenario(
    String name,
    Mixture mixture,
    PriceSettings price,
    VenueSettings venue,
    double forcedPerReported) {}
