package io.liqmap.engine.core.map;

import java.util.Arrays;

/**
 * Some whole numbers from 0 up, in the order in which they were added; as costly as there are
 * numbers in it. One thread; allocates only for more than ever.
 */
final class PlaceSet {
  private static final int MIN_ROOM = 64;

  private long[] bits = new long[0];
  private int[] places = new int[MIN_ROOM];
  private int size;

  /** Makes room for numbers below a bound, and empties it. */
  void reserve(final int bound) {
    if (bits.length << 6 < bound) {
      bits = new long[(bound + 63) >> 6];
      size = 0;
    } else {
      clear();
    }
  }

  /** Adds a number; false if it was in it. */
  boolean add(final int place) {
    final long bit = 1L << place;
    if ((bits[place >> 6] & bit) != 0) {
      return false;
    }
    bits[place >> 6] |= bit;
    if (size == places.length) {
      places = Arrays.copyOf(places, 2 * size);
    }
    places[size] = place;
    size++;
    return true;
  }

  int size() {
    return size;
  }

  int get(final int index) {
    return places[index];
  }

  /** 64 of them in each, a bit each; read only. */
  long[] bits() {
    return bits;
  }

  void clear() {
    for (int index = 0; index < size; index++) {
      bits[places[index] >> 6] = 0;
    }
    size = 0;
  }
}
