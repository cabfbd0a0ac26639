package io.liqmap.tools.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Rows of random profiles: medians and ranges over them. */
final class RandomRows {
  static final String LEVEL_FITTED = "random, level fitted";
  static final String WITH_BACKGROUND = "random + background";

  private final ScoredWindows scored;
  private final ScoreRows rows;
  private final LogScores logScores;
  private final List<double[]> sameMass = new ArrayList<>();
  private final List<double[]> levelFitted = new ArrayList<>();
  private final List<double[]> withBackground = new ArrayList<>();
  private final List<LogScores.Sums> scores = new ArrayList<>();

  /** By side, then profile. */
  private final List<List<double[]>> ranks = List.of(new ArrayList<>(), new ArrayList<>());

  RandomRows(final ScoredWindows scored, final ScoreRows rows, final LogScores logScores) {
    this.scored = scored;
    this.rows = rows;
    this.logScores = logScores;
  }

  /** Draws profiles, a shape for each side. */
  void draw(final RandomProfiles profiles, final int count) {
    for (int profile = 0; profile < count; profile++) {
      final double[][] same = new double[ScoredWindows.SIDES][];
      final double[][] fitted = new double[ScoredWindows.SIDES][];
      final double[][] background = new double[ScoredWindows.SIDES][];
      for (int side = 0; side < ScoredWindows.SIDES; side++) {
        same[side] = RandomProfiles.expected(profiles.next(), scored.series(side));
        fitted[side] = LevelFit.scaled(same[side], scored.realised(side));
        background[side] =
            LevelFit.withBackground(same[side], scored.realised(side), scored.series(side));
        ranks.get(side).add(rows.ranks(side, same[side]));
      }
      sameMass.add(Bootstrap.total(Calibration.sums(scored, same)));
      levelFitted.add(Bootstrap.total(Calibration.sums(scored, fitted)));
      withBackground.add(Bootstrap.total(Calibration.sums(scored, background)));
      scores.add(logScores.of(same));
    }
  }

  ScoreRow sameMass() {
    return row("random, same mass", sameMass, true);
  }

  ScoreRow levelFitted() {
    return row(LEVEL_FITTED, levelFitted, false);
  }

  ScoreRow withBackground() {
    return row(WITH_BACKGROUND, withBackground, false);
  }

  private ScoreRow row(final String name, final List<double[]> sums, final boolean isOrdered) {
    final List<SideScore> sides = new ArrayList<>();
    for (final Scope scope : Scope.values()) {
      sides.add(side(scope, sums, isOrdered));
    }
    return new ScoreRow(name, ScoreRow.CONTROL, sums.size(), sides);
  }

  private SideScore side(final Scope scope, final List<double[]> sums, final boolean isOrdered) {
    final List<ClassScore> classes = new ArrayList<>();
    for (int number = 0; number < ExcursionClass.COUNT; number++) {
      final int of = number;
      classes.add(
          rows.classScore(
              scope,
              number,
              over(sums, (sum) -> Calibration.expected(sum, scope, of)).value(),
              Calibration.realised(sums.get(0), scope, number),
              over(sums, (sum) -> Calibration.ratio(sum, scope, of))));
    }
    return rows.side(
        scope,
        over(sums, (sum) -> Calibration.ratio(sum, scope)),
        classes,
        over(sums, (sum) -> Calibration.error(sum, scope, 1)),
        Optional.empty(),
        Optional.empty(),
        isOrdered ? Optional.of(logScore(scope)) : Optional.empty(),
        isOrdered && scope != Scope.BOTH ? Optional.of(ranks(scope)) : Optional.empty());
  }

  private LogScore logScore(final Scope scope) {
    return new LogScore(
        over(scores, (score) -> score.power(scope)),
        over(scores, (score) -> score.overExcursion(scope)),
        over(scores, (score) -> score.overExcursionVolume(scope)),
        over(scores, (score) -> score.overTurnover(scope)));
  }

  private RankScores ranks(final Scope scope) {
    final List<double[]> of = ranks.get(scope.first);
    return new RankScores(
        over(of, (figures) -> figures[0]),
        over(of, (figures) -> figures[1]),
        over(of, (figures) -> figures[2]));
  }

  private static <T> Estimate over(final List<T> all, final ToDoubleFunction<T> figure) {
    return Estimate.ofAll(all.stream().mapToDouble(figure).toArray());
  }
}
