package io.liqmap.tools.laboratory;

import java.util.Collection;
import java.util.function.ToDoubleFunction;

/**
 * Median and 95 % range of a figure.
 *
 * @param low 2.5 % quantile
 * @param high 97.5 % quantile
 */
public record Quantiles(double median, double low, double high) {
  private static final double TAIL = 0.025;

  /** Leaves out what is no number; NaN where nothing is left. */
  static <T> Quantiles of(final Collection<T> all, final ToDoubleFunction<T> figure) {
    final double[] sorted =
        all.stream().mapToDouble(figure).filter(Double::isFinite).sorted().toArray();
    return new Quantiles(at(sorted, 0.5), at(sorted, TAIL), at(sorted, 1 - TAIL));
  }

  /** Between two values by their distance. */
  private static double at(final double[] sorted, final double part) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    final double place = part * (sorted.length - 1);
    final int below = (int) place;
    final int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
