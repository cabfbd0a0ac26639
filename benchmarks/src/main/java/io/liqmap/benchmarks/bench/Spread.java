package io.liqmap.benchmarks.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A figure over all rounds.
 *
 * @param min least of all rounds
 * @param median of all rounds
 * @param max greatest of all rounds
 * @param jvms median of the rounds of each process
 */
record Spread(double min, double median, double max, List<Double> jvms) {
  /**
   * Of figures in the order of their processes.
   *
   * @param rounds of each process
   */
  static Spread of(final int rounds, final double... values) {
    final List<Double> jvms = new ArrayList<>();
    for (int first = 0; first < values.length; first += rounds) {
      jvms.add(median(Arrays.copyOfRange(values, first, Math.min(values.length, first + rounds))));
    }
    final double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new Spread(sorted[0], median(values), sorted[sorted.length - 1], List.copyOf(jvms));
  }

  private static double median(final double[] values) {
    final double[] sorted = values.clone();
    Arrays.sort(sorted);
    final int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  String text() {
    return number(median) + " (" + number(min) + " – " + number(max) + ")";
  }

  /** The medians of the processes. */
  String jvmsText() {
    return jvms.stream().map(Spread::number).collect(Collectors.joining(", "));
  }

  /** Three digits that mean something. */
  static String number(final double value) {
    final double size = Math.abs(value);
    final int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : size == 0 ? 0 : 3;
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }
}
