package io.liqmap.tools.picture;

import io.liqmap.tools.answer.Format;
import java.util.ArrayList;
import java.util.List;

/**
 * Which colour an amount has: the lowest that is shown has the first, the highest and all above it
 * the last, in equal steps of its logarithm or of itself.
 *
 * @param low lowest amount that is shown, quote asset, above 0
 * @param high above it
 * @param isLinear whether steps are equal in amount
 */
public record MoneyScale(double low, double high, boolean isLinear) {
  private static final double LOW = 0.1;
  private static final double HIGH = 0.999;
  private static final int[] STEPS = {1, 2, 5};

  /** By what there is: so that nearly all of the largest differ, and a middle amount shows. */
  static MoneyScale of(final HeatCells cells, final boolean isLinear) {
    final double high = cells.quantile(HIGH);
    if (high == 0) {
      return new MoneyScale(1, 10, isLinear);
    }
    final double low = isLinear ? high / 1e3 : Math.max(cells.quantile(LOW), high / 100);
    return new MoneyScale(Math.min(low, high / 10), high, isLinear);
  }

  /** Share of the scale below an amount, 0 to 1; negative for an amount that isn't shown. */
  double share(final double amount) {
    if (!(amount >= low)) {
      return -1;
    }
    return Math.min(
        1,
        isLinear
            ? (amount - low) / (high - low)
            : StrictMath.log(amount / low) / StrictMath.log(high / low));
  }

  /** Ink of an amount. */
  int ink(final double amount) {
    final double share = share(amount);
    return share < 0 ? 0 : (int) Math.round(share * (Ink.AMOUNTS - 1));
  }

  /** Round amounts along the scale, at least so far apart as a share of it. */
  List<Double> ticks(final double apart) {
    final List<Double> ticks = new ArrayList<>();
    double last = Double.NEGATIVE_INFINITY;
    for (int power = (int) Math.floor(StrictMath.log10(low)); power <= 18; power++) {
      for (final int step : STEPS) {
        final double value = step * StrictMath.pow(10, power);
        if (value >= low && value <= high && share(value) - last >= apart) {
          ticks.add(value);
          last = share(value);
        }
      }
    }
    return ticks;
  }

  /** A round amount, without zeros after the point. */
  static String label(final double amount) {
    return Format.amount(amount).replaceFirst("\\.0+(?= |$)", "");
  }
}
