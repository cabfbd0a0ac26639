package io.liqmap.tools.score;

import java.util.Arrays;

/** Features of a side's windows for {@link GammaRegression}, by feature, then window. */
final class Features {
  /** Below it excursions aren't told apart: a basis point. */
  private static final double LEAST_EXCURSION = 1e-4;

  /** Below it turnovers aren't told apart. */
  private static final double LEAST_TURNOVER = 1e-6;

  /** What is added to an amount before its logarithm: this part of its mean before the score. */
  private static final double FLOOR = 0.01;

  private static final double FREE = 1e-6;
  private static final double SLOPE = 0.1;
  private static final double BEND = 1;

  private Features() {}

  /** Features and how firmly each is held to 0. */
  @SuppressWarnings("ArrayRecordComponent") // Nothing compares them.
  record Table(double[][] columns, double[] precision) {
    /** The same with another feature at the end. */
    Table with(final double[] column) {
      final double[][] more = Arrays.copyOf(columns, columns.length + 1);
      more[columns.length] = column;
      final double[] held = Arrays.copyOf(precision, more.length);
      held[columns.length] = SLOPE;
      return new Table(more, held);
    }
  }

  /** A constant alone. */
  static Table constant(final int size) {
    final double[] ones = new double[size];
    Arrays.fill(ones, 1);
    return new Table(new double[][] {ones}, new double[] {FREE});
  }

  /** A constant and the logarithm of the excursion, linear between the edges of its classes. */
  static Table excursion(final double[] excursion) {
    Table table = constant(excursion.length);
    final double[] logs = new double[excursion.length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = StrictMath.log(excursion[i] + LEAST_EXCURSION);
    }
    table = table.with(logs);
    for (int number = 1; number < ExcursionClass.COUNT; number++) {
      final double edge = StrictMath.log(ExcursionClass.edge(number) + LEAST_EXCURSION);
      table = table.with(Arrays.stream(logs).map((log) -> Math.max(0, log - edge)).toArray());
      table.precision()[table.precision().length - 1] = BEND;
    }
    return table;
  }

  /** Logarithm of the turnover: volume over open interest. */
  static double[] turnover(final SideSeries series) {
    final double[] logs = new double[series.size()];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = StrictMath.log(series.volume[i] / series.interest[i] + LEAST_TURNOVER);
    }
    return logs;
  }

  /**
   * Logarithm of an amount over open interest.
   *
   * @param from window from which on nothing decides about the floor
   */
  static double[] amount(final SideSeries series, final double[] amounts, final int from) {
    final double[] logs = new double[series.size()];
    double sum = 0;
    for (int i = 0; i < from; i++) {
      sum += amounts[i] / series.interest[i];
    }
    final double floor = sum == 0 ? Double.MIN_NORMAL : FLOOR * sum / from;
    for (int i = 0; i < logs.length; i++) {
      logs[i] = StrictMath.log(amounts[i] / series.interest[i] + floor);
    }
    return logs;
  }
}
