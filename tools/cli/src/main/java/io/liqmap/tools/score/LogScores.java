package io.liqmap.tools.score;

import java.util.function.ToDoubleFunction;

/** Learns and compares prequential predictions; see {@link LogScore}. */
final class LogScores {
  private static final double LEAST_EXCURSION = ExcursionClass.edge(1);
  private static final int OVER_EXCURSION = 0;
  private static final int OVER_EXCURSION_VOLUME = 1;
  private static final int OVER_TURNOVER = 2;
  private static final int BASELINES = 3;

  /** Of a side in a block: windows, then the differences. */
  private static final int WIDTH = 1 + BASELINES;

  private final ScoredWindows scored;
  private final double[][] shares = new double[ScoredWindows.SIDES][];
  private final Features.Table[] byExcursion = new Features.Table[ScoredWindows.SIDES];

  /** Means by baseline, side and window. */
  private final double[][][] baselines = new double[BASELINES][ScoredWindows.SIDES][];

  LogScores(final ScoredWindows scored) {
    this.scored = scored;
    for (int side = 0; side < ScoredWindows.SIDES; side++) {
      final SideSeries series = scored.series(side);
      shares[side] = scored.realised(side).clone();
      for (int i = 0; i < shares[side].length; i++) {
        shares[side][i] /= series.interest[i];
      }
      byExcursion[side] = Features.excursion(series.excursion);
      final double[] turnover = Features.turnover(series);
      baselines[OVER_EXCURSION][side] = learn(byExcursion[side], side).means();
      baselines[OVER_EXCURSION_VOLUME][side] =
          learn(byExcursion[side].with(turnover), side).means();
      baselines[OVER_TURNOVER][side] =
          learn(Features.constant(series.size()).with(turnover), side).means();
    }
  }

  private GammaRegression.Learned learn(final Features.Table table, final int side) {
    return GammaRegression.learn(
        table.columns(), shares[side], table.precision(), scored.series(side).start, scored.from());
  }

  /** What the excursion alone predicts, quote asset, by side and window; NaN before the score. */
  double[][] byExcursion() {
    final double[][] amounts = new double[ScoredWindows.SIDES][];
    for (int side = 0; side < ScoredWindows.SIDES; side++) {
      amounts[side] = baselines[OVER_EXCURSION][side].clone();
      for (int i = 0; i < amounts[side].length; i++) {
        amounts[side][i] *= scored.series(side).interest[i];
      }
    }
    return amounts;
  }

  /** Windows of a side that are scored. */
  long windows(final Scope scope) {
    long count = 0;
    for (int side = scope.first; side <= scope.last; side++) {
      for (int i = scored.from(); i < scored.size(); i++) {
        count += scored.series(side).excursion[i] >= LEAST_EXCURSION ? 1 : 0;
      }
    }
    return count;
  }

  /**
   * Combines a map's amounts with the excursion.
   *
   * @param expected by side, then window
   */
  Sums of(final double[][] expected) {
    final double[][] means = new double[ScoredWindows.SIDES][];
    final double[] powers = new double[ScoredWindows.SIDES];
    for (int side = 0; side < ScoredWindows.SIDES; side++) {
      final GammaRegression.Learned learned =
          learn(
              byExcursion[side].with(
                  Features.amount(scored.series(side), expected[side], scored.from())),
              side);
      means[side] = learned.means();
      powers[side] = learned.last();
    }
    return new Sums(differences(means), powers);
  }

  /** Of the excursion alone. */
  Sums ofExcursion() {
    return new Sums(differences(baselines[OVER_EXCURSION]), new double[] {Double.NaN, Double.NaN});
  }

  private double[][] differences(final double[][] means) {
    final double[][] sums = new double[scored.blockCount()][ScoredWindows.SIDES * WIDTH];
    for (int side = 0; side < ScoredWindows.SIDES; side++) {
      for (int i = scored.from(); i < scored.size(); i++) {
        if (scored.series(side).excursion[i] >= LEAST_EXCURSION) {
          final double[] to = sums[scored.block(i)];
          final double score = GammaRegression.logScore(means[side][i], shares[side][i]);
          to[side * WIDTH]++;
          for (int baseline = 0; baseline < BASELINES; baseline++) {
            to[side * WIDTH + 1 + baseline] +=
                score - GammaRegression.logScore(baselines[baseline][side][i], shares[side][i]);
          }
        }
      }
    }
    return sums;
  }

  /** Differences by block, and learned powers by side. */
  final class Sums {
    private final double[][] sums;
    private final double[] total;
    private final double[] powers;

    private Sums(final double[][] sums, final double[] powers) {
      this.sums = sums;
      this.powers = powers;
      total = Bootstrap.total(sums);
    }

    double power(final Scope scope) {
      return (powers[scope.first] + powers[scope.last]) / 2;
    }

    double overExcursion(final Scope scope) {
      return mean(scope, OVER_EXCURSION).applyAsDouble(total);
    }

    double overExcursionVolume(final Scope scope) {
      return mean(scope, OVER_EXCURSION_VOLUME).applyAsDouble(total);
    }

    double overTurnover(final Scope scope) {
      return mean(scope, OVER_TURNOVER).applyAsDouble(total);
    }

    LogScore score(final Scope scope) {
      final double[][] drawn = scored.bootstrap().drawn(sums);
      return new LogScore(
          new Estimate(power(scope), Double.NaN, Double.NaN),
          Bootstrap.estimate(total, drawn, mean(scope, OVER_EXCURSION)),
          Bootstrap.estimate(total, drawn, mean(scope, OVER_EXCURSION_VOLUME)),
          Bootstrap.estimate(total, drawn, mean(scope, OVER_TURNOVER)));
    }

    private static ToDoubleFunction<double[]> mean(final Scope scope, final int baseline) {
      return (of) -> {
        double count = 0;
        double sum = 0;
        for (int side = scope.first; side <= scope.last; side++) {
          count += of[side * WIDTH];
          sum += of[side * WIDTH + 1 + baseline];
        }
        return sum / count;
      };
    }
  }
}
