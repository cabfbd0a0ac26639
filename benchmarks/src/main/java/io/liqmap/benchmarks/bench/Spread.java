package io.liqmap.benchmarks.bench;

import java.util.Arrays;
import java.util.Locale;

/** A figure over the rounds. */
record Spread(double min, double median, double max) {
  static Spread of(final double... values) {
    final double[] sorted = values.clone();
    Arrays.sort(sorted);
    final int half = sorted.length / 2;
    final double median =
        sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    return new Spread(sorted[0], median, sorted[sorted.length - 1]);
  }

  String text() {
    return number(median) + " (" + number(min) + " – " + number(max) + ")";
  }

  /** Three digits that mean something. */
  static String number(final double value) {
    final double size = Math.abs(value);
    final int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : size == 0 ? 0 : 3;
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }
}
