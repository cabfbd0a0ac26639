package io.liqmap.engine.feed;

import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;

/** The last runs of missing sequences, which distinguish a reordered message from a duplicate. */
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

  void encode(final StateWriter out) {
    for (int i = 0; i < REMEMBERED; i++) {
      final int at = (next + i) % REMEMBERED;
      out.putLong(first[at]);
      out.putLong(last[at]);
    }
  }

  void decode(final StateReader in) {
    for (int i = 0; i < REMEMBERED; i++) {
      first[i] = in.getLong();
      last[i] = in.getLong();
    }
    next = 0;
  }
}
