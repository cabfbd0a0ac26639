package io.liqmap.engine.feed;

import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;

/**
 * The last accepted value of one kind, by instrument: accepts a value within a factor of the last
 * one, and one beyond once several in a row agree on it. One thread; allocates nothing.
 */
final class LastAccepted {
  private final int bits;
  private final int needed;

  /** 0 where nothing is known: the next is accepted. */
  private final long[] last;

  /** The last implausible value, and how many in a row agree on it. */
  private final long[] implausible;

  private final int[] agreeing;

  /** Instruments with implausible values since the last accepted one. */
  private int disputed;

  /**
   * Accepts the first value.
   *
   * @param bits of the factor, a power of two
   * @param needed so many in a row have to agree
   */
  LastAccepted(final int instruments, final int bits, final int needed) {
    this.bits = bits;
    this.needed = needed;
    last = new long[instruments];
    implausible = new long[instruments];
    agreeing = new int[instruments];
  }

  /** Accepts a value, 0 or more, if it is plausible; false if it isn't. */
  boolean tryAccept(final int id, final long value) {
    if (!isNear(value, last[id], bits)) {
      recordImplausible(id, value);
      if (last[id] != 0 && agreeing[id] < needed) {
        return false;
      }
    }
    accept(id, value);
    return true;
  }

  boolean isPlausible(final int id, final long value) {
    return last[id] == 0 || isNear(value, last[id], bits);
  }

  void accept(final int id, final long value) {
    last[id] = value;
    if (disputed != 0 && agreeing[id] != 0) {
      agreeing[id] = 0;
      disputed--;
    }
  }

  void recordImplausible(final int id, final long value) {
    disputed += agreeing[id] == 0 ? 1 : 0;
    agreeing[id] = agreeing[id] > 0 && isNear(value, implausible[id], 1) ? agreeing[id] + 1 : 1;
    implausible[id] = value;
  }

  /** The last one, 0 where nothing is known. */
  long last(final int id) {
    return last[id];
  }

  boolean isBlank(final int id) {
    return last[id] == 0 && agreeing[id] == 0;
  }

  void copyFrom(final LastAccepted other) {
    System.arraycopy(other.last, 0, last, 0, last.length);
    System.arraycopy(other.implausible, 0, implausible, 0, last.length);
    System.arraycopy(other.agreeing, 0, agreeing, 0, last.length);
    disputed = other.disputed;
  }

  void encode(final int id, final StateWriter out) {
    out.putLong(last[id]);
    out.putLong(agreeing[id] == 0 ? 0 : implausible[id]);
    out.putLong(agreeing[id]);
  }

  void decode(final int id, final StateReader in) {
    last[id] = in.getLong(0, FeedAdapter.MAX_MANTISSA);
    implausible[id] = in.getLong(0, FeedAdapter.MAX_MANTISSA);
    agreeing[id] = (int) in.getLong(0, needed);
    disputed += agreeing[id] == 0 ? 0 : 1;
  }

  private static boolean isNear(final long value, final long other, final int bits) {
    return value >>> bits <= other && other >>> bits <= value;
  }
}
