package io.liqmap.engine.core.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.lattice.Lattice;
import io.liqmap.engine.core.margin.BracketTable;
import io.liqmap.engine.core.margin.Brackets;
import io.liqmap.engine.core.margin.Contract;
import io.liqmap.engine.core.margin.Dated;
import io.liqmap.engine.core.margin.Side;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Figures beside the map: coverage, the start of a window, what was forced, the rule in force. */
final class MapTotalsTest {
  private static final long HOUR = 3_600_000_000_000L;
  private static final long DAY = 24 * HOUR;
  private static final long START = TestSettings.START;
  private static final long PRICE = 6_000_000;
  private static final double TOLERANCE = 1e-9;

  private static MapSettings settings(final double turnover) {
    return TestSettings.of(
        10,
        List.of(TestSettings.tier(10, 1, 40e3)),
        turnover,
        0,
        new Dated<>(new long[] {0}, List.of(Brackets.flat(.05))));
  }

  private static InstrumentMap map(final double turnover) {
    return FastInstrumentMap.of(settings(turnover), false);
  }

  private static InstrumentMap opened() {
    final InstrumentMap map = map(0);
    map.onMark(START, PRICE, 0, 0);
    map.onOpenInterest(START, 0);
    map.onTrade(START + HOUR / 2, PRICE, 100, true);
    map.onOpenInterest(START + HOUR / 2, 100);
    return map;
  }

  @Test
  void shouldCoverWhatTurnoverHasReplaced() {
    final InstrumentMap map = map(.5);
    map.onMark(START, PRICE, 0, 0);
    map.onOpenInterest(START, 1_000);
    double covered = 0;
    for (int i = 0; i < 50; i++) {
      for (final Side side : Side.values()) {
        assertEquals(covered, MapSnapshot.of(map).coverage(side), TOLERANCE);
      }
      map.onTrade(START, PRICE, 400, true);
      map.onOpenInterest(START, 1_000);
      covered += (1 - covered) / 5;
    }
    assertTrue(covered > .9999);
  }

  @ParameterizedTest
  @EnumSource(Window.class)
  void shouldCoverNoMoreThanAllWhateverIsTraded(final Window window) {
    final InstrumentMap map = map(1);
    map.onMark(START, PRICE, 0, 0);
    map.onTrade(START, PRICE, 100, true);
    map.onOpenInterest(START, 100);
    map.onTrade(START, PRICE, 900, true);
    final MapSnapshot image = MapSnapshot.of(map, 0, window, map.time());
    assertEquals(1_000, image.mapped(Side.LONG), TOLERANCE);
    assertEquals(1, image.coverage(Side.LONG), TOLERANCE);
  }

  @Test
  void shouldCoverByAWindowItsPartOfTheOpenInterest() {
    final InstrumentMap map = opened();
    map.onTrade(START + 2 * DAY, PRICE, 300, true);
    map.onOpenInterest(START + 2 * DAY, 400);
    assertEquals(.75, MapSnapshot.of(map, 0, Window.D1, map.time()).coverage(Side.LONG), TOLERANCE);
    assertEquals(1, MapSnapshot.of(map, 0, Window.D3, map.time()).coverage(Side.SHORT), TOLERANCE);
  }

  @ParameterizedTest
  @CsvSource({"H12", "D1", "D3", "D7", "D30"})
  void shouldBeginAWindowWithTheCohortInWhichItsLengthEnds(final Window window) {
    final InstrumentMap map = opened();
    for (long at = START + DAY; at <= START + window.nanos(); at += DAY) {
      map.onOpenInterest(at, 100);
    }
    // The first cohort begins at the start, whether it is an hour, six, or a day.
    map.onMark(START + window.nanos() + HOUR - 1, PRICE, 0, 0);
    assertEquals(START, MapSnapshot.of(map, 0, window, map.time()).since());
  }

  @ParameterizedTest
  @CsvSource({"D3, 5", "D7, 5", "D30, 23"})
  void shouldReachBackToTheStartOfALongCohort(final Window window, final int hours) {
    final InstrumentMap map = opened();
    for (long at = START + DAY; at <= START + window.nanos(); at += DAY) {
      map.onOpenInterest(at, 100);
    }
    map.onMark(START + window.nanos() + hours * HOUR, PRICE, 0, 0);
    assertEquals(START, MapSnapshot.of(map, 0, window, map.time()).since());
    assertEquals(100, MapSnapshot.of(map, 0, window, map.time()).mapped(Side.LONG), TOLERANCE);
  }

