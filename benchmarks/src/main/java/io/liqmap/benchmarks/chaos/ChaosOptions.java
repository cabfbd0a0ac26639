package io.liqmap.benchmarks.chaos;

import java.nio.file.Path;

/**
 * Options of a chaos run. Immutable.
 *
 * @param minutes after which no pass begins and no fault is injected; above 0
 * @param seed of the first pass; the next ones count up
 * @param folder for journals, feeds and views
 */
record ChaosOptions(double minutes, long seed, Path folder) {
  ChaosOptions {
    if (!(minutes > 0)) {
      throw new IllegalArgumentException("needed: --minutes above 0");
    }
  }

  /** An {@link IllegalArgumentException} names an unknown option or an invalid value. */
  static ChaosOptions parse(final String... args) {
    double minutes = 0;
    long seed = 1;
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    for (int i = 0; i < args.length; i += 2) {
      if (i + 1 == args.length) {
        throw new IllegalArgumentException(args[i] + ": no such option, or it needs a value");
      }
      final String value = args[i + 1];
      try {
        switch (args[i]) {
          case "--minutes" -> minutes = Double.parseDouble(value);
          case "--seed" -> seed = Long.parseLong(value);
          case "--folder" -> folder = Path.of(value);
          default -> throw new IllegalArgumentException("there is no option " + args[i]);
        }
      } catch (final NumberFormatException e) {
        throw new IllegalArgumentException(args[i] + ": '" + value + "' is no number", e);
      }
    }
    return new ChaosOptions(minutes, seed, folder);
  }
}
