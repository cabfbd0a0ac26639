package io.liqmap.tools.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CalibrationTest {
  private static final int WARM_UP = 48;
  private static final double[] EDGES = {0.003, 0.006, 0.012, 0.025, Double.MAX_VALUE};

  private final List<ScoreWindow> windows = new Market(11).windows(600, 3);

  private static double[] sums(final List<ScoreWindow> windows) {
    final ScoredWindows scored = new ScoredWindows(Market.collected(windows, "model"), WARM_UP, 1);
    return Bootstrap.total(
        Calibration.sums(
            scored, new double[][] {scored.series(0).expected[0], scored.series(1).expected[0]}));
  }

  @Test
  void shouldWeighTheErrorOfEachCellByWhatWasRealisedInIt() {
    double weights = 0;
    double error = 0;
    for (int side = 0; side < 2; side++) {
      for (int number = 0; number < EDGES.length; number++) {
        double expected = 0;
        double realised = 0;
        for (final ScoreWindow window : windows.subList(WARM_UP, windows.size())) {
          final ScoreWindow.Part part = side == 0 ? window.longs() : window.shorts();
          if (part.excursion() < EDGES[number]
              && (number == 0 || part.excursion() >= EDGES[number - 1])) {
            expected += part.expected()[0];
            realised += part.reported() * Market.CORRECTION;
          }
        }
        if (realised > 0) {
          weights += realised;
          error += realised * Math.abs(Math.log(expected / realised));
        }
      }
    }
    assertEquals(error / weights, Calibration.error(sums(windows), Scope.BOTH, 1), 1e-9);
  }

  @Test
  void shouldNotDependOnTheOrderOfWindows() {
    final double[] sums = sums(windows);
    final List<ScoreWindow> shuffled = new ArrayList<>(windows.subList(0, WARM_UP));
    final List<ScoreWindow> rest = new ArrayList<>(windows.subList(WARM_UP, windows.size()));
    Collections.shuffle(rest, new Random(5));
    // Their times stay in order: windows exchange what happened in them.
    for (int i = 0; i < rest.size(); i++) {
      final ScoreWindow at = windows.get(WARM_UP + i);
      final ScoreWindow of = rest.get(i);
      shuffled.add(
          new ScoreWindow(
              at.start(), at.end(), of.openInterest(), of.volume(), of.longs(), of.shorts()));
    }
    final double[] other = sums(shuffled);
    for (final Scope scope : Scope.values()) {
      assertEquals(Calibration.ratio(sums, scope), Calibration.ratio(other, scope), 1e-9);
      assertEquals(Calibration.error(sums, scope, 1), Calibration.error(other, scope, 1), 1e-9);
    }
  }

  @Test
  void shouldMoveWithTheCorrectionByItsLogarithmWhereAllIsTooHigh() {
    final double[] sums = sums(new Market(11).windows(600, 100));
    assertEquals(
        Calibration.error(sums, Scope.BOTH, 1) - StrictMath.log(2),
        Calibration.error(sums, Scope.BOTH, 2),
        1e-9);
  }

  @Test
  void shouldStayFiniteWhereNothingWasExpected() {
    final double[] sums = sums(new Market(11).windows(600, 0));
    assertEquals(
        StrictMath.log(Calibration.MOST_RATIO), Calibration.error(sums, Scope.LONG, 1), 1e-9);
    assertTrue(Calibration.ratio(sums, Scope.LONG) == 0);
  }
}
