package io.liqmap.benchmarks.venue;

/** ASCII text in a byte array of the caller's. One thread; allocates nothing. */
final class FrameText {
  private static final int RADIX = 10;
  private static final int HEX = 16;

  private byte[] bytes = new byte[0];
  private int length;

  /** Writes behind an offset. */
  void wrap(final byte[] target, final int offset) {
    bytes = target;
    length = offset;
  }

  /** Where the text ends. */
  int end() {
    return length;
  }

  /** Adds text; its apostrophes become quotation marks. */
  FrameText text(final String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      final char c = ascii.charAt(i);
      bytes[length++] = (byte) (c == '\'' ? '"' : c);
    }
    return this;
  }

  /** Adds a number, 0 or more. */
  FrameText number(final long value) {
    return decimal(value, 0);
  }

  /** Adds a number, 0 or more, with so many of its last digits behind the point. */
  FrameText decimal(final long mantissa, final int decimals) {
    int digits = 1;
    for (long rest = mantissa / RADIX; rest != 0; rest /= RADIX) {
      digits++;
    }
    digits = Math.max(digits, decimals + 1);
    final int width = decimals == 0 ? digits : digits + 1;
    long rest = mantissa;
    for (int i = width - 1; i >= 0; i--) {
      if (decimals > 0 && i == width - 1 - decimals) {
        bytes[length + i] = '.';
      } else {
        bytes[length + i] = (byte) ('0' + rest % RADIX);
        rest /= RADIX;
      }
    }
    length += width;
    return this;
  }

  /** Adds the lowest hexadecimal digits of a number. */
  FrameText hex(final long value, final int digits) {
    for (int i = digits - 1; i >= 0; i--) {
      bytes[length++] = (byte) Character.forDigit((int) (value >>> (4 * i)) & (HEX - 1), HEX);
    }
    return this;
  }
}
