package io.liqmap.gateway.venue;

import java.util.Arrays;

/**
 * The latest ids of a stream, of any order, to find repeats: a repeat within one frame is none. One
 * thread; allocates nothing once made.
 */
final class RecentIds {
  private static final long PRIME = 0x9E3779B97F4A7C15L;

  private final long[] ring;
  private final long[] slots;
  private final int[] inFrame;
  private int next;

  /**
   * Remembers so many.
   *
   * @param size a power of two
   */
  RecentIds(final int size) {
    ring = new long[size];
    slots = new long[size << 1];
    inFrame = new int[size << 1];
  }

  /** Adds a number to a hash. */
  static long mix(final long hash, final long value) {
    final long mixed = (hash ^ value) * PRIME;
    return mixed ^ (mixed >>> 29);
  }

  /**
   * Remembers an id.
   *
   * @param id not 0
   * @param frame number of the frame that it is in
   * @return false if another frame had it already
   */
  boolean add(final long id, final int frame) {
    int at = start(id);
    while (slots[at] != 0) {
      if (slots[at] == id) {
        return inFrame[at] == frame;
      }
      at = (at + 1) & (slots.length - 1);
    }
    if (ring[next] != 0) {
      remove(ring[next]);
      at = start(id);
      while (slots[at] != 0) {
        at = (at + 1) & (slots.length - 1);
      }
    }
    slots[at] = id;
    inFrame[at] = frame;
    ring[next] = id;
    next = (next + 1) & (ring.length - 1);
    return true;
  }

  void clear() {
    Arrays.fill(ring, 0);
    Arrays.fill(slots, 0);
    next = 0;
  }

  private int start(final long id) {
    return (int) ((id * PRIME) >>> 33) & (slots.length - 1);
  }

  /** Removes an id and closes the hole in the chain behind it. */
  private void remove(final long id) {
    final int mask = slots.length - 1;
    int hole = start(id);
    while (slots[hole] != id) {
      hole = (hole + 1) & mask;
    }
    int at = hole;
    while (true) {
      slots[hole] = 0;
      int home;
      do {
        at = (at + 1) & mask;
        if (slots[at] == 0) {
          return;
        }
        home = start(slots[at]);
      } while (((at - home) & mask) < ((at - hole) & mask));
      slots[hole] = slots[at];
      inFrame[hole] = inFrame[at];
      hole = at;
    }
  }
}
