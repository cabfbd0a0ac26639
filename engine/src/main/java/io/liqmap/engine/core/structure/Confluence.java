package io.liqmap.engine.core.structure;

/**
 * A level of the price structure within a range of buckets.
 *
 * @param kind what it is
 * @param bucket where it is
 * @param scaleBps scale of a swing in basis points; 0 for other levels
 * @param price of a swing, price mantissa; 0 for other levels, which are buckets
 */
public record Confluence(LevelKind kind, int bucket, int scaleBps, long price) {}
