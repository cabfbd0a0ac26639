package io.liqmap.tools.command;

import java.util.Locale;

/** Numbers as a person reads them. */
final class Format {
  /** What a number says that isn't known. */
  static final String UNKNOWN = "unknown";

  private Format() {}

  static String count(final long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A price, with as many decimals as its size asks for. */
  static String price(final double value) {
    if (Double.isNaN(value)) {
      return UNKNOWN;
    }
    final int decimals = value >= 1_000 ? 1 : value >= 1 ? 4 : 8;
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  /** An amount, shortened: 12.3 k, 4.56 M, 1.20 B. */
  static String amount(final double value) {
    if (Double.isNaN(value)) {
      return UNKNOWN;
    }
    final double size = Math.abs(value);
    if (size >= 1e9) {
      return String.format(Locale.ROOT, "%.2f B", value / 1e9);
    }
    if (size >= 1e6) {
      return String.format(Locale.ROOT, "%.2f M", value / 1e6);
    }
    if (size >= 1e3) {
      return String.format(Locale.ROOT, "%.1f k", value / 1e3);
    }
    return String.format(Locale.ROOT, "%.1f", value);
  }

  static String percent(final double share) {
    if (Double.isNaN(share)) {
      return UNKNOWN;
    }
    return String.format(Locale.ROOT, "%.1f %%", share * 100);
  }

  /** A distance in basis points, with a decimal. */
  static String bps(final double value) {
    return Double.isNaN(value) ? UNKNOWN : String.format(Locale.ROOT, "%.1f bp", value);
  }

  /** A distance in standard deviations. */
  static String sigmas(final double value) {
    return Double.isNaN(value) ? UNKNOWN : String.format(Locale.ROOT, "%.2f σ", value);
  }

  static String hash(final long value) {
    return String.format(Locale.ROOT, "%016x", value);
  }

  /** A duration in the largest unit that leaves no rest. */
  static String duration(final long nanos) {
    final long minutes = nanos / 60_000_000_000L;
    if (minutes % (24 * 60) == 0) {
      return minutes / (24 * 60) + "d";
    }
    return minutes % 60 == 0 ? minutes / 60 + "h" : minutes + "m";
  }
}
