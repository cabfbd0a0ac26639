package io.liqmap.engine.core.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.lattice.Lattice;
import io.liqmap.engine.core.margin.BracketTable;
import io.liqmap.engine.core.margin.Brackets;
import io.liqmap.engine.core.margin.Dated;
import io.liqmap.engine.core.margin.MarginRule;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.EntrySettings;
import io.liqmap.engine.core.model.ExitSettings;
import io.liqmap.engine.core.model.LeverageTier;
import io.liqmap.engine.core.model.MarginTerms;
import io.liqmap.engine.core.model.ShiftLines;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What any map of an instrument does; the fast one and the naive one are both held to it. */
@ParameterizedClass
@EnumSource(MapKind.class)
final class InstrumentMapTest {
  private static final double TURNOVER = .25;
  private static final double LEAN = .5;
  private static final long SECOND = 1_000_000_000L;
  private static final long START = TestSettings.START;
  private static final long PRICE = 6_000_000;
  private static final Lattice LATTICE = new Lattice(10);
  private static final int ENTRY = LATTICE.bucketOf(PRICE, 0);
  private static final List<LeverageTier> PROFILE =
      List.of(TestSettings.tier(10, .6, 40e3), TestSettings.tier(50, .4, 40e3));

  private static final ShiftLines LONGS = lines(Side.LONG, Brackets.btcusdt2024());
  private static final ShiftLines SHORTS = lines(Side.SHORT, Brackets.btcusdt2024());

  @Parameter private MapKind kind;

  private MapUnderTest map(final MapSettings settings) {
    return kind.linear(settings);
  }

  private MapUnderTest map() {
    return map(settings(TURNOVER, LEAN, TestSettings.undated()));
  }

  private static MapSettings settings(
      final double turnover, final double lean, final Dated<BracketTable> brackets) {
    return TestSettings.of(10, PROFILE, turnover, lean, brackets);
  }

  private static ShiftLines lines(final Side side, final BracketTable table) {
    return new ShiftLines(
        side,
        TestSettings.model(
            "test", PROFILE, new EntrySettings(TURNOVER, LEAN, 0), ExitSettings.PROPORTIONAL),
        new MarginTerms(MarginRule.BINANCE_USDM, table, 1),
        LATTICE);
  }

  private static long priceOf(final int bucket) {
    return Math.round(LATTICE.centre(bucket));
  }

  private static void assertQuantity(final double expected, final double actual) {
    assertEquals(expected, actual, 1e-9 * Math.max(1, Math.abs(expected)));
  }

  private static void assertOpen(
      final double expected,
      final MapUnderTest map,
      final Side side,
      final int tier,
      final int bucket) {
    final double[] tiers = map.openQuantities(side).get(bucket);
    assertQuantity(expected, tiers == null ? 0 : tiers[tier]);
  }

  /** Open quantity of one tier, in both its buckets. */
  private static double ofTier(final MapUnderTest map, final Side side, final int tier) {
    return map.openQuantities(side).values().stream().mapToDouble((tiers) -> tiers[tier]).sum();
  }

  /** Mark and one settled position per side of 1,000 at {@link #ENTRY}; nothing is unmapped. */
  private MapUnderTest settled() {
    final MapUnderTest map = map();
    map.onMark(START, PRICE);
    map.onOpenInterest(START, 0);
    map.onTrade(START, PRICE, 1_000, true);
    map.onOpenInterest(START, 1_000);
    return map;
  }

  @Test
  void shouldBeEmptyAtFirst() {
    final MapUnderTest map = map();
    for (final Side side : Side.values()) {
      assertTrue(map.openQuantities(side).isEmpty());
      assertEquals(0, map.unmapped(side));
      assertEquals(0, map.sweptQuantity(side));
    }
    assertEquals(-1, map.markBucket());
  }

