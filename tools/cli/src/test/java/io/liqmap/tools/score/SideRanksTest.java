package io.liqmap.tools.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SideRanksTest {
  private static final int WARM_UP = 100;

  private final ScoredWindows scored =
      new ScoredWindows(Market.collected(new Market(3).windows(700, 1), "model"), WARM_UP, 1);
  private final SideSeries series = scored.series(0);
  private final double[] expected = series.expected[0];
  private final double[] figures = new SideRanks(scored, 0).of(expected);

  @Test
  void shouldGiveEqualValuesTheMeanOfTheirRanks() {
    assertArrayEquals(
        new double[] {3.5, 1, 3.5, 5, 2}, SideRanks.ranks(new double[] {7, -1, 7, 9, 0}));
  }

  /** The correlation of what is left of two ranks when a line in the third is taken off each. */
  @Test
  void shouldCorrelateWhatTheExcursionDoesNotExplain() {
    final double[] excursion = SideRanks.ranks(cut(series.excursion));
    final double[] a = residuals(SideRanks.ranks(cut(expected)), excursion);
    final double[] b = residuals(SideRanks.ranks(cut(scored.realised(0))), excursion);
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += a[i] * b[i];
      aa += a[i] * a[i];
      bb += b[i] * b[i];
    }
    assertEquals(ab / Math.sqrt(aa * bb), figures[0], 1e-9);
  }

  private static double[] residuals(final double[] of, final double[] by) {
    final double mean = (of.length + 1) / 2.0;
    double cross = 0;
    double square = 0;
    for (int i = 0; i < of.length; i++) {
      cross += (of[i] - mean) * (by[i] - mean);
      square += (by[i] - mean) * (by[i] - mean);
    }
    final double[] left = new double[of.length];
    for (int i = 0; i < of.length; i++) {
      left[i] = of[i] - mean - cross / square * (by[i] - mean);
    }
    return left;
  }

  @Test
  void shouldCountTheTopTenthThatIsInTheTopTenth() {
    final List<Integer> byExpected = order(cut(expected));
    final List<Integer> byRealised = order(cut(scored.realised(0)));
    final int size = byExpected.size() / 10;
    final long both =
        byExpected.subList(0, size).stream().filter(byRealised.subList(0, size)::contains).count();
    assertEquals((double) both / size, figures[1], 1e-9);
  }

  @Test
  void shouldCompareEachPairForTheAreaUnderTheCurve() {
    final double[] of = cut(expected);
    final List<Integer> order = order(cut(scored.realised(0)));
    final List<Integer> tops = order.subList(0, of.length / 10);
    final List<Integer> others = order.subList(of.length / 10, of.length);
    double above = 0;
    for (final int top : tops) {
      for (final int other : others) {
        above += of[top] > of[other] ? 1 : of[top] == of[other] ? 0.5 : 0;
      }
    }
    assertEquals(above / tops.size() / others.size(), figures[2], 1e-9);
  }

  private double[] cut(final double[] values) {
    return Arrays.copyOfRange(values, WARM_UP, values.length);
  }

  /** Indices, those of the largest values first. */
  private static List<Integer> order(final double[] values) {
    final List<Integer> order = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingDouble((Integer i) -> -values[i]));
    return order;
  }
}
