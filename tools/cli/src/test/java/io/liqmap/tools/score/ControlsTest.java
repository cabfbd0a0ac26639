package io.liqmap.tools.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Random profiles, their level, and outages of reports. */
final class ControlsTest {
  @Test
  void shouldDrawProfilesThatSpreadAllOfTheMassOverTheTiers() {
    final RandomProfiles profiles = new RandomProfiles(Market.TIERS, 5);
    int near = 0;
    for (int i = 0; i < 500; i++) {
      final double[] shares = profiles.next();
      assertEquals(1, Arrays.stream(shares).sum(), 1e-12);
      assertTrue(Arrays.stream(shares).allMatch((share) -> share >= 0));
      near += Arrays.stream(shares, 0, 8).sum() > 0.5 ? 1 : 0;
    }
    // Medians are as often below 4 % as above.
    assertTrue(near > 150 && near < 350, near + " of 500 are near");
  }

  @Test
  void shouldDrawTheSameProfilesForTheSameSeed() {
    final RandomProfiles one = new RandomProfiles(Market.TIERS, 8);
    final RandomProfiles other = new RandomProfiles(Market.TIERS, 8);
    for (int i = 0; i < 20; i++) {
      assertArrayEquals(one.next(), other.next());
    }
  }

  @Test
  void shouldExpectOfTheTrueSharesWhatTheTrueMapSwept() {
    final SideSeries series =
        new ScoredWindows(Market.collected(new Market(1).windows(50, 1), "model"), 0, 1).series(0);
    final double mass = Arrays.stream(Market.TRUTH).sum();
    final double[] shares = Arrays.stream(Market.TRUTH).map((share) -> share / mass).toArray();
    assertArrayEquals(series.expected[0], RandomProfiles.expected(shares, series), 1e-3);
  }

  @Test
  void shouldBringAnyAmountsToTheLevelOfThePast() {
    final Market market = new Market(2);
    final int size = 5_000;
    final double[] realised = new double[size];
    final double[] amounts = new double[size];
    for (int i = 0; i < size; i++) {
      realised[i] = 7 * market.exponential();
      amounts[i] = 400 * market.exponential();
    }
    final double[] scaled = LevelFit.scaled(amounts, realised);
    final double ratio =
        Arrays.stream(scaled, 500, size).sum() / Arrays.stream(realised, 500, size).sum();
    assertEquals(1, ratio, 0.1);
    realised[3_000] *= 1e6;
    assertArrayEquals(
        Arrays.copyOf(scaled, 3_001), Arrays.copyOf(LevelFit.scaled(amounts, realised), 3_001));
  }

  @Test
  void shouldTakeAWindowWithoutReportsForAnOutageWhereNearlyAllHaveOne() {
    final List<ScoreWindow> windows = new Market(4).windows(100, 1);
    assertEquals(windows, ReportOutages.without(windows));
    final List<ScoreWindow> holes = without(windows, 40, 41);
    assertEquals(99, ReportOutages.without(holes).size());
  }

  @Test
  void shouldTakeADayWithoutReportsForAnOutageWhereFewWindowsHaveOne() {
    List<ScoreWindow> windows = new Market(4).windows(200, 1);
    for (int i = 0; i < 200; i += 5) {
      windows = without(windows, i, i + 3);
    }
    assertEquals(200, ReportOutages.without(windows).size());
    assertEquals(200, ReportOutages.without(without(windows, 100, 120)).size());
    final List<ScoreWindow> kept = ReportOutages.without(without(windows, 100, 130));
    assertTrue(kept.size() <= 170 && kept.size() >= 164, kept.size() + " windows");
  }

  private static List<ScoreWindow> without(
      final List<ScoreWindow> windows, final int from, final int to) {
    final List<ScoreWindow> changed = new ArrayList<>(windows);
    for (int i = from; i < to; i++) {
      final ScoreWindow of = windows.get(i);
      changed.set(
          i,
          new ScoreWindow(
              of.start(),
              of.end(),
              of.openInterest(),
              of.volume(),
              silent(of.longs()),
              silent(of.shorts())));
    }
    return changed;
  }

  private static ScoreWindow.Part silent(final ScoreWindow.Part of) {
    return new ScoreWindow.Part(
        of.excursion(), 0, of.expected(), of.perTier(), of.mass(), of.background());
  }
}
