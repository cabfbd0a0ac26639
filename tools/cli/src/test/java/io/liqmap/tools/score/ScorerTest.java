package io.liqmap.tools.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class ScorerTest {
  private static final int HOURS = 40 * 24;
  private static ScoreCard truth;
  private static ScoreCard tenfold;

  @BeforeAll
  static void score() throws ScoreException {
    truth = Market.score(market(1, 1, 10), 1);
    tenfold = Market.score(market(1, 10, 1), 1);
  }

  private static CollectedWindows market(final long seed, final double... levels) {
    return Market.collected(new Market(seed).windows(HOURS, levels), "first", "second");
  }

  private static ScoreRow row(final ScoreCard card, final String name) {
    return card.rows().stream().filter((of) -> of.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void shouldCallTheTrueMapCalibrated() {
    for (final Verdict verdict : truth.verdicts()) {
      assertEquals("calibrated", verdict.level(), verdict.side());
      assertEquals("beyond excursion", verdict.excursion(), verdict.side());
    }
    final Estimate ratio = truth.rows().get(0).of(Scope.BOTH).ratio();
    assertEquals(1, ratio.value(), 0.2);
  }

  @Test
  void shouldCallAMapOfTenTimesTheAmountsTooHigh() {
    for (final Verdict verdict : tenfold.verdicts()) {
      assertEquals("too high", verdict.level(), verdict.side());
    }
  }

  /** What a power and a level are learned for doesn't depend on the level. */
  @Test
  void shouldGiveTheTenfoldMapTheSameLogScore() {
    assertEquals(
        truth.rows().get(0).of(Scope.BOTH).logScore().orElseThrow().overExcursion().value(),
        tenfold.rows().get(0).of(Scope.BOTH).logScore().orElseThrow().overExcursion().value(),
        1e-3);
  }

  @Test
  void shouldBringRandomProfilesToTheLevel() {
    final Estimate same = row(truth, "random, same mass").of(Scope.BOTH).ratio();
    final Estimate fitted = row(truth, RandomRows.LEVEL_FITTED).of(Scope.BOTH).ratio();
    assertEquals(1, fitted.value(), 0.25);
    assertTrue(fitted.high() - fitted.low() < (same.high() - same.low()) / 2);
    assertEquals(100, row(truth, RandomRows.LEVEL_FITTED).profiles());
  }

  @Test
  void shouldHaveAllModelsAndControlsAsRows() {
    assertEquals(
        List.of(
            "first",
            "second",
            "first + background",
            "random, same mass",
            "random, level fitted",
            "random + background",
            "persistence",
            "excursion only"),
        truth.rows().stream().map(ScoreRow::name).toList());
  }

  @Test
  void shouldScaleTheRatioByTheCorrection() {
    final SideScore side = truth.rows().get(0).of(Scope.SHORT);
    assertEquals(side.ratio().value() * 2.8, side.ratioAsReported().value(), 1e-9);
    assertEquals(side.ratio().high() * 2, side.ratioAtHalfCorrection().high(), 1e-9);
    assertEquals(side.ratio().low() / 2, side.ratioAtDoubleCorrection().low(), 1e-9);
  }

  @Test
  void shouldAddUpToTheWholeByClassAndWeek() {
    for (final Scope scope : List.of(Scope.LONG, Scope.SHORT)) {
      final List<ClassScore> classes = truth.rows().get(0).of(scope).classes();
      final double expected = classes.stream().mapToDouble(ClassScore::expected).sum();
      final double reported = classes.stream().mapToDouble(ClassScore::reported).sum();
      assertEquals(
          truth.rows().get(0).of(scope).ratioAsReported().value(), expected / reported, 1e-9);
      assertEquals(
          expected,
          truth.weeks().stream()
              .filter((week) -> week.side().equals(scope.text()))
              .mapToDouble(Week::expected)
              .sum(),
          expected * 1e-9);
      assertEquals(
          truth.counts().scored(), classes.stream().mapToLong(ClassScore::sideWindows).sum());
    }
  }

  @Test
  void shouldScoreTheSameForTheSameSeed() throws ScoreException {
    assertEquals(truth, Market.score(market(1, 1, 10), 1));
    assertFalse(truth.equals(Market.score(market(1, 1, 10), 2)));
  }

  @Test
  void shouldLeaveOutAFortnightAndLearnFromIt() {
    assertEquals(14 * 24, truth.leftOut().warmUp());
    assertEquals(HOURS - 14 * 24, truth.counts().scored());
    assertEquals(26, truth.counts().blocks());
  }

  @Test
  void shouldWarmUpForHalfOfAShorterTime() throws ScoreException {
    final List<ScoreWindow> windows = new Market(1).windows(10 * 24, 1);
    assertEquals(5 * 24, Market.score(Market.collected(windows, "model"), 1).leftOut().warmUp());
  }

  @Test
  void shouldSayWhatIsMissingWhereThereIsTooLittle() {
    final CollectedWindows days = Market.collected(new Market(1).windows(3 * 24, 1), "model");
    final ScoreException few = assertThrows(ScoreException.class, () -> Market.score(days, 1));
    assertTrue(few.getMessage().contains("of 3.0 days 1.5 are left"), few.getMessage());
    final CollectedWindows hours = Market.collected(new Market(1).windows(15, 1), "model");
    final ScoreException short15 = assertThrows(ScoreException.class, () -> Market.score(hours, 1));
    assertTrue(short15.getMessage().contains("of 15 windows"), short15.getMessage());
    final CollectedWindows none = Market.collected(List.of(), "model");
    final ScoreException empty = assertThrows(ScoreException.class, () -> Market.score(none, 1));
    assertTrue(empty.getMessage().contains("no two updates"), empty.getMessage());
  }
}
