package io.liqmap.engine.core.map;

import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;

/**
 * Open interest, and what takers had bought and sold in all, as of past updates: the first of each
 * step of time, as many steps as make up a span. So a change since the start of the span is known
 * to a step. One thread; allocates nothing once made.
 */
final class OpenInterestHistory {
  private final long stepNanos;
  private final int steps;
  private final long[] times;
  private final double[] openInterests;
  private final double[] boughts;
  private final double[] solds;
  private int first;
  private int count;

  /**
   * Makes an empty one.
   *
   * @param spanNanos how far back it reaches
   * @param stepNanos a part of it
   */
  OpenInterestHistory(final long spanNanos, final long stepNanos) {
    this.stepNanos = stepNanos;
    // One more than the span has, so that one lies at its start or before it.
    steps = (int) (spanNanos / stepNanos) + 2;
    times = new long[steps];
    openInterests = new double[steps];
    boughts = new double[steps];
    solds = new double[steps];
  }

  void add(final long time, final double openInterest, final double bought, final double sold) {
    if (count > 0 && time / stepNanos == times[place(count - 1)] / stepNanos) {
      return;
    }
    if (count == steps) {
      first = (first + 1) % steps;
      count--;
    }
    final int place = place(count++);
    times[place] = time;
    openInterests[place] = openInterest;
    boughts[place] = bought;
    solds[place] = sold;
  }

  private int place(final int number) {
    return (first + number) % steps;
  }

  /** Number of the newest update at a time or before it, −1 if it isn't known any more. */
  int indexAt(final long time) {
    for (int number = count - 1; number >= 0; number--) {
      if (times[place(number)] <= time) {
        return number;
      }
    }
    return -1;
  }

  long time(final int number) {
    return times[place(number)];
  }

  double openInterest(final int number) {
    return openInterests[place(number)];
  }

  double bought(final int number) {
    return boughts[place(number)];
  }

  double sold(final int number) {
    return solds[place(number)];
  }

  void encode(final StateWriter out) {
    out.putLong(count);
    for (int number = 0; number < count; number++) {
      final int place = place(number);
      out.putLong(times[place]);
      out.putDouble(openInterests[place]);
      out.putDouble(boughts[place]);
      out.putDouble(solds[place]);
    }
  }

  void decode(final StateReader in) {
    first = 0;
    count = in.getInt(0, steps);
    for (int number = 0; number < count; number++) {
      times[number] = in.getLong();
      openInterests[number] = in.getDouble();
      boughts[number] = in.getDouble();
      solds[number] = in.getDouble();
    }
  }
}