  @Test
  void shouldCountATradeOnBothSidesBeforeOpenInterestSaysHowMuchWasOpened() {
    final MapUnderTest map = map(settings(TURNOVER, 0, TestSettings.undated()));
    map.onMark(START, PRICE);
    map.onTrade(START, PRICE, 1_000, true);
    assertQuantity(1_000 * TURNOVER, map.mapped(Side.LONG));
    assertQuantity(1_000 * TURNOVER, map.mapped(Side.SHORT));
  }

  @Test
  void shouldPlaceEachTierWhereItWouldBeLiquidated() {
    final MapUnderTest map = settled();
    for (final Side side : Side.values()) {
      final ShiftLines lines = side == Side.LONG ? LONGS : SHORTS;
      for (int line = 0; line < lines.count(); line++) {
        assertOpen(1_000 * lines.share(line), map, side, line / 2, ENTRY + lines.shift(line));
      }
      assertEquals(lines.count(), map.openQuantities(side).size());
    }
    assertTrue(map.openQuantities(Side.LONG).lastKey() < ENTRY);
    assertTrue(map.openQuantities(Side.SHORT).firstKey() > ENTRY);
  }

  @Test
  void shouldLeanLongEntriesOnTakerBuyingAndShortEntriesOnTakerSelling() {
    final MapUnderTest map = map();
    map.onMark(START, PRICE);
    map.onTrade(START, PRICE, 1_000, true);
    assertQuantity(1_000 * TURNOVER * (1 + LEAN), map.mapped(Side.LONG));
    assertQuantity(1_000 * TURNOVER * (1 - LEAN), map.mapped(Side.SHORT));
    map.onTrade(START, PRICE, 1_000, false);
    assertQuantity(2_000 * TURNOVER, map.mapped(Side.LONG));
    assertQuantity(2_000 * TURNOVER, map.mapped(Side.SHORT));
  }

  @Test
  void shouldGiveBothSidesTheSameAmountWhenOpenInterestRises() {
    final MapUnderTest map = map();
    map.onMark(START, PRICE);
    map.onOpenInterest(START, 10_000);
    map.onTrade(START, PRICE, 1_000, true);
    map.onOpenInterest(START, 10_400);
    final double opened = 400 + TURNOVER * (1_000 - 400);
    for (final Side side : Side.values()) {
      assertQuantity(opened, map.mapped(side));
      assertQuantity(10_400 - opened, map.unmapped(side));
    }
  }

  @Test
  void shouldOpenNoMoreThanWasTraded() {
    final MapUnderTest map = map();
    map.onMark(START, PRICE);
    map.onOpenInterest(START, 10_000);
    map.onTrade(START, PRICE, 1_000, false);
    map.onOpenInterest(START, 20_000);
    assertQuantity(1_000, map.mapped(Side.LONG));
    assertQuantity(19_000, map.unmapped(Side.LONG));
  }

  @Test
  void shouldLeaveTheFirstOpenInterestUnmapped() {
    final MapUnderTest map = map();
    map.onOpenInterest(START, 10_000);
    for (final Side side : Side.values()) {
      assertQuantity(0, map.mapped(side));
      assertQuantity(10_000, map.unmapped(side));
    }
  }

  @Test
  void shouldTurnPositionsOverAtAFlatOpenInterest() {
    final MapUnderTest map = settled();
    map.onTrade(START, priceOf(ENTRY + 3), 800, true);
    map.onOpenInterest(START, 1_000);
    for (final Side side : Side.values()) {
      final ShiftLines lines = side == Side.LONG ? LONGS : SHORTS;
      final double fresh = TURNOVER * 800;
      assertOpen((1_000 - fresh) * lines.share(0), map, side, 0, ENTRY + lines.shift(0));
      assertOpen(fresh * lines.share(0), map, side, 0, ENTRY + 3 + lines.shift(0));
      assertQuantity(1_000, map.mapped(side));
      assertQuantity(0, map.unmapped(side));
    }
  }

