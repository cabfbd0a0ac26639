package io.liqmap.gateway.feed;

import java.util.Arrays;

/**
 * Offset of a venue's clock from ours: receipt less event time holds it and the delay on the way,
 * so the least of ten seconds is taken, and of the last nine of these the median. One thread.
 */
final class ClockOffset {
  private static final long WINDOW_NANOS = 10_000_000_000L;
  private static final int WINDOWS = 9;

  private final long[] least = new long[WINDOWS];
  private final long[] sorted = new long[WINDOWS];
  private int windows;
  private long windowEnd;
  private long current = Long.MAX_VALUE;

  /** Takes one event; returns whether the offset may have changed. */
  boolean add(final long receiveTime, final long eventTime) {
    if (windowEnd == 0) {
      // The first events may be old, as a backlog is.
      windowEnd = receiveTime + WINDOW_NANOS;
    }
    current = Math.min(current, receiveTime - eventTime);
    if (receiveTime < windowEnd) {
      return false;
    }
    windowEnd = receiveTime + WINDOW_NANOS;
    least[windows++ % WINDOWS] = current;
    current = Long.MAX_VALUE;
    return true;
  }

  /** The offset, ns: above 0 where our clock is ahead; 0 before the first window. */
  long nanos() {
    final int count = Math.min(windows, WINDOWS);
    if (count == 0) {
      return 0;
    }
    System.arraycopy(least, 0, sorted, 0, count);
    Arrays.sort(sorted, 0, count);
    return sorted[count / 2];
  }
}
