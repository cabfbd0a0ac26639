package io.liqmap.engine.core.map;

/**
 * Liquidation buckets that sweeps have emptied, in one piece, and between which entry buckets
 * something was added since: only what was added may lie there. Not part of the state. One thread.
 */
final class SweptBuckets {
  private final boolean isRecent;
  private int low;
  private int high = -1;
  private int lowestEntry;
  private int highestEntry = -1;

  /**
   * Knows of none.
   *
   * @param isRecent whether to begin again with a sweep elsewhere, once something was added
   */
  SweptBuckets(final boolean isRecent) {
    this.isRecent = isRecent;
  }

  /** Notes that something is added to an entry bucket. */
  void onEntry(final int entry) {
    lowestEntry = Math.min(lowestEntry, entry);
    highestEntry = Math.max(highestEntry, entry);
  }

  /** Whether all of some buckets, the last included, are known to be swept. */
  boolean holds(final int from, final int to) {
    return from >= low && to <= high;
  }

  /** Notes that all of some buckets, the last included, have been swept. */
  void onSwept(final int from, final int to) {
    if (holds(from, to)) {
      return;
    }
    final boolean isApart = from > high + 1 || to < low - 1;
    if (low > high || isApart || (isRecent && lowestEntry <= highestEntry)) {
      low = from;
      high = to;
      lowestEntry = Integer.MAX_VALUE;
      highestEntry = Integer.MIN_VALUE;
    } else {
      low = Math.min(low, from);
      high = Math.max(high, to);
    }
  }

  int lowestEntry() {
    return lowestEntry;
  }

  int highestEntry() {
    return highestEntry;
  }

  /** Knows of none. */
  void forget() {
    low = 0;
    high = -1;
  }
}
