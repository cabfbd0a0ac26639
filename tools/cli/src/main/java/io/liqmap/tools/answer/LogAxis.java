package io.liqmap.tools.answer;

import java.util.ArrayList;
import java.util.List;

/**
 * A logarithmic axis of a drawing.
 *
 * @param least lowest value, above 0
 * @param most highest value
 * @param start place of the lowest
 * @param end place of the highest
 */
record LogAxis(double least, double most, double start, double end) {
  private static final int[] STEPS = {1, 2, 5};
  private static final int MANY = 3;

  /** An axis that shows all finite values above 0, and some room. */
  static LogAxis of(final List<Double> values, final double start, final double end) {
    final double[] shown =
        values.stream()
            .mapToDouble(Double::doubleValue)
            .filter(LogAxis::isShown)
            .sorted()
            .toArray();
    if (shown.length == 0) {
      return new LogAxis(0.1, 10, start, end);
    }
    return new LogAxis(shown[0] / 1.6, shown[shown.length - 1] * 1.6, start, end);
  }

  static boolean isShown(final double value) {
    return value > 0 && !Double.isInfinite(value);
  }

  /** Place of a value; at an end for one beyond. */
  double place(final double value) {
    final double inside = Math.max(least, Math.min(most, value));
    return start + (end - start) * StrictMath.log(inside / least) / StrictMath.log(most / least);
  }

  /** Powers of ten; with twice and five times of them where these are few. */
  List<Double> ticks() {
    final int first = (int) Math.floor(StrictMath.log10(least));
    final int last = (int) Math.ceil(StrictMath.log10(most));
    final List<Double> ticks = new ArrayList<>();
    for (int power = first; power <= last; power++) {
      for (final int step : STEPS) {
        final double value = step * StrictMath.pow(10, power);
        if (value >= least && value <= most && (step == 1 || last - first <= MANY)) {
          ticks.add(value);
        }
      }
    }
    return ticks;
  }
}