  @Test
  void shouldBeginAWindowWithTheHourWhereNothingWasOpened() {
    final InstrumentMap map = opened();
    map.onMark(START + 20 * HOUR + 1, PRICE, 0, 0);
    assertEquals(START + 8 * HOUR, MapSnapshot.of(map, 0, Window.H12, map.time()).since());
    assertEquals(0, MapSnapshot.of(map, 0, Window.ALL, map.time()).since());
  }

  @Test
  void shouldBookAsForcedWhatReportsExplainOfAFallAndNoMore() {
    final InstrumentMap map = map(0);
    map.onMark(START, PRICE, 0, 0);
    map.onOpenInterest(START, 2_000);
    map.onLiquidation(START, Side.LONG, PRICE, 100);
    map.onOpenInterest(START, 1_600);
    assertEquals(250, map.forced(Side.LONG), TOLERANCE);
    assertEquals(0, map.forced(Side.SHORT));
    assertEquals(400, map.fallen(), TOLERANCE);
    map.onLiquidation(START, Side.LONG, PRICE, 100);
    map.onLiquidation(START, Side.SHORT, PRICE, 10);
    map.onOpenInterest(START, 1_500);
    assertEquals(350, map.forced(Side.LONG), TOLERANCE);
    assertEquals(25, map.forced(Side.SHORT), TOLERANCE);
    assertEquals(500, map.fallen(), TOLERANCE);
    map.onLiquidation(START, Side.LONG, PRICE, 100);
    map.onOpenInterest(START, 1_900);
    map.onOpenInterest(START, 1_800);
    assertEquals(350, map.forced(Side.LONG), TOLERANCE);
    assertEquals(600, map.fallen(), TOLERANCE);
    assertEquals(300. * PRICE, map.observedNotional(Side.LONG), TOLERANCE);
    assertEquals(10. * PRICE, map.observedNotional(Side.SHORT), TOLERANCE);
  }

  @Test
  void shouldMoveOpenPositionsWhenTheVenueRevisesItsRule() {
    final long revision = Instant.parse("2026-05-27T00:00:00Z").getEpochSecond() * 1_000_000_000L;
    final LiquidationMaps maps = new LiquidationMaps(settings(0), 1);
    maps.define(new Instrument(0, "BTCUSD", "bybit", Contract.INVERSE, "BTC", "USD", 1, 1));
    final InstrumentMap map = maps.of(0);
    map.onMark(START, PRICE, 0, 0);
    map.onOpenInterest(START, 0);
    map.onTrade(START, PRICE, 1_000, true);
    map.onOpenInterest(START, 1_000);
    map.onMark(revision - 1, PRICE, 0, 0);
    // 10x with a maintenance rate of 5 %: 1 / (1 ± (1/10 − 5 %)), then (1 ± 5 %) / (1 ± 1/10).
    assertRatio(1 / 1.05, map, Side.LONG);
    assertRatio(1 / .95, map, Side.SHORT);
    map.onMark(revision, PRICE, 0, 0);
    assertRatio(1.05 / 1.1, map, Side.LONG);
    assertRatio(.95 / .9, map, Side.SHORT);
  }

  @Test
  void shouldMoveOpenPositionsOfAnInstrumentWithItsOwnBrackets() {
    final Dated<BracketTable> own = TestSettings.changing(Brackets.flat(.01), Brackets.flat(.04));
    final InstrumentMap map =
        FastInstrumentMap.of(TestSettings.withOwnBrackets(settings(0), own), false);
    map.onMark(START, PRICE, 0, 0);
    map.onOpenInterest(START, 0);
    map.onTrade(START, PRICE, 1_000, true);
    map.onOpenInterest(START, 1_000);
    assertRatio(.9 / .99, map, Side.LONG);
    assertRatio(1.1 / 1.01, map, Side.SHORT);
    map.onMark(TestSettings.BRACKET_CHANGE, PRICE, 0, 0);
    assertRatio(.9 / .96, map, Side.LONG);
    assertRatio(1.1 / 1.04, map, Side.SHORT);
  }

  /** Positions keep their mean distance, however the lattice splits them in two buckets. */
  private static void assertRatio(final double expected, final InstrumentMap map, final Side side) {
    final Lattice lattice = map.lattice();
    final MapSnapshot image = MapSnapshot.of(map);
    final int entry = lattice.bucketOf(PRICE, 0);
    double sum = 0;
    double moment = 0;
    final int first = image.firstBucket(side);
    for (int bucket = first; bucket < first + image.bucketCount(side); bucket++) {
      final double quantity =
          map.instrument().isInverse()
              ? image.notional(side, bucket)
              : image.quantity(side, bucket);
      sum += quantity;
      moment += quantity * (bucket - entry);
    }
    assertEquals(1_000, sum, 1e-6);
    assertEquals(lattice.distance(expected), moment / sum, 1e-6);
  }
}
