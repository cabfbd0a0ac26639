package io.liqmap.engine.feed;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * What is believed of one kind of number, by instrument: all within a factor of the last one, and
 * what lies beyond once several in a row agree on it. One thread; allocates nothing.
 */
final class LastAccepted {
  private final int bits;
  private final int needed;

  /** 0 where nothing is known: the next is believed. */
  private final long[] last;

  private final long[] doubted;
  private final int[] agreeing;

  /** Instruments of which something is doubted. */
  private int doubting;

  /**
   * Believes whatever comes first.
   *
   * @param bits of the factor, a power of two
   * @param needed so many in a row have to agree
   */
  LastAccepted(final int instruments, final int bits, final int needed) {
    this.bits = bits;
    this.needed = needed;
    last = new long[instruments];
    doubted = new long[instruments];
    agreeing = new int[instruments];
  }

  /** Whether a number, 0 or more, is believed; it is the last one then. */
  boolean admits(final int id, final long value) {
    if (!isNear(value, last[id], bits)) {
      doubt(id, value);
      if (last[id] != 0 && agreeing[id] < needed) {
        return false;
      }
    }
    accept(id, value);
    return true;
  }

  /** Whether a number would be believed at once; changes nothing. */
  boolean holds(final int id, final long value) {
    return last[id] == 0 || isNear(value, last[id], bits);
  }

  /** Takes a number for the last one. */
  void accept(final int id, final long value) {
    last[id] = value;
    if (doubting != 0) {
      forgetDoubts(id);
    }
  }

  /** Takes note of a number that isn't believed yet. */
  void doubt(final int id, final long value) {
    doubting += agreeing[id] == 0 ? 1 : 0;
    agreeing[id] = agreeing[id] > 0 && isNear(value, doubted[id], 1) ? agreeing[id] + 1 : 1;
    doubted[id] = value;
  }

  /** The last one, 0 where nothing is known. */
  long last(final int id) {
    return last[id];
  }

  boolean isBlank(final int id) {
    return last[id] == 0 && agreeing[id] == 0;
  }

  private void forgetDoubts(final int id) {
    if (agreeing[id] != 0) {
      agreeing[id] = 0;
      doubting--;
    }
  }

  void copyFrom(final LastAccepted other) {
    System.arraycopy(other.last, 0, last, 0, last.length);
    System.arraycopy(other.doubted, 0, doubted, 0, last.length);
    System.arraycopy(other.agreeing, 0, agreeing, 0, last.length);
    doubting = other.doubting;
  }

  void encode(final int id, final LongConsumer out) {
    out.accept(last[id]);
    out.accept(agreeing[id] == 0 ? 0 : doubted[id]);
    out.accept(agreeing[id]);
  }

  void decode(final int id, final LongSupplier in) {
    last[id] = FeedState.within(in.getAsLong(), 0, FeedAdapter.MAX_MANTISSA);
    doubted[id] = FeedState.within(in.getAsLong(), 0, FeedAdapter.MAX_MANTISSA);
    agreeing[id] = (int) FeedState.within(in.getAsLong(), 0, needed);
    doubting += agreeing[id] == 0 ? 0 : 1;
  }

  private static boolean isNear(final long value, final long other, final int bits) {
    return value >>> bits <= other && other >>> bits <= value;
  }
}
