package io.liqmap.engine.core.margin;

import java.util.Arrays;
import java.util.List;

/**
 * Values of one kind, each with a date: a venue's bracket tables for an instrument, its rules for a
 * kind of contract. Immutable, for any thread.
 *
 * <p>A date is the time from which a value holds, or the time at which a copy of it was seen, and
 * then when it came into force isn't known: it holds from the middle between the date before and
 * its own on, so that the copy nearer in time is used. The first value holds before its date too.
 */
public final class Dated<T> {
  private final long[] dates;
  private final boolean[] seen;
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
    this(fromNanos, new boolean[fromNanos.length], inOrder);
  }

  /**
   * Takes values in the order of their dates.
   *
   * @param dateNanos ns since 1970, rising
   * @param isSeen whether a date is that of a copy, instead of the time from which the value holds
   * @throws IllegalArgumentException if there is none, or the dates don't rise
   */
  public Dated(final long[] dateNanos, final boolean[] isSeen, final List<T> inOrder) {
    if (inOrder.isEmpty()
        || dateNanos.length != inOrder.size()
        || isSeen.length != inOrder.size()) {
      throw new IllegalArgumentException("each value needs a date, and one value is the least");
    }
    dates = dateNanos.clone();
    seen = isSeen.clone();
    from = dateNanos.clone();
    for (int i = 1; i < dates.length; i++) {
      if (dates[i] <= dates[i - 1]) {
        throw new IllegalArgumentException("dates have to rise");
      }
      if (seen[i]) {
        from[i] = dates[i - 1] + (dates[i] - dates[i - 1] + 1) / 2;
      }
    }
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

  /** Date of a value, ns since 1970; 0 for a first one of which none is known. */
  public long date(final int index) {
    return dates[index];
  }

  /** Whether a value's date is that of a copy, instead of the time from which it holds. */
  public boolean isSeen(final int index) {
    return seen[index];
  }

  /**
   * Time from which a value is used, ns since 1970; 0 for a first one whose beginning isn't known.
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
        && Arrays.equals(dates, dated.dates)
        && Arrays.equals(seen, dated.seen)
        && values.equals(dated.values);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Arrays.hashCode(dates) + Arrays.hashCode(seen)) + values.hashCode();
  }
}
