package io.liqmap.engine.feed;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** The last runs of sequences that were missing, so that a late one is told from a repeated one. */
final class MissingRanges {
  private static final int REMEMBERED = 16;

  private final long[] first = new long[REMEMBERED];
  private final long[] last = new long[REMEMBERED];

  /** The oldest, to be replaced next. */
  private int next;

  void add(final long from, final long to) {
    first[next] = from;
    last[next] = to;
    next = (next + 1) % REMEMBERED;
  }

  boolean contains(final long sequence) {
    for (int i = 0; i < REMEMBERED; i++) {
      if (sequence >= first[i] && sequence <= last[i] && sequence > 0) {
        return true;
      }
    }
    return false;
  }

  void copyFrom(final MissingRanges other) {
    System.arraycopy(other.first, 0, first, 0, REMEMBERED);
    System.arraycopy(other.last, 0, last, 0, REMEMBERED);
    next = other.next;
  }

  /** Writes them, the oldest first. */
  void encode(final LongConsumer out) {
    for (int i = 0; i < REMEMBERED; i++) {
      final int at = (next + i) % REMEMBERED;
      out.accept(first[at]);
      out.accept(last[at]);
    }
  }

  void decode(final LongSupplier in) {
    for (int i = 0; i < REMEMBERED; i++) {
      first[i] = in.getAsLong();
      last[i] = in.getAsLong();
    }
    next = 0;
  }
}
