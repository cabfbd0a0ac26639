package io.liqmap.benchmarks.soak;

import java.nio.file.Path;
import java.util.Locale;

/**
 * What a soak is asked for. Immutable.
 *
 * @param minutes it lasts, 0.05 or more
 * @param rate events a second, 100 or more
 * @param folder where the journal and the view are kept meanwhile
 * @param out folder for the report, null for none
 */
record SoakOptions(double minutes, double rate, Path folder, Path out) {
  private static final double MIN_MINUTES = 0.05;
  private static final double MIN_RATE = 100;
  private static final double RATE = 20_000;

  SoakOptions {
    if (!(minutes >= MIN_MINUTES) || !(rate >= MIN_RATE)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "needed: --minutes of %s and --rate of %.0f at the least",
              MIN_MINUTES,
              MIN_RATE));
    }
  }

  /** An {@link IllegalArgumentException} names an unknown option or an invalid value. */
  static SoakOptions parse(final String... args) {
    double minutes = 0;
    double rate = RATE;
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    Path out = null;
    for (int i = 0; i < args.length; i += 2) {
      if (i + 1 == args.length) {
        throw new IllegalArgumentException(args[i] + ": no such option, or it needs a value");
      }
      final String value = args[i + 1];
      switch (args[i]) {
        case "--minutes" -> minutes = number(args[i], value);
        case "--rate" -> rate = number(args[i], value);
        case "--folder" -> folder = Path.of(value);
        case "--out" -> out = Path.of(value);
        default -> throw new IllegalArgumentException("there is no option " + args[i]);
      }
    }
    return new SoakOptions(minutes, rate, folder, out);
  }

  private static double number(final String option, final String value) {
    try {
      return Double.parseDouble(value);
    } catch (final NumberFormatException e) {
      throw new IllegalArgumentException(option + ": '" + value + "' is no number", e);
    }
  }

  long events() {
    return (long) (minutes * 60 * rate);
  }
}
