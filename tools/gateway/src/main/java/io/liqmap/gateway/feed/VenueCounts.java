package io.liqmap.gateway.feed;

import java.util.concurrent.atomic.AtomicLongArray;

/** A venue's counters. Any thread reads, each counter has one writing thread. */
public final class VenueCounts {
  private final AtomicLongArray values = new AtomicLongArray(VenueCounter.COUNT);

  /** Adds to a counter. */
  public void add(final VenueCounter counter, final long count) {
    final int at = counter.ordinal();
    values.lazySet(at, values.getPlain(at) + count);
  }

  /** Sets a counter. */
  public void set(final VenueCounter counter, final long value) {
    values.lazySet(counter.ordinal(), value);
  }

  /** Value of a counter. */
  public long of(final VenueCounter counter) {
    return values.get(counter.ordinal());
  }
}
