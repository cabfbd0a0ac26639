package io.liqmap.tools.history;

/** Lengths of columns: each is a multiple of all before. */
final class Intervals {
  /** Most columns that are kept of a journal. */
  static final int MOST_COLUMNS = 4_000;

  private static final long SECOND = 1_000_000_000L;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long[] LENGTHS = {
    SECOND, 5 * SECOND, 15 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR, 24 * HOUR
  };

  private Intervals() {}

  /** The finest interval. */
  static long finest() {
    return LENGTHS[0];
  }

  /** The shortest one of which a time has at most so many. */
  static long of(final long nanos, final long columns) {
    for (final long length : LENGTHS) {
      if (nanos / length <= columns) {
        return length;
      }
    }
    long length = LENGTHS[LENGTHS.length - 1];
    while (nanos / length > columns) {
      length *= 2;
    }
    return length;
  }

  /** Whether columns may have a length. */
  static boolean isOne(final long every) {
    long length = finest();
    while (length < every) {
      length = longer(length);
    }
    return length == every;
  }

  /** The next longer one. */
  static long longer(final long every) {
    for (final long length : LENGTHS) {
      if (length > every) {
        return length;
      }
    }
    return 2 * every;
  }

  /** The last end of an interval at or before a time. */
  static long endAtOrBefore(final long time, final long every) {
    return Math.floorDiv(time, every) * every;
  }

  /** The first end of an interval at or after a time. */
  static long endAtOrAfter(final long time, final long every) {
    return -Math.floorDiv(-time, every) * every;
  }
}
