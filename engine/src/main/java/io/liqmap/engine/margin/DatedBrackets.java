package io.liqmap.engine.margin;

import java.util.Arrays;
import java.util.List;

/**
 * A venue's bracket tables for one instrument, each with the time from which it holds. Immutable,
 * for any thread.
 */
public final class DatedBrackets {
  private final long[] from;
  private final List<BracketTable> tables;

  /**
   * Takes tables in the order of their times.
   *
   * @param fromNanos times from which the tables hold, ns since 1970, rising; the first table holds
   *     before its time as well
   * @throws IllegalArgumentException if there is none, or the times don't rise
   */
  public DatedBrackets(final long[] fromNanos, final List<BracketTable> inOrder) {
    if (inOrder.isEmpty() || fromNanos.length != inOrder.size()) {
      throw new IllegalArgumentException(
          "each bracket table needs a date, and one table is the least");
    }
    for (int i = 1; i < fromNanos.length; i++) {
      if (fromNanos[i] <= fromNanos[i - 1]) {
        throw new IllegalArgumentException("dates of bracket tables have to rise");
      }
    }
    from = fromNanos.clone();
    tables = List.copyOf(inOrder);
  }

  /** Tables that there are. */
  public int size() {
    return from.length;
  }

  /** Number of the table that holds at a time, from 0. */
  public int indexAt(final long nanos) {
    int index = 0;
    while (index + 1 < from.length && nanos >= from[index + 1]) {
      index++;
    }
    return index;
  }

  /** Time from which a table holds, ns since 1970. */
  public long from(final int index) {
    return from[index];
  }

  /** Time at which a table ends, ns since 1970; the largest long for the last. */
  public long until(final int index) {
    return index + 1 < from.length ? from[index + 1] : Long.MAX_VALUE;
  }

  /** A table, numbered from 0. */
  public BracketTable table(final int index) {
    return tables.get(index);
  }

  @Override
  public boolean equals(final Object other) {
    return other instanceof DatedBrackets dated
        && Arrays.equals(from, dated.from)
        && tables.equals(dated.tables);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(from) + tables.hashCode();
  }
}
