package io.liqmap.engine.margin;

import java.util.Arrays;
import java.util.List;

/**
 * Values of one kind, each with the time from which it holds: a venue's bracket tables for an
 * instrument, its rules for a kind of contract. Immutable, for any thread.
 */
public final class Dated<T> {
  private final long[] from;
  private final List<T> values;

  /**
   * Takes values in the order of their times.
   *
   * @param fromNanos times from which they hold, ns since 1970, rising; the first holds before its
   *     time as well
   * @throws IllegalArgumentException if there is none, or the times don't rise
   */
  public Dated(final long[] fromNanos, final List<T> inOrder) {
    if (inOrder.isEmpty() || fromNanos.length != inOrder.size()) {
      throw new IllegalArgumentException("each value needs a date, and one value is the least");
    }
    for (int i = 1; i < fromNanos.length; i++) {
      if (fromNanos[i] <= fromNanos[i - 1]) {
        throw new IllegalArgumentException("dates have to rise");
      }
    }
    from = fromNanos.clone();
    values = List.copyOf(inOrder);
  }

  static <T> Dated<T> always(final T value) {
    return new Dated<>(new long[] {0}, List.of(value));
  }

  /** Values that there are. */
  public int size() {
    return from.length;
  }

  /** Number of the value that holds at a time, from 0. */
  public int indexAt(final long nanos) {
    int index = 0;
    while (index + 1 < from.length && nanos >= from[index + 1]) {
      index++;
    }
    return index;
  }

  /**
   * Time from which a value holds, ns since 1970; 0 for a first one whose beginning isn't known.
   */
  public long from(final int index) {
    return from[index];
  }

  /** Time at which a value ends, ns since 1970; the largest long for the last. */
  public long until(final int index) {
    return index + 1 < from.length ? from[index + 1] : Long.MAX_VALUE;
  }

  /** A value, numbered from 0. */
  public T value(final int index) {
    return values.get(index);
  }

  @Override
  public boolean equals(final Object other) {
    return other instanceof Dated<?> dated
        && Arrays.equals(from, dated.from)
        && values.equals(dated.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(from) + values.hashCode();
  }
}
