package io.liqmap.tools.watch;

import java.util.Locale;

/**
 * Rows of equal height in price, at multiples of a round step, so that they stay where they are
 * while mark moves.
 *
 * @param step height of a row
 * @param top number of steps from 0 to the upper edge of the first row
 * @param rows how many there are
 */
record PriceRows(double step, long top, int rows) {
  private static final double[] ROUND = {1, 2, 2.5, 5, 10};

  /**
   * Rows around a price.
   *
   * @param reach how far they reach at least on both sides, as a share of the price
   * @param before rows that are kept if they still do; null for none
   */
  static PriceRows around(
      final double price, final double reach, final int rows, final PriceRows before) {
    final double step = round(2 * price * reach / rows);
    final long middle = (long) Math.floor(price / step);
    if (before != null && before.rows == rows && before.step == step) {
      final long from = before.top - middle;
      if (from > rows / 3 && from < rows - rows / 3) {
        return before;
      }
    }
    return new PriceRows(step, middle + 1 + rows / 2, rows);
  }

  /** Rows from one price to another, at least. */
  static PriceRows between(final double low, final double high, final int rows) {
    double step = round((high - low) / rows);
    while (Math.ceil(high / step) - Math.floor(low / step) > rows) {
      step = round(step * 1.01);
    }
    final long top = (long) Math.ceil(high / step);
    final long spare = rows - (top - (long) Math.floor(low / step));
    return new PriceRows(step, top + spare / 2, rows);
  }

  /** The next round number that isn't below. */
  private static double round(final double value) {
    final double power = StrictMath.pow(10, Math.floor(StrictMath.log10(value)));
    for (final double factor : ROUND) {
      if (factor * power >= value * (1 - 1e-9)) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  /** Lower edge of a row, 0 being the highest. */
  double low(final int row) {
    return (top - row - 1) * step;
  }

  double high(final int row) {
    return (top - row) * step;
  }

  /** The row of a price; below 0 or {@code rows} and more where it is beyond. */
  int row(final double price) {
    return (int) Math.max(-1, Math.min(rows, top - 1 - (long) Math.floor(price / step)));
  }

  /** A price at the edge of a row, with as many decimals as distinguish them. */
  String label(final double price) {
    int decimals = 0;
    double unit = step;
    while (decimals < 10 && Math.abs(unit - Math.rint(unit)) > 1e-6 * unit) {
      unit *= 10;
      decimals++;
    }
    return String.format(Locale.ROOT, "%,." + decimals + "f", price);
  }
}
