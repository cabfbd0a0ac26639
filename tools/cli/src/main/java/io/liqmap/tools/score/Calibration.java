package io.liqmap.tools.score;

/**
 * Expected over realised notional: sums by block and cell, a cell being a side and a class of
 * excursion. Sums are an array: expected by cell, then realised by cell.
 */
final class Calibration {
  /**
   * Ratios are taken for at most this, or 1 over it: without anything expected it were infinite.
   */
  static final double MOST_RATIO = 1_000;

  private static final int CELLS = ScoredWindows.SIDES * ExcursionClass.COUNT;

  private Calibration() {}

  /**
   * Sums by block.
   *
   * @param expected by side, then window
   */
  static double[][] sums(final ScoredWindows scored, final double[][] expected) {
    final double[][] sums = new double[scored.blockCount()][2 * CELLS];
    for (int side = 0; side < ScoredWindows.SIDES; side++) {
      final SideSeries series = scored.series(side);
      for (int i = scored.from(); i < scored.size(); i++) {
        final int cell = cell(side, ExcursionClass.of(series.excursion[i]));
        sums[scored.block(i)][cell] += expected[side][i];
        sums[scored.block(i)][CELLS + cell] += scored.realised(side)[i];
      }
    }
    return sums;
  }

  private static int cell(final int side, final int number) {
    return side * ExcursionClass.COUNT + number;
  }

  static double expected(final double[] sums, final Scope scope, final int number) {
    return sum(sums, 0, scope, number);
  }

  static double realised(final double[] sums, final Scope scope, final int number) {
    return sum(sums, CELLS, scope, number);
  }

  private static double sum(
      final double[] sums, final int offset, final Scope scope, final int number) {
    double sum = 0;
    for (int side = scope.first; side <= scope.last; side++) {
      sum += sums[offset + cell(side, number)];
    }
    return sum;
  }

  /** Expected over realised in a class, NaN without either. */
  static double ratio(final double[] sums, final Scope scope, final int number) {
    return expected(sums, scope, number) / realised(sums, scope, number);
  }

  /** Expected over realised in all classes. */
  static double ratio(final double[] sums, final Scope scope) {
    double expected = 0;
    double realised = 0;
    for (int number = 0; number < ExcursionClass.COUNT; number++) {
      expected += expected(sums, scope, number);
      realised += realised(sums, scope, number);
    }
    return expected / realised;
  }

  /**
   * Mean of |ln(expected / realised)| over the cells, weighted by what was realised in each.
   *
   * @param correction times which what was realised is taken
   */
  static double error(final double[] sums, final Scope scope, final double correction) {
    double weights = 0;
    double error = 0;
    for (int side = scope.first; side <= scope.last; side++) {
      for (int number = 0; number < ExcursionClass.COUNT; number++) {
        final double realised = sums[CELLS + cell(side, number)];
        if (realised > 0) {
          final double ratio = sums[cell(side, number)] / (realised * correction);
          weights += realised;
          error +=
              realised
                  * Math.abs(StrictMath.log(Math.max(1 / MOST_RATIO, Math.min(MOST_RATIO, ratio))));
        }
      }
    }
    return error / weights;
  }
}
