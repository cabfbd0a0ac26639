package io.liqmap.gateway.connection;

import java.util.Arrays;

/** Puts a frame together from its fragments, as UTF-8, up to a limit. One thread at a time. */
final class TextAssembly {
  private static final int FIRST_ROOM = 1 << 12;
  private static final int MOST_KEPT = 1 << 18;
  private static final int MAX_BYTES_OF_CHAR = 3;

  private final int limit;
  private byte[] bytes = new byte[FIRST_ROOM];
  private int length;

  /** First half of a pair that the last fragment ended with; 0 for none. */
  private char high;

  TextAssembly(final int limit) {
    this.limit = limit;
  }

  /** Adds a fragment; false if the frame becomes too large. */
  boolean add(final CharSequence fragment) {
    final int chars = fragment.length();
    if (chars > limit - length) {
      return false;
    }
    reserve(length + (chars + 1) * MAX_BYTES_OF_CHAR);
    int at = length;
    for (int i = 0; i < chars; i++) {
      final char c = fragment.charAt(i);
      if (c < 0x80 && high == 0) {
        bytes[at++] = (byte) c;
      } else {
        at = add(c, at);
      }
    }
    length = at;
    return length <= limit;
  }

  private int add(final char c, final int from) {
    int at = from;
    if (high != 0) {
      if (Character.isLowSurrogate(c)) {
        final int point = Character.toCodePoint(high, c);
        high = 0;
        bytes[at++] = (byte) (0xf0 | (point >> 18));
        bytes[at++] = (byte) (0x80 | ((point >> 12) & 0x3f));
        bytes[at++] = (byte) (0x80 | ((point >> 6) & 0x3f));
        bytes[at++] = (byte) (0x80 | (point & 0x3f));
        return at;
      }
      high = 0;
      bytes[at++] = '?';
    }
    if (Character.isHighSurrogate(c)) {
      high = c;
    } else if (c < 0x80) {
      bytes[at++] = (byte) c;
    } else if (c < 0x800) {
      bytes[at++] = (byte) (0xc0 | (c >> 6));
      bytes[at++] = (byte) (0x80 | (c & 0x3f));
    } else {
      bytes[at++] = (byte) (0xe0 | (c >> 12));
      bytes[at++] = (byte) (0x80 | ((c >> 6) & 0x3f));
      bytes[at++] = (byte) (0x80 | (c & 0x3f));
    }
    return at;
  }

  private void reserve(final int needed) {
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
    }
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** Begins the next frame. */
  void clear() {
    length = 0;
    high = 0;
    if (bytes.length > MOST_KEPT) {
      bytes = new byte[FIRST_ROOM];
    }
  }
}
