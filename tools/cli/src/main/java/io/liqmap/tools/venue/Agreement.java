package io.liqmap.tools.venue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How far two distributions over the same buckets agree.
 *
 * @param overlap Σ min(p, q) of the two, normalised, bucket by bucket, 0 to 1; 0 where one is empty
 * @param smoothedOverlap the same after averaging over ±10 buckets
 * @param rankCorrelation Spearman's, over twenty bands of equal width, −1 to 1; 0 where one is flat
 */
public record Agreement(double overlap, double smoothedOverlap, double rankCorrelation) {
  private static final int SMOOTHING = 10;
  private static final int BANDS = 20;

  /** Total variation distance, 0 (the same) to 1. */
  public double totalVariation() {
    return 1 - overlap;
  }

  static Agreement of(final double[] one, final double[] other) {
    return new Agreement(
        overlap(one, other),
        overlap(smoothed(one), smoothed(other)),
        correlation(ranks(bands(one)), ranks(bands(other))));
  }

  static Agreement mean(final List<Agreement> all) {
    return combined((figure) -> all.stream().mapToDouble(figure).average().orElse(Double.NaN));
  }

  static Agreement best(final List<Agreement> all) {
    return combined((figure) -> all.stream().mapToDouble(figure).max().orElse(Double.NaN));
  }

  private static Agreement combined(final ToDoubleFunction<ToDoubleFunction<Agreement>> by) {
    return new Agreement(
        by.applyAsDouble(Agreement::overlap),
        by.applyAsDouble(Agreement::smoothedOverlap),
        by.applyAsDouble(Agreement::rankCorrelation));
  }

  private static double overlap(final double[] one, final double[] other) {
    final double oneSum = Arrays.stream(one).sum();
    final double otherSum = Arrays.stream(other).sum();
    if (!(oneSum > 0 && otherSum > 0)) {
      return 0;
    }
    double overlap = 0;
    for (int i = 0; i < one.length; i++) {
      overlap += Math.min(one[i] / oneSum, other[i] / otherSum);
    }
    return overlap;
  }

  private static double[] smoothed(final double[] values) {
    final double[] smoothed = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      final int from = Math.max(0, i - SMOOTHING);
      final int to = Math.min(values.length, i + SMOOTHING + 1);
      for (int j = from; j < to; j++) {
        smoothed[j] += values[i] / (to - from);
      }
    }
    return smoothed;
  }

  /** Drops what lies beyond the last whole band. */
  private static double[] bands(final double[] values) {
    final int width = Math.max(1, values.length / BANDS);
    final double[] bands = new double[Math.min(BANDS, values.length)];
    for (int i = 0; i < bands.length * width; i++) {
      bands[i / width] += values[i];
    }
    return bands;
  }

  /** Ranks from 0, ties sharing their mean. */
  private static double[] ranks(final double[] values) {
    final int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble((i) -> values[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    final double[] ranks = new double[values.length];
    for (int from = 0; from < order.length; ) {
      int to = from;
      while (to < order.length && values[order[to]] == values[order[from]]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[order[i]] = (from + to - 1) / 2.0;
      }
      from = to;
    }
    return ranks;
  }

  private static double correlation(final double[] one, final double[] other) {
    final double middle = (one.length - 1) / 2.0;
    double both = 0;
    double oneSquare = 0;
    double otherSquare = 0;
    for (int i = 0; i < one.length; i++) {
      both += (one[i] - middle) * (other[i] - middle);
      oneSquare += (one[i] - middle) * (one[i] - middle);
      otherSquare += (other[i] - middle) * (other[i] - middle);
    }
    return oneSquare > 0 && otherSquare > 0 ? both / Math.sqrt(oneSquare * otherSquare) : 0;
  }
}
