package io.liqmap.gateway.venue;

/**
 * Reads decimal numbers from characters as scaled integers, exactly, without any floating point.
 * Throws nothing and allocates nothing: what is no such number gives a result that {@link #isValue}
 * rejects.
 */
public final class Decimal {
  /** Result for text that isn't a number, of whatever size. */
  public static final long NO_NUMBER = Long.MIN_VALUE;

  /** Result for a number with digits below the unit. */
  public static final long TOO_FINE = Long.MIN_VALUE + 1;

  /** Result for a number that a long doesn't hold. */
  public static final long TOO_LARGE = Long.MIN_VALUE + 2;

  private static final long LAST_SAFE = Long.MAX_VALUE / 10 - 1;
  private static final int MAX_POWER_DIGITS = 3;
  private static final int NO_POWER = Integer.MIN_VALUE;

  /** So many digits fit into a long. */
  private static final int MAX_PLAIN = 18;

  /** Digits of packed numbers leave room for their decimals. */
  private static final int MAX_PACKED = 17;

  private static final int SCALE_BITS = 5;
  private static final int SCALE_MASK = 31;

  private static final long[] POWERS = new long[MAX_PLAIN + 1];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = 10 * POWERS[i - 1];
    }
  }

  private Decimal() {}

  /** Whether a result is a number. */
  public static boolean isValue(final long result) {
    return result > TOO_LARGE;
  }

  /** What is wrong with a number whose result isn't a value, as the end of a sentence about it. */
  public static String flaw(final long result) {
    return result == NO_NUMBER
        ? "is no number"
        : result == TOO_FINE
            ? "has more decimals than the instrument's exponent can hold"
            : "is too large for the instrument's exponent";
  }

  /**
   * Reads {@code [-]digits[.digits][e[+|-]digits]} in units of 10^−decimals.
   *
   * @param decimals −18 to 18
   * @param rounds digits below the unit: true rounds half to even, false admits only zeros
   * @return the number, or {@link #NO_NUMBER}, {@link #TOO_FINE} or {@link #TOO_LARGE}
   */
  public static long parse(
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
    final boolean hasPoint = point < end && chars[point] == '.';
    final int lastDigit = hasPoint ? endOfDigits(chars, point + 1, end) : point;
    if (point == firstDigit || (hasPoint && lastDigit == point + 1)) {
      return NO_NUMBER;
    }
    final int power = power(chars, lastDigit, end);
    if (power == NO_POWER) {
      return NO_NUMBER;
    }
    final long value =
        scale(chars, firstDigit, point, lastDigit, point - firstDigit + power + decimals, rounds);
    return negative && value >= 0 ? -value : value;
  }

  /**
   * Reads a short number without sign and exponent at sight, for any unit.
   *
   * @return digits and decimals in one, for {@link #scaled}; −1 if it is no such number
   */
  static long packed(final char[] chars, final int start, final int end) {
    long value = 0;
    int point = end;
    if (end - start > MAX_PACKED || start == end || chars[start] == '.') {
      return -1;
    }
    for (int i = start; i < end; i++) {
      final int digit = chars[i] - '0';
      if (digit >= 0 && digit <= 9) {
        value = value * 10 + digit;
      } else if (digit == '.' - '0' && point == end) {
        point = i;
      } else {
        return -1;
      }
    }
    return point == end
        ? value << SCALE_BITS
        : point == end - 1 ? -1 : value << SCALE_BITS | (end - point - 1);
  }

  /** What {@link #parse} gives for the text of a packed number. */
  static long scaled(final long packed, final int decimals, final boolean rounds) {
    final long value = packed >> SCALE_BITS;
    final int more = decimals - (int) (packed & SCALE_MASK);
    if (more >= 0) {
      return value > Long.MAX_VALUE / POWERS[more] ? TOO_LARGE : value * POWERS[more];
    }
    final long unit = POWERS[Math.min(-more, MAX_PLAIN)];
    final long whole = value / unit;
    final long rest = value % unit;
    if (rest == 0) {
      return whole;
    }
    if (!rounds) {
      return TOO_FINE;
    }
    // Beyond the powers the number is below a tenth of the unit.
    final long twice = -more > MAX_PLAIN ? 0 : 2 * rest;
    return twice > unit || (twice == unit && (whole & 1) == 1) ? whole + 1 : whole;
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
        if (value > LAST_SAFE) {
          return TOO_LARGE;
        }
        value = value * 10 + digit;
      } else if (position == kept) {
        next = digit;
      } else {
        more |= digit != 0;
      }
      position++;
    }
    for (; position < kept && value != 0; position++) {
      if (value > LAST_SAFE) {
        return TOO_LARGE;
      }
      value *= 10;
    }
    if (next == 0 && !more) {
      return value;
    }
    if (!rounds) {
      return TOO_FINE;
    }
    return next > 5 || (next == 5 && (more || (value & 1) == 1)) ? value + 1 : value;
  }

  /** The power of ten from where the digits end; {@link #NO_POWER} if it is none. */
  private static int power(final char[] chars, final int from, final int end) {
    if (from == end) {
      return 0;
    }
    if (chars[from] != 'e' && chars[from] != 'E') {
      return NO_POWER;
    }
    final int start = from + 1;
    final boolean signed = start < end && (chars[start] == '-' || chars[start] == '+');
    final int firstDigit = signed ? start + 1 : start;
    if (firstDigit >= end
        || end - firstDigit > MAX_POWER_DIGITS
        || endOfDigits(chars, firstDigit, end) != end) {
      return NO_POWER;
    }
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
}
