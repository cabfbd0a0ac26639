package io.liqmap.tools.answer;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Numbers, times and names as text. */
public final class Format {
  static final String UNKNOWN = "unknown";

  private static final long SECOND = 1_000_000_000L;
  private static final long[] UNIT_NANOS = {
    86_400 * SECOND, 3_600 * SECOND, 60 * SECOND, SECOND, 1_000_000L, 1_000L
  };
  private static final String[] UNITS = {"d", "h", "min", "s", "ms", "µs"};

  private Format() {}

  /** A whole number with its thousands apart. */
  public static String count(final long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A price, with as many decimals as its size asks for. */
  public static String price(final double value) {
    final int decimals = value >= 1_000 ? 1 : value >= 1 ? 4 : 8;
    return known(value, "%,." + decimals + "f", value);
  }

  /** An amount, shortened: 12.3 k, 4.56 M, 1.20 B. */
  public static String amount(final double value) {
    final double size = Math.abs(value);
    if (size >= 1e9) {
      return known(value, "%.2f B", value / 1e9);
    }
    if (size >= 1e6) {
      return known(value, "%.2f M", value / 1e6);
    }
    return size >= 1e3 ? known(value, "%.1f k", value / 1e3) : known(value, "%.1f", value);
  }

  /** A share in percent, with one decimal. */
  public static String percent(final double share) {
    return known(share, "%.1f %%", share * 100);
  }

  static String bps(final double value) {
    return known(value, "%.1f bp", value);
  }

  static String sigmas(final double value) {
    return known(value, "%.2f σ", value);
  }

  private static String known(final double value, final String format, final double shown) {
    return Double.isNaN(value) ? UNKNOWN : String.format(Locale.ROOT, format, shown);
  }

  /** A number without an exponent or trailing zeros. */
  public static String plain(final double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  /** A number as on paper: no exponent, no grouping, at most twelve digits, a minus sign. */
  public static String onPaper(final double value) {
    if (Double.isInfinite(value)) {
      return "∞";
    }
    final BigDecimal rounded = new BigDecimal(value).round(new MathContext(12));
    return rounded.stripTrailingZeros().toPlainString().replace('-', '−');
  }

  public static String hash(final long value) {
    return String.format(Locale.ROOT, "%016x", value);
  }

  /** A time in ns as ISO-8601 UTC; "none" for 0. */
  public static String time(final long nanos) {
    return nanos == 0
        ? "none"
        : Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND))
            .toString();
  }

  /** A time in ns as ISO-8601 UTC; null for 0. */
  public static String timeOrNull(final long nanos) {
    return nanos == 0 ? null : time(nanos);
  }

  /** A time in ns to the minute, UTC: 2024-08-05 12:00. */
  public static String minute(final long nanos) {
    return time(Math.floorDiv(nanos, 60 * SECOND) * 60 * SECOND).substring(0, 16).replace('T', ' ');
  }

  /** A duration in days, hours, minutes or seconds, the largest that leaves no rest: 4h. */
  public static String duration(final long nanos) {
    if (nanos % (60 * SECOND) != 0) {
      return nanos / SECOND + "s";
    }
    final long minutes = nanos / (60 * SECOND);
    if (minutes % (24 * 60) == 0) {
      return minutes / (24 * 60) + "d";
    }
    return minutes % 60 == 0 ? minutes / 60 + "h" : minutes + "m";
  }

  /** The length of a bar, in the largest unit that divides it: 1 h. */
  static String barLength(final long nanos) {
    for (int i = 0; i < UNITS.length; i++) {
      if (nanos % UNIT_NANOS[i] == 0) {
        return nanos / UNIT_NANOS[i] + " " + UNITS[i];
      }
    }
    return nanos + " ns";
  }

  public static String lower(final Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** A text from outside, without characters that could steer a terminal. */
  public static String printable(final String text) {
    return text.replaceAll("[\\p{Cntrl}\\x80-\\x9f&&[^\n]]", "?");
  }

  /** A number; empty for NaN. */
  public static Optional<Double> known(final double value) {
    return Double.isNaN(value) ? Optional.empty() : Optional.of(value);
  }
}
