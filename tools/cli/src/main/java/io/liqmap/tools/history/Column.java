package io.liqmap.tools.history;

import io.liqmap.engine.core.map.MapSnapshot;
import io.liqmap.engine.core.margin.Side;

/**
 * A map as of the end of an interval: what {@code liqmap map --at} answers for that time.
 * Immutable, for any thread.
 *
 * @param time end of the interval, inclusive, ns since 1970; events of that time are in it
 * @param sequence feed sequence of the last event before the end
 * @param open first trade's price of the interval, quote asset; NaN without a trade, as the others
 * @param high highest
 * @param low lowest
 * @param close last
 * @param snapshot the map
 */
public record Column(
    long time,
    long sequence,
    double open,
    double high,
    double low,
    double close,
    MapSnapshot snapshot) {

  /** Mark, or the last price in its place, quote asset; NaN while unknown. */
  public double mark() {
    return snapshot.markPrice() > 0 ? snapshot.markPrice() : Double.NaN;
  }

  /** One-sided open interest, base asset; NaN while unknown. */
  public double openInterest() {
    return snapshot.openInterest();
  }

  /** Lowest bucket of a side that may hold anything. */
  public int firstBucket(final Side side) {
    return snapshot.firstBucket(side);
  }

  /** Buckets from there to the highest that may hold anything. */
  public int bucketCount(final Side side) {
    return snapshot.bucketCount(side);
  }

  /** Notional that is liquidated in a bucket, quote asset; 0 for none. */
  public double notional(final Side side, final int bucket) {
    return snapshot.notional(side, bucket);
  }
}