  @Test
  void shouldClosePositionsInProportionWhenOpenInterestFalls() {
    final MapUnderTest map = settled();
    map.onTrade(START, priceOf(ENTRY + 4), 3_000, true);
    map.onOpenInterest(START, 4_000);
    map.onOpenInterest(START, 1_000);
    for (final Side side : Side.values()) {
      final ShiftLines lines = side == Side.LONG ? LONGS : SHORTS;
      assertOpen(250 * lines.share(0), map, side, 0, ENTRY + lines.shift(0));
      assertOpen(750 * lines.share(0), map, side, 0, ENTRY + 4 + lines.shift(0));
      assertQuantity(1_000, map.mapped(side));
    }
  }

  @Test
  void shouldEmptyTheMapAtZeroOpenInterestAndFillItAgain() {
    final MapUnderTest map = settled();
    map.onTrade(START, PRICE, 500, true);
    map.onOpenInterest(START, 0);
    for (final Side side : Side.values()) {
      assertEquals(0, map.mapped(side));
      assertEquals(0, map.unmapped(side));
    }
    map.onTrade(START, PRICE, 500, true);
    map.onTrade(START, PRICE, 500, false);
    map.onOpenInterest(START, 700);
    for (final Side side : Side.values()) {
      assertQuantity(700, map.mapped(side));
      assertQuantity(0, map.unmapped(side));
    }
  }

  @Test
  void shouldKeepWhatRemainsOfManyFalls() {
    final MapUnderTest map = settled();
    double openInterest = 1_000;
    for (int i = 0; i < 100; i++) {
      openInterest /= 2;
      map.onOpenInterest(START, openInterest);
      assertEquals(openInterest, map.mapped(Side.LONG), 1e-9 * openInterest);
    }
    map.onTrade(START, PRICE, 1_000, true);
    map.onOpenInterest(START, 1_000);
    assertQuantity(1_000, map.mapped(Side.LONG));
  }

  @Test
  void shouldSweepLongBucketsWhenMarkFallsThroughThem() {
    final MapUnderTest map = settled();
    final int near = ENTRY + LONGS.shift(2);
    final int far = ENTRY + LONGS.shift(3);
    map.onMark(START, priceOf(near));
    assertEquals(0, map.sweptQuantity(Side.LONG));
    map.onMark(START, priceOf(near - 1));
    assertQuantity(1_000 * LONGS.share(2), map.sweptQuantity(Side.LONG));
    assertQuantity(1_000 * LONGS.share(2) * LATTICE.centre(near), map.sweptNotional(Side.LONG));
    map.onMark(START, priceOf(far - 1));
    assertQuantity(400, map.sweptQuantity(Side.LONG));
    assertEquals(0, ofTier(map, Side.LONG, 1));
    assertQuantity(600, ofTier(map, Side.LONG, 0));
    assertEquals(0, map.sweptQuantity(Side.SHORT));
    assertQuantity(1_000, map.mapped(Side.SHORT));
  }

  @Test
  void shouldSweepShortBucketsWhenMarkRisesThroughThem() {
    final MapUnderTest map = settled();
    final int near = ENTRY + SHORTS.shift(2);
    map.onMark(START, priceOf(near));
    assertEquals(0, map.sweptQuantity(Side.SHORT));
    map.onMark(START, priceOf(near + 1));
    assertQuantity(1_000 * SHORTS.share(2), map.sweptQuantity(Side.SHORT));
    map.onMark(START, priceOf(near + 2));
    assertQuantity(400, map.sweptQuantity(Side.SHORT));
    assertEquals(0, ofTier(map, Side.SHORT, 1));
    assertQuantity(600, ofTier(map, Side.SHORT, 0));
    assertEquals(0, map.sweptQuantity(Side.LONG));
  }

