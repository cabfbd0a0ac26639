package io.liqmap.tools.venue;

import java.util.Arrays;

/**
 * Positions by a key, lowest first: a binary heap from which any member can be removed. Holds
 * numbers instead of references, to spare garbage collector and caches.
 */
final class PositionQueue {
  private static final int NOWHERE = 0;

  private int[] heap = new int[1024];
  private double[] keys = new double[1024];

  /** Place plus one, by number. */
  private int[] places = new int[1024];

  private int size;

  /** Number of the first member if its key isn't above {@code limit}, else −1. */
  int upTo(final double limit) {
    return size > 0 && keys[0] <= limit ? heap[0] : -1;
  }

  void put(final int number, final double key) {
    if (number >= places.length) {
      places = Arrays.copyOf(places, Math.max(number + 1, 2 * places.length));
    }
    if (places[number] != NOWHERE) {
      restore(places[number] - 1, number, key);
      return;
    }
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, 2 * size);
      keys = Arrays.copyOf(keys, 2 * size);
    }
    rise(size++, number, key);
  }

  void remove(final int number) {
    if (number >= places.length || places[number] == NOWHERE) {
      return;
    }
    final int place = places[number] - 1;
    places[number] = NOWHERE;
    size--;
    if (place < size) {
      restore(place, heap[size], keys[size]);
    }
  }

  private void restore(final int place, final int number, final double key) {
    if (place > 0 && key < keys[(place - 1) / 2]) {
      rise(place, number, key);
    } else {
      sink(place, number, key);
    }
  }

  private void rise(final int from, final int number, final double key) {
    int place = from;
    while (place > 0 && key < keys[(place - 1) / 2]) {
      set(place, heap[(place - 1) / 2], keys[(place - 1) / 2]);
      place = (place - 1) / 2;
    }
    set(place, number, key);
  }

  private void sink(final int from, final int number, final double key) {
    int place = from;
    while (2 * place + 1 < size) {
      int child = 2 * place + 1;
      if (child + 1 < size && keys[child + 1] < keys[child]) {
        child++;
      }
      if (keys[child] >= key) {
        break;
      }
      set(place, heap[child], keys[child]);
      place = child;
    }
    set(place, number, key);
  }

  private void set(final int place, final int number, final double key) {
    heap[place] = number;
    keys[place] = key;
    places[number] = place + 1;
  }
}
