package io.liqmap.tools.laboratory;

import io.liqmap.tools.score.Quantiles;
import java.util.Collection;
import java.util.function.ToDoubleFunction;

/**
 * Median and 95 % range of a figure.
 *
 * @param low 2.5 % quantile
 * @param high 97.5 % quantile
 */
public record MedianRange(double median, double low, double high) {
  private static final double TAIL = 0.025;

  /** Leaves out what is no number; NaN where nothing is left. */
  static <T> MedianRange of(final Collection<T> all, final ToDoubleFunction<T> figure) {
    final double[] sorted =
        all.stream().mapToDouble(figure).filter(Double::isFinite).sorted().toArray();
    return new MedianRange(
        Quantiles.of(sorted, 0.5), Quantiles.of(sorted, TAIL), Quantiles.of(sorted, 1 - TAIL));
  }
}
