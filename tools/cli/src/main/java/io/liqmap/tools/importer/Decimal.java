package io.liqmap.tools.importer;

/**
 * Reads decimal numbers from characters as scaled integers, exactly, without any floating point.
 */
final class Decimal {
  /** Says a thrown exception of text that isn't a number, of whatever size. */
  static final String NO_NUMBER = "is no number";

  private static final long LAST_SAFE = Long.MAX_VALUE / 10 - 1;
  private static final int MAX_POWER_DIGITS = 3;

  /** So many digits fit into a long. */
  private static final int MAX_PLAIN = 18;

  private static final long[] POWERS = new long[MAX_PLAIN + 1];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = 10 * POWERS[i - 1];
    }
  }

  private Decimal() {}

  /**
   * Reads {@code [-]digits[.digits][e[+|-]digits]} in units of 10^−decimals.
   *
   * @param decimals −18 to 18
   * @param rounds digits below the unit: true rounds half to even, false admits only zeros
   * @throws NumberFormatException if it is no such number, is finer than the unit, or too large;
   *     the message says which
   */
  static long parse(
      final char[] chars,
      final int start,
      final int end,
      final int decimals,
      final boolean rounds) {
    final long plain = plain(chars, start, end, decimals);
    if (plain >= 0) {
      return plain;
    }
    final boolean negative = start < end && chars[start] == '-';
    final int firstDigit = negative ? start + 1 : start;
    final int point = endOfDigits(chars, firstDigit, end);
    int lastDigit = point;
    if (point < end && chars[point] == '.') {
      lastDigit = endOfDigits(chars, point + 1, end);
      requireNumber(lastDigit > point + 1);
    }
    requireNumber(point > firstDigit);
    int power = 0;
    if (lastDigit < end) {
      requireNumber(chars[lastDigit] == 'e' || chars[lastDigit] == 'E');
      power = power(chars, lastDigit + 1, end);
    }
    final long value =
        scale(chars, firstDigit, point, lastDigit, point - firstDigit + power + decimals, rounds);
    return negative ? -value : value;
  }

  /** The number in one pass, where it is short and as fine as the unit at most; otherwise −1. */
  private static long plain(
      final char[] chars, final int start, final int end, final int decimals) {
    long value = 0;
    int point = end;
    if (end - start > MAX_PLAIN) {
      return -1;
    }
    for (int i = start; i < end; i++) {
      final int digit = chars[i] - '0';
      if (digit >= 0 && digit <= 9) {
        value = value * 10 + digit;
      } else if (chars[i] == '.' && point == end) {
        point = i;
      } else {
        return -1;
      }
    }
    final int more = decimals - (point == end ? 0 : end - point - 1);
    final boolean isPlain =
        point > start && point != end - 1 && more >= 0 && end - start + more <= MAX_PLAIN;
    return isPlain ? value * POWERS[more] : -1;
  }

  /** The digits as an integer that ends after the first {@code kept} of them. */
  private static long scale(
      final char[] chars,
      final int firstDigit,
      final int point,
      final int lastDigit,
      final int kept,
      final boolean rounds) {
    long value = 0;
    int position = 0;
    int next = 0;
    boolean more = false;
    for (int i = firstDigit; i < lastDigit; i++) {
      if (i == point) {
        continue;
      }
      final int digit = chars[i] - '0';
      if (position < kept) {
        value = append(value, digit);
      } else if (position == kept) {
        next = digit;
      } else {
        more |= digit != 0;
      }
      position++;
    }
    for (; position < kept && value != 0; position++) {
      value = append(value, 0);
    }
    if (next == 0 && !more) {
      return value;
    }
    if (!rounds) {
      throw new NumberFormatException("has more decimals than the instrument's exponent can hold");
    }
    return next > 5 || (next == 5 && (more || (value & 1) == 1)) ? value + 1 : value;
  }

  private static long append(final long value, final int digit) {
    if (value > LAST_SAFE) {
      throw new NumberFormatException("is too large for the instrument's exponent");
    }
    return value * 10 + digit;
  }

  private static int power(final char[] chars, final int start, final int end) {
    final boolean signed = start < end && (chars[start] == '-' || chars[start] == '+');
    final int firstDigit = signed ? start + 1 : start;
    requireNumber(
        firstDigit < end
            && end - firstDigit <= MAX_POWER_DIGITS
            && endOfDigits(chars, firstDigit, end) == end);
    int power = 0;
    for (int i = firstDigit; i < end; i++) {
      power = power * 10 + chars[i] - '0';
    }
    return signed && chars[start] == '-' ? -power : power;
  }

  private static int endOfDigits(final char[] chars, final int start, final int end) {
    int i = start;
    while (i < end && chars[i] >= '0' && chars[i] <= '9') {
      i++;
    }
    return i;
  }

  private static void requireNumber(final boolean holds) {
    if (!holds) {
      throw new NumberFormatException(NO_NUMBER);
    }
  }
}
