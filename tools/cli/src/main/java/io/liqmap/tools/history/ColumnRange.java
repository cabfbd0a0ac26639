package io.liqmap.tools.history;

/**
 * Ends of intervals: the multiples of a length since 1970, UTC.
 *
 * @param from no column ends before, ns since 1970; {@code Long.MIN_VALUE} for the journal's first
 *     event
 * @param to no column ends after, ns since 1970; {@code Long.MAX_VALUE} for the journal's last
 *     event
 * @param every length of an interval, ns, 1 or more
 */
public record ColumnRange(long from, long to, long every) {
  /** All of a journal. */
  public static ColumnRange all(final long every) {
    return new ColumnRange(Long.MIN_VALUE, Long.MAX_VALUE, every);
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if they are left
   */
  public ColumnRange {
    if (every < 1 || from > to) {
      throw new IllegalArgumentException("from " + from + " to " + to + " every " + every + " ns");
    }
  }

  /** The first end of an interval after a time, ns. */
  public static long endAfter(final long time, final long every) {
    return Intervals.endAtOrAfter(time + 1, every);
  }

  /** Whether it begins with the journal. */
  boolean isFromStart() {
    return from == Long.MIN_VALUE;
  }
}
