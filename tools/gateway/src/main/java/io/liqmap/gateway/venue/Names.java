package io.liqmap.gateway.venue;

import java.util.List;

/** Finds names by their characters, exactly and without allocating. Immutable. */
final class Names {
  private static final int MAX_LENGTH = 64;

  private final char[][] names;
  private final int[] table;

  /** Names in their order; of equal ones the first is found. */
  Names(final List<String> of) {
    names = of.stream().map(String::toCharArray).toArray(char[][]::new);
    table = new int[Math.max(4, Integer.highestOneBit(Math.max(1, names.length)) << 2)];
    for (int i = 0; i < names.length; i++) {
      if (find(names[i], 0, names[i].length) < 0) {
        int at = slot(names[i], 0, names[i].length);
        while (table[at] != 0) {
          at = (at + 1) & (table.length - 1);
        }
        table[at] = i + 1;
      }
    }
  }

  static Names of(final String... names) {
    return new Names(List.of(names));
  }

  /** Number of a name, −1 if it is none. */
  int find(final char[] chars, final int offset, final int length) {
    if (length > MAX_LENGTH) {
      return -1;
    }
    int at = slot(chars, offset, length);
    while (table[at] != 0) {
      if (isEqual(names[table[at] - 1], chars, offset, length)) {
        return table[at] - 1;
      }
      at = (at + 1) & (table.length - 1);
    }
    return -1;
  }

  private int slot(final char[] chars, final int offset, final int length) {
    int hash = length;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + chars[offset + i];
    }
    return (hash ^ (hash >>> 15)) & (table.length - 1);
  }

  private static boolean isEqual(
      final char[] name, final char[] chars, final int offset, final int length) {
    if (name.length != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (name[i] != chars[offset + i]) {
        return false;
      }
    }
    return true;
  }
}
