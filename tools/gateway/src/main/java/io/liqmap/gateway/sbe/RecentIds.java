package io.liqmap.gateway.sbe;

import org.agrona.collections.LongHashSet;

/** The latest ids, by their hashes. One thread. */
final class RecentIds {
  /** Eight of a venue's longest messages. */
  static final int CAPACITY = 8_192;

  private final long[] oldestFirst = new long[CAPACITY];
  private final LongHashSet ids = new LongHashSet(2 * CAPACITY);
  private int next;

  /** Returns false if the id is among the latest; else it becomes the latest. */
  boolean add(final long id) {
    if (ids.contains(id)) {
      return false;
    }
    if (ids.size() == CAPACITY) {
      ids.remove(oldestFirst[next]);
    }
    ids.add(id);
    oldestFirst[next] = id;
    next = (next + 1) % CAPACITY;
    return true;
  }
}