  @Test
  void shouldSweepAllAtOnceWhenMarkJumps() {
    final MapUnderTest map = settled();
    map.onMark(START, PRICE / 2);
    assertQuantity(1_000, map.sweptQuantity(Side.LONG));
    assertTrue(map.openQuantities(Side.LONG).isEmpty());
    map.onMark(START, PRICE * 2);
    assertQuantity(1_000, map.sweptQuantity(Side.SHORT));
    assertTrue(map.openQuantities(Side.SHORT).isEmpty());
  }

  @Test
  void shouldNotSweepTwice() {
    final MapUnderTest map = settled();
    for (int i = 0; i < 5; i++) {
      map.onMark(START, PRICE / 2);
      map.onMark(START, PRICE);
    }
    assertQuantity(1_000, map.sweptQuantity(Side.LONG));
    assertQuantity(1_000, map.mapped(Side.SHORT));
  }

  @Test
  void shouldLetNewPositionsStandWhereOldOnesWereSwept() {
    final MapUnderTest map = settled();
    map.onMark(START, priceOf(ENTRY + LONGS.shift(3) - 1));
    map.onMark(START, PRICE);
    map.onOpenInterest(START, 600);
    map.onTrade(START, PRICE, 300, true);
    map.onOpenInterest(START, 900);
    assertQuantity(600 + 300 * .6, ofTier(map, Side.LONG, 0));
    assertQuantity(300 * .4, ofTier(map, Side.LONG, 1));
  }

  @Test
  void shouldSetSweepsAgainstTheNextFallOfOpenInterest() {
    final MapUnderTest map = settled();
    map.onMark(START, priceOf(ENTRY + LONGS.shift(3) - 1));
    map.onOpenInterest(START, 600);
    assertQuantity(600, ofTier(map, Side.LONG, 0));
    assertQuantity(0, map.unmapped(Side.LONG));
    assertQuantity(600, map.mapped(Side.SHORT));
  }

  @Test
  void shouldCallUnmappedWhatWasSweptButNotClosed() {
    final MapUnderTest map = settled();
    map.onMark(START, priceOf(ENTRY + LONGS.shift(3) - 1));
    map.onOpenInterest(START, 1_000);
    assertQuantity(600, map.mapped(Side.LONG));
    assertQuantity(400, map.unmapped(Side.LONG));
    assertQuantity(1_000, map.mapped(Side.SHORT));
  }

  @Test
  void shouldKeepDeadWhatWasSweptBeforeItWasSettled() {
    final MapUnderTest map = map();
    map.onMark(START, PRICE);
    map.onOpenInterest(START, 0);
    map.onTrade(START, PRICE, 1_000, true);
    map.onMark(START, priceOf(ENTRY + LONGS.shift(3) - 1));
    assertQuantity(1_000 * TURNOVER * (1 + LEAN) * .4, map.sweptQuantity(Side.LONG));
    map.onMark(START, PRICE);
    map.onTrade(START, PRICE, 1_000, true);
    map.onOpenInterest(START, 2_000);
    assertQuantity(1_000 * .6 + 1_000, map.mapped(Side.LONG));
    assertQuantity(400, map.unmapped(Side.LONG));
    assertQuantity(2_000, map.mapped(Side.SHORT));
  }

  @Test
  void shouldNotReportWhatCouldNotHaveBeenOpened() {
    final MapUnderTest map = map();
    map.onMark(START, PRICE);
    map.onOpenInterest(START, 0);
    map.onTrade(START, priceOf(ENTRY + 30), 1_000, false);
    map.onOpenInterest(START, 1_000);
    assertTrue(-LONGS.shift(2) < 30, "the test wants the nearer tier to lie beyond mark");
    assertEquals(0, ofTier(map, Side.LONG, 1));
    assertQuantity(600, map.mapped(Side.LONG));
    assertQuantity(400, map.unmapped(Side.LONG));
    assertEquals(0, map.sweptQuantity(Side.LONG));
    map.onMark(START, PRICE / 2);
    assertQuantity(600, map.sweptQuantity(Side.LONG));
  }

