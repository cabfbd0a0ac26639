package io.liqmap.tools.picture;

import io.liqmap.tools.answer.Format;
import java.util.ArrayList;
import java.util.List;

/**
 * Logarithmic places of prices between two pixels.
 *
 * @param low price at the start
 * @param high price at the end
 * @param start pixel
 * @param end pixel
 */
record PriceAxis(double low, double high, double start, double end) {
  private static final double[] STEPS = {1, 2, 2.5, 5};

  /** Place of a price, which may lie beyond. */
  double place(final double price) {
    return start + (end - start) * StrictMath.log(price / low) / StrictMath.log(high / low);
  }

  int pixel(final double price) {
    return (int) Math.round(place(price));
  }

  /** Round prices, about as many pixels apart as asked for. */
  List<Double> ticks(final int apart) {
    final double wanted = (high - low) * apart / Math.abs(end - start);
    final double power = StrictMath.pow(10, Math.floor(StrictMath.log10(wanted)));
    double step = 10 * power;
    for (int i = STEPS.length - 1; i >= 0; i--) {
      step = STEPS[i] * power >= wanted ? STEPS[i] * power : step;
    }
    final List<Double> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(low / step); i * step <= high; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  /** A round price, without zeros after the point. */
  static String label(final double price) {
    return Format.price(price).replaceFirst("\\.?0+$", "");
  }
}
