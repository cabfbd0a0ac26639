package io.liqmap.engine.core.map;

import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.EntrySettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What trades and open interest open. */
@ParameterizedClass
@EnumSource(MapKind.class)
final class EntryTest extends MapFixture {
  private static final int OTHER = ENTRY + 5;

  private MapUnderTest started(final double turnover, final double takerLean) {
    return started(map(new EntrySettings(turnover, takerLean, 0)));
  }

  /** Ten lots at {@link #PRICE} are a large trade, less are small ones. */
  private MapUnderTest startedForLargeTrades(final double turnover) {
    return started(map(new EntrySettings(turnover, 0, 10 * PRICE)));
  }

  private static void trade(
      final MapUnderTest map, final int entry, final double quantity, final boolean takerBuys) {
    map.onTrade(START, entry == ENTRY ? PRICE : priceOf(entry), quantity, takerBuys);
  }

  private static void assertBothSides(
      final double atEntry, final double atOther, final double unmapped, final MapUnderTest map) {
    for (final Side side : Side.values()) {
      assertOpen(atEntry, map, side, ENTRY);
      assertOpen(atOther, map, side, OTHER);
      assertQuantity(atEntry + atOther, map.mapped(side));
      assertQuantity(unmapped, map.unmapped(side));
    }
  }

  @Test
  void shouldSpreadARiseOverTheVolume() {
    final MapUnderTest map = started(0, 0);
    trade(map, ENTRY, 300, true);
    trade(map, OTHER, 60, true);
    trade(map, OTHER, 40, false);
    map.onOpenInterest(START, 200);
    assertBothSides(150, 50, 0, map);
  }

  /** A flat open interest, a fall, and a volume beyond a fall, a rise and the open interest. */
  @ParameterizedTest
  @CsvSource({
    "0, 5000, true, 1000, 1000, 0",
    "0, 5000, true, 400, 400, 0",
    ".5, 500, true, 900, 700, 200",
    ".5, 500, true, 1100, 800, 300",
    "1, 3000, false, 1000, 0, 1000",
  })
  void shouldTurnOverTheVolumeBeyondTheChange(
      final double turnover,
      final double volume,
      final boolean takerBuys,
      final double openInterest,
      final double kept,
      final double opened) {
    final MapUnderTest map = started(turnover, 0);
    trade(map, ENTRY, 1_000, true);
    map.onOpenInterest(START, 1_000);
    trade(map, OTHER, volume, takerBuys);
    map.onOpenInterest(START, openInterest);
    assertBothSides(kept, opened, 0, map);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 6})
  void shouldCoverMoreWithEachTurnoverOfAMapThatBeginsInMidLife(final int turnovers) {
    final MapUnderTest map = map(new EntrySettings(.5, 0, 0));
    map.onMark(START, PRICE);
    map.onOpenInterest(START, 1_000);
    assertBothSides(0, 0, 1_000, map);
    for (int i = 0; i < turnovers; i++) {
      trade(map, ENTRY, 400, i % 2 == 0);
      map.onOpenInterest(START, 1_000);
    }
    // A fifth opens each time, and four fifths of everything stay.
    final double unknown = 1_000 * Math.pow(.8, turnovers);
    assertBothSides(1_000 - unknown, 0, unknown, map);
  }

  @Test
  void shouldOpenNothingWithSmallTrades() {
    final MapUnderTest map = startedForLargeTrades(0);
    for (int i = 0; i < 100; i++) {
      trade(map, ENTRY, 9.9, true);
    }
    assertBothSides(0, 0, 0, map);
    map.onOpenInterest(START, 500);
    assertBothSides(0, 0, 500, map);
  }

  @Test
  void shouldOpenARiseWithLargeTradesAlone() {
    final MapUnderTest map = startedForLargeTrades(0);
    trade(map, ENTRY, 10, true);
    trade(map, ENTRY, 30, false);
    for (int i = 0; i < 100; i++) {
      trade(map, OTHER, 9, true);
    }
    map.onOpenInterest(START, 15);
    assertBothSides(15, 0, 0, map);
  }

  @Test
  void shouldOpenNoMoreThanTheLargeTrades() {
    final MapUnderTest map = startedForLargeTrades(0);
    trade(map, ENTRY, 10, true);
    trade(map, ENTRY, 30, false);
    trade(map, OTHER, 9, true);
    map.onOpenInterest(START, 500);
    assertBothSides(40, 0, 460, map);
  }

  @Test
  void shouldTurnOverAllVolumeButOpenItWhereTradesWereLarge() {
    final MapUnderTest map = startedForLargeTrades(.05);
    trade(map, OTHER, 1_000, true);
    map.onOpenInterest(START, 1_000);
    assertBothSides(0, 1_000, 0, map);
    trade(map, ENTRY, 100, true);
    for (int i = 0; i < 100; i++) {
      trade(map, OTHER, 9, false);
    }
    map.onOpenInterest(START, 1_000);
    assertBothSides(50, 950, 0, map);
  }

  @Test
  void shouldOpenLongsOnlyWhereTakersBoughtAndShortsOnlyWhereTheySold() {
    final MapUnderTest map = started(0, 1);
    trade(map, ENTRY, 300, true);
    trade(map, OTHER, 100, false);
    map.onOpenInterest(START, 200);
    assertOpen(map, Side.LONG, 200, OTHER, 0);
    assertOpen(map, Side.SHORT, 0, OTHER, 200);
  }

  @Test
  void shouldNotKnowTheShortsWhereTakersOnlyBought() {
    final MapUnderTest map = started(0, 1);
    trade(map, ENTRY, 300, true);
    map.onOpenInterest(START, 200);
    assertOpen(200, map, Side.LONG, ENTRY);
    assertQuantity(0, map.unmapped(Side.LONG));
    assertQuantity(0, map.mapped(Side.SHORT));
    assertQuantity(200, map.unmapped(Side.SHORT));
  }

  @Test
  void shouldWeighTakersByTheLean() {
    final MapUnderTest map = started(0, .5);
    trade(map, ENTRY, 300, true);
    trade(map, OTHER, 100, false);
    map.onOpenInterest(START, 200);
    // Longs 300 · 1.5 to 100 · 0.5, shorts 300 · 0.5 to 100 · 1.5.
    assertOpen(map, Side.LONG, 180, OTHER, 20);
    assertOpen(map, Side.SHORT, 100, OTHER, 100);
  }
}
