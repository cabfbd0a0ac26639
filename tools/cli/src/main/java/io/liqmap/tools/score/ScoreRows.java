package io.liqmap.tools.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes rows of amounts that were expected. */
final class ScoreRows {
  private final ScoredWindows scored;
  private final double correction;
  private final SideRanks[] ranks = new SideRanks[ScoredWindows.SIDES];

  /** Windows by side, then class. */
  private final long[][] counts = new long[ScoredWindows.SIDES][ExcursionClass.COUNT];

  ScoreRows(final ScoredWindows scored, final double correction) {
    this.scored = scored;
    this.correction = correction;
    for (int side = 0; side < ScoredWindows.SIDES; side++) {
      ranks[side] = new SideRanks(scored, side);
      for (int i = scored.from(); i < scored.size(); i++) {
        counts[side][ExcursionClass.of(scored.series(side).excursion[i])]++;
      }
    }
  }

  double[] ranks(final int side, final double[] expected) {
    return ranks[side].of(expected);
  }

  /**
   * A row with ranges of the bootstrap.
   *
   * @param expected by side, then window
   */
  ScoreRow row(
      final String name,
      final String kind,
      final double[][] expected,
      final LogScores.Sums scores) {
    final double[][] sums = Calibration.sums(scored, expected);
    final double[] total = Bootstrap.total(sums);
    final double[][] drawn = scored.bootstrap().drawn(sums);
    final List<SideScore> sides = new ArrayList<>();
    for (final Scope scope : Scope.values()) {
      final List<ClassScore> classes = new ArrayList<>();
      for (int number = 0; number < ExcursionClass.COUNT; number++) {
        final int of = number;
        classes.add(
            classScore(
                scope,
                number,
                Calibration.expected(total, scope, number),
                Calibration.realised(total, scope, number),
                Bootstrap.estimate(total, drawn, (sum) -> Calibration.ratio(sum, scope, of))));
      }
      sides.add(
          side(
              scope,
              Bootstrap.estimate(total, drawn, (sum) -> Calibration.ratio(sum, scope)),
              classes,
              error(total, drawn, scope, 1),
              kind.equals(ScoreRow.MODEL)
                  ? Optional.of(error(total, drawn, scope, 0.5))
                  : Optional.empty(),
              kind.equals(ScoreRow.MODEL)
                  ? Optional.of(error(total, drawn, scope, 2))
                  : Optional.empty(),
              Optional.of(scores.score(scope)),
              scope == Scope.BOTH
                  ? Optional.empty()
                  : Optional.of(rankScores(ranks(scope.first, expected[scope.first])))));
    }
    return new ScoreRow(name, kind, 0, sides);
  }

  private static Estimate error(
      final double[] total, final double[][] drawn, final Scope scope, final double correction) {
    return Bootstrap.estimate(total, drawn, (sum) -> Calibration.error(sum, scope, correction));
  }

  private static RankScores rankScores(final double[] figures) {
    return new RankScores(alone(figures[0]), alone(figures[1]), alone(figures[2]));
  }

  private static Estimate alone(final double value) {
    return new Estimate(value, Double.NaN, Double.NaN);
  }

  ClassScore classScore(
      final Scope scope,
      final int number,
      final double expected,
      final double realised,
      final Estimate ratio) {
    long windows = 0;
    for (int side = scope.first; side <= scope.last; side++) {
      windows += counts[side][number];
    }
    return new ClassScore(
        ExcursionClass.name(number), windows, expected, realised / correction, ratio);
  }

  SideScore side(
      final Scope scope,
      final Estimate ratio,
      final List<ClassScore> classes,
      final Estimate error,
      final Optional<Estimate> errorAtHalf,
      final Optional<Estimate> errorAtDouble,
      final Optional<LogScore> logScore,
      final Optional<RankScores> rankScores) {
    return new SideScore(
        scope.text(),
        ratio,
        ratio.times(correction),
        ratio.times(2),
        ratio.times(0.5),
        classes,
        error,
        errorAtHalf,
        errorAtDouble,
        logScore,
        rankScores);
  }
}