  @Test
  void shouldLetTheLastPriceStandInForAMissingMark() {
    final MapUnderTest map = settled();
    final long below = priceOf(ENTRY + LONGS.shift(3) - 1);
    map.onTrade(START + TestSettings.MARK_STALE, below, 1, true);
    assertEquals(ENTRY, map.markBucket());
    assertEquals(0, map.sweptQuantity(Side.LONG));
    map.onTrade(START + TestSettings.MARK_STALE + 1, below, 1, true);
    assertEquals(ENTRY + LONGS.shift(3) - 1, map.markBucket());
    assertQuantity(400, map.sweptQuantity(Side.LONG));
  }

  @Test
  void shouldFollowMarkAgainOnceItComes() {
    final MapUnderTest map = settled();
    final long later = START + TestSettings.MARK_STALE + 1;
    map.onTrade(later, priceOf(ENTRY - 5), 1, true);
    map.onMark(later, PRICE);
    assertEquals(ENTRY, map.markBucket());
    map.onTrade(later + SECOND, priceOf(ENTRY - 5), 1, true);
    assertEquals(ENTRY, map.markBucket());
  }

  @Test
  void shouldTakeTheFirstTradeForMarkBeforeThereIsOne() {
    final MapUnderTest map = map();
    map.onTrade(START, PRICE, 1_000, true);
    assertEquals(ENTRY, map.markBucket());
    assertQuantity(1_000 * TURNOVER * (1 + LEAN), map.mapped(Side.LONG));
  }

  @Test
  void shouldLearnHowMuchOfTheVolumeOpensPositions() {
    final MapUnderTest map = map(settings(TURNOVER, 0, TestSettings.undated()));
    map.onMark(START, PRICE);
    map.onOpenInterest(START, 0);
    map.onTrade(START, PRICE, 1_000, true);
    map.onOpenInterest(START, 1_000);
    map.onTrade(START, PRICE, 1_000, true);
    final double rate = TURNOVER + (1 - TURNOVER) / 8;
    assertQuantity(1_000 + 1_000 * rate, map.mapped(Side.LONG));
  }

  @Test
  void shouldSpreadARiseOverItsEntriesAfterALongCalm() {
    final MapUnderTest map = map(settings(0, 0, TestSettings.undated()));
    map.onMark(START, PRICE);
    map.onOpenInterest(START, 0);
    double openInterest = 0;
    for (int i = 0; i < 20; i++) {
      map.onTrade(START, PRICE, 1_000, true);
      openInterest += 1_000;
      map.onOpenInterest(START, openInterest);
    }
    assertQuantity(20_000, map.mapped(Side.LONG));
    for (int i = 0; i < 6_000; i++) {
      map.onTrade(START, PRICE, 1_000, true);
      map.onOpenInterest(START, openInterest);
    }
    map.onTrade(START, PRICE, 500, true);
    map.onTrade(START, priceOf(ENTRY + 4), 500, true);
    map.onOpenInterest(START, openInterest + 1_000);
    assertOpen(500 * LONGS.share(0), map, Side.LONG, 0, ENTRY + 4 + LONGS.shift(0));
    assertQuantity(21_000 * .6, ofTier(map, Side.LONG, 0));
  }

  @Test
  void shouldMoveLiquidationsWhenBracketsChange() {
    final BracketTable tighter = Brackets.solusdt2024();
    final MapUnderTest map =
        map(settings(TURNOVER, LEAN, TestSettings.changing(Brackets.btcusdt2024(), tighter)));
    map.onMark(START, PRICE);
    map.onOpenInterest(START, 0);
    map.onTrade(START, PRICE, 1_000, true);
    map.onOpenInterest(START, 1_000);
    map.onMark(TestSettings.BRACKET_CHANGE - 1, PRICE);
    assertOpen(1_000 * LONGS.share(0), map, Side.LONG, 0, ENTRY + LONGS.shift(0));
    map.onMark(TestSettings.BRACKET_CHANGE, PRICE);
    final ShiftLines moved = lines(Side.LONG, tighter);
    for (int line = 0; line < moved.count(); line++) {
      assertOpen(1_000 * moved.share(line), map, Side.LONG, line / 2, ENTRY + moved.shift(line));
    }
    assertEquals(0, map.sweptQuantity(Side.LONG));
  }

