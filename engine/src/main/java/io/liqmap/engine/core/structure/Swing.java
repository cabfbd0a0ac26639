package io.liqmap.engine.core.structure;

/**
 * A turn of the price.
 *
 * @param scaleBps by how much price had to come back, basis points of the extreme
 * @param isHigh whether it is a high
 * @param price extreme, price mantissa
 * @param bucket bucket of the price
 * @param timeNanos when the extreme was reached first, ns since 1970
 */
public record Swing(int scaleBps, boolean isHigh, long price, int bucket, long timeNanos) {}
