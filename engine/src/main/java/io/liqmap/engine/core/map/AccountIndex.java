package io.liqmap.engine.core.map;

import java.util.Arrays;

/**
 * Numbers accounts from 0 without holes: the last one takes the number of one that is removed, so
 * the numbers follow from the calls alone. Linear probing, at most half full. One thread; allocates
 * when it doubles.
 */
final class AccountIndex {
  private static final int FIRST_CAPACITY = 64;
  private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;

  private long[] accounts = {};

  /** Numbers plus one by hash; 0 is empty. */
  private int[] slots = {};

  private int shift;
  private int count;

  int count() {
    return count;
  }

  /** Accounts that it holds without growing. */
  int capacity() {
    return accounts.length;
  }

  long account(final int number) {
    return accounts[number];
  }

  /** Number of an account, −1 if it has none. */
  int find(final long account) {
    if (count == 0) {
      return -1;
    }
    int slot = home(account);
    while (slots[slot] != 0) {
      if (accounts[slots[slot] - 1] == account) {
        return slots[slot] - 1;
      }
      slot = next(slot);
    }
    return -1;
  }

  /** Gives an account that has no number the next one. */
  int add(final long account) {
    if (count == accounts.length) {
      grow();
    }
    accounts[count] = account;
    insert(account, count);
    return count++;
  }

  /** Removes an account; the one of the last number takes its number. */
  void remove(final int number) {
    final int last = count - 1;
    empty(slotOf(number));
    if (number != last) {
      slots[slotOf(last)] = number + 1;
      accounts[number] = accounts[last];
    }
    count = last;
  }

  private void grow() {
    final int capacity = Math.max(FIRST_CAPACITY, 2 * accounts.length);
    accounts = Arrays.copyOf(accounts, capacity);
    slots = new int[2 * capacity];
    shift = Long.SIZE - Integer.numberOfTrailingZeros(2 * capacity);
    for (int i = 0; i < count; i++) {
      insert(accounts[i], i);
    }
  }

  private void insert(final long account, final int number) {
    int slot = home(account);
    while (slots[slot] != 0) {
      slot = next(slot);
    }
    slots[slot] = number + 1;
  }

  private int slotOf(final int number) {
    int slot = home(accounts[number]);
    while (slots[slot] != number + 1) {
      slot = next(slot);
    }
    return slot;
  }

  /** Moves later ones back, so that no search ends too early at the hole. */
  private void empty(final int slot) {
    int hole = slot;
    slots[hole] = 0;
    for (int at = next(hole); slots[at] != 0; at = next(at)) {
      final int wanted = home(accounts[slots[at] - 1]);
      if ((at - wanted & slots.length - 1) >= (at - hole & slots.length - 1)) {
        slots[hole] = slots[at];
        slots[at] = 0;
        hole = at;
      }
    }
  }

  private int home(final long account) {
    return (int) ((account * GOLDEN) >>> shift);
  }

  private int next(final int slot) {
    return slot + 1 & slots.length - 1;
  }
}