  @Test
  void shouldRemovePositionsBeyondMarkUnderNewBrackets() {
    final BracketTable tighter = Brackets.solusdt2024();
    final MapUnderTest map =
        map(settings(TURNOVER, LEAN, TestSettings.changing(Brackets.btcusdt2024(), tighter)));
    final ShiftLines moved = lines(Side.LONG, tighter);
    assertTrue(moved.shift(2) > LONGS.shift(2), "the test wants longs to be liquidated earlier");
    map.onMark(START, PRICE);
    map.onOpenInterest(START, 0);
    map.onTrade(START, PRICE, 1_000, true);
    map.onOpenInterest(START, 1_000);
    map.onMark(START, priceOf(ENTRY + LONGS.shift(2)));
    assertQuantity(1_000, map.mapped(Side.LONG));
    map.onMark(TestSettings.BRACKET_CHANGE, priceOf(ENTRY + LONGS.shift(2)));
    assertQuantity(
        600 + 400 * (moved.shift(2) > LONGS.shift(2) + 1 ? 0 : moved.share(3) / .4),
        map.mapped(Side.LONG));
    map.onOpenInterest(TestSettings.BRACKET_CHANGE, 1_000);
    assertQuantity(1_000, map.mapped(Side.LONG) + map.unmapped(Side.LONG));
    assertEquals(0, map.sweptQuantity(Side.LONG));
  }

  @Test
  void shouldKeepOpenPositionsWhenBracketsChangeBetweenUpdates() {
    final MapUnderTest map =
        map(
            settings(
                TURNOVER,
                0,
                TestSettings.changing(Brackets.btcusdt2024(), Brackets.solusdt2024())));
    map.onMark(START, PRICE);
    map.onOpenInterest(START, 0);
    map.onTrade(START, PRICE, 1_000, true);
    map.onOpenInterest(START, 1_000);
    map.onTrade(START, PRICE, 1_000, true);
    final double stood = map.mapped(Side.LONG);
    assertTrue(stood > 1_000);
    map.onMark(TestSettings.BRACKET_CHANGE, PRICE);
    assertQuantity(stood, map.mapped(Side.LONG));
    assertQuantity(0, map.unmapped(Side.LONG));
    map.onOpenInterest(TestSettings.BRACKET_CHANGE, 1_000);
    assertQuantity(1_000, map.mapped(Side.LONG));
    assertQuantity(1_000, map.mapped(Side.SHORT));
    assertQuantity(0, map.unmapped(Side.SHORT));
  }

  @Test
  void shouldSurviveAChangeOfBracketsAtZeroOpenInterest() {
    final MapUnderTest map =
        map(
            settings(
                TURNOVER,
                LEAN,
                TestSettings.changing(Brackets.btcusdt2024(), Brackets.solusdt2024())));
    map.onMark(START, PRICE);
    map.onOpenInterest(START, 0);
    map.onTrade(START, PRICE, 1_000, true);
    map.onMark(TestSettings.BRACKET_CHANGE, PRICE);
    map.onTrade(TestSettings.BRACKET_CHANGE, PRICE, 1_000, true);
    assertQuantity(2_000 * TURNOVER * (1 + LEAN), map.mapped(Side.LONG));
    map.onOpenInterest(TestSettings.BRACKET_CHANGE, 500);
    for (final Side side : Side.values()) {
      assertQuantity(500, map.mapped(side) + map.unmapped(side));
      assertQuantity(500, map.mapped(side));
    }
  }
}
