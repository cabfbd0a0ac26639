package io.liqmap.engine.core.map;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.EntrySettings;
import io.liqmap.engine.core.model.ExitSettings;
import io.liqmap.engine.core.model.LeverageTier;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Who leaves when open interest falls. */
@ParameterizedClass
@EnumSource(MapKind.class)
final class ExitTest extends MapFixture {
  private static final long HALF_LIFE = 6 * HOUR;
  private static final ExitSettings BY_AGE = new ExitSettings(HALF_LIFE, 0);

  /** Ten buckets of gain double the chance of leaving. */
  private static final ExitSettings BY_GAIN = new ExitSettings(0, 10 * BPS);

  private static void open(
      final MapUnderTest map,
      final long at,
      final int entry,
      final double quantity,
      final double openInterest) {
    map.onTrade(at, priceOf(entry), quantity, true);
    map.onOpenInterest(at, openInterest);
  }

  @Test
  void shouldCloseAllByTheSameFactorWhereNothingWeighs() {
    final MapUnderTest map = map(RISES_ONLY);
    map.onMark(START, PRICE);
    map.onOpenInterest(START, 400);
    open(map, START, ENTRY, 100, 500);
    open(map, START + HOUR, ENTRY + 5, 200, 700);
    open(map, START + 9 * DAY, ENTRY + 10, 300, 1_000);
    map.onMark(START + 9 * DAY, priceOf(ENTRY + 40));
    map.onOpenInterest(START + 9 * DAY, 250);
    for (final Side side : Side.values()) {
      assertOpen(25, map, side, ENTRY);
      assertOpen(50, map, side, ENTRY + 5);
      assertOpen(75, map, side, ENTRY + 10);
      assertQuantity(100, map.unmapped(side));
    }
  }

  @Test
  void shouldCloseMoreOfTheOldThanOfTheYoung() {
    final MapUnderTest map = started(map(RISES_ONLY, BY_AGE));
    open(map, START, ENTRY, 100, 100);
    open(map, START + HALF_LIFE, ENTRY + 5, 100, 200);
    // Weights are 3/4 and 1/2: of 50, the old ones' part is 30.
    map.onOpenInterest(START + 2 * HALF_LIFE + SECOND, 150);
    for (final Side side : Side.values()) {
      assertOpen(70, map, side, ENTRY);
      assertOpen(80, map, side, ENTRY + 5);
      assertQuantity(150, map.mapped(side));
    }
  }

  @Test
  void shouldTakeTheMeanAgeOfABucket() {
    final MapUnderTest map = started(map(RISES_ONLY, BY_AGE));
    open(map, START, ENTRY, 100, 100);
    open(map, START + HALF_LIFE, ENTRY + 5, 100, 200);
    open(map, START + 2 * HALF_LIFE, ENTRY, 100, 300);
    // Both have a mean age of one half-life.
    map.onOpenInterest(START + 2 * HALF_LIFE + SECOND, 150);
    for (final Side side : Side.values()) {
      assertOpen(100, map, side, ENTRY);
      assertOpen(50, map, side, ENTRY + 5);
    }
  }

  @Test
  void shouldForgetTheAgeOfWhatWasSweptWhereATierIsNotGranted() {
    final List<LeverageTier> profile =
        List.of(TestSettings.tier(10, .6, 40e3), TestSettings.tier(125, .4, 590e3));
    final MapUnderTest map =
        map(
            TestSettings.of(
                BPS,
                TestSettings.undated(),
                TestSettings.model("test", profile, RISES_ONLY, BY_AGE)));
    map.onMark(START, priceOf(ENTRY - 20));
    map.onOpenInterest(START, 0);
    open(map, START, ENTRY, 100, 100);
    assertOpen(100, map, Side.LONG, ENTRY);
    map.onMark(START + HALF_LIFE, PRICE / 2);
    map.onMark(START + HALF_LIFE, PRICE);
    map.onOpenInterest(START + HALF_LIFE, 0);
    map.onTrade(START + HALF_LIFE, PRICE, 50, true);
    open(map, START + HALF_LIFE, ENTRY + 5, 50, 100);
    map.onOpenInterest(START + HALF_LIFE + HOUR, 50);
    assertOpen(25, map, Side.LONG, ENTRY);
    assertOpen(25, map, Side.LONG, ENTRY + 5);
  }

  @Test
  void shouldLetTheUnmappedRestLeaveWithTheFullChance() {
    final MapUnderTest map = map(RISES_ONLY, BY_AGE);
    map.onMark(START, PRICE);
    map.onOpenInterest(START, 100);
    open(map, START, ENTRY, 100, 200);
    map.onOpenInterest(START + HALF_LIFE + SECOND, 125);
    for (final Side side : Side.values()) {
      assertOpen(75, map, side, ENTRY);
      assertQuantity(50, map.unmapped(side));
    }
  }

  @Test
  void shouldCloseTheYoungestWhereNoOthersAreLeft() {
    final MapUnderTest map = started(map(RISES_ONLY, BY_AGE));
    open(map, START, ENTRY, 100, 100);
    map.onOpenInterest(START, 60);
    for (final Side side : Side.values()) {
      assertOpen(60, map, side, ENTRY);
      assertQuantity(0, map.unmapped(side));
    }
  }

  @Test
  void shouldCloseMoreOfThoseThatHaveGained() {
    final MapUnderTest map = started(map(RISES_ONLY, BY_GAIN));
    open(map, START, ENTRY, 100, 100);
    open(map, START, ENTRY + 10, 100, 200);
    map.onMark(START, priceOf(ENTRY + 10));
    map.onOpenInterest(START, 140);
    // Longs weigh 2 and 1, shorts 1/2 and 1.
    assertOpen(map, Side.LONG, 60, ENTRY + 10, 80);
    assertOpen(map, Side.SHORT, 80, ENTRY + 10, 60);
  }

  @Test
  void shouldTakeFromTheOthersWhatAnEmptiedBucketLeavesToGo() {
    final MapUnderTest map = started(map(RISES_ONLY, BY_GAIN));
    open(map, START, ENTRY, 100, 100);
    open(map, START, ENTRY + 80, 100, 200);
    map.onMark(START, priceOf(ENTRY + 80));
    map.onOpenInterest(START, 50);
    assertOpen(map, Side.LONG, 0, ENTRY + 80, 50);
    assertOpen(map, Side.SHORT, 50, ENTRY + 80, 0);
  }

  @Test
  void shouldMultiplyTheWeightsOfAgeAndGain() {
    final MapUnderTest map = started(map(RISES_ONLY, new ExitSettings(HALF_LIFE, 10 * BPS)));
    open(map, START, ENTRY, 100, 100);
    open(map, START + HALF_LIFE, ENTRY + 10, 100, 200);
    map.onMark(START + HALF_LIFE, priceOf(ENTRY + 10));
    map.onOpenInterest(START + 2 * HALF_LIFE + SECOND, 150);
    // Longs weigh 3/4 · 2 and 1/2, shorts 3/4 · 1/2 and 1/2.
    assertOpen(map, Side.LONG, 100 - 50 * .75, ENTRY + 10, 100 - 50 * .25);
    assertOpen(map, Side.SHORT, 100 - 50 * .375 / .875, ENTRY + 10, 100 - 50 * .5 / .875);
  }

  @Test
  void shouldSpareWhatHasJustBeenOpened() {
    final MapUnderTest map = started(map(RISES_ONLY, BY_AGE));
    open(map, START, ENTRY, 1_000, 1_000);
    map.onTrade(START + 10 * HALF_LIFE, priceOf(ENTRY + 5), 300, true);
    map.onOpenInterest(START + 10 * HALF_LIFE, 1_300);
    map.onOpenInterest(START + 10 * HALF_LIFE, 800);
    // 1023/1024 for the old, and 1/1024 for those of age 0.
    for (final Side side : Side.values()) {
      final double pressure = 500 / (1_000 * 1_023. / 1_024 + 300. / 1_024);
      assertOpen(1_000 * (1 - pressure * 1_023 / 1_024), map, side, ENTRY);
      assertOpen(300 * (1 - pressure / 1_024), map, side, ENTRY + 5);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 221", "6, 0, 222", "0, 50, 223", "1, 20, 224"})
  void shouldMeetTheOpenInterestUnderAnyExitOrder(
      final int halfLifeHours, final double profitBps, final long seed) {
    final ExitSettings exits = new ExitSettings(halfLifeHours * HOUR, profitBps);
    final MapUnderTest map = map(new EntrySettings(.2, .5, 0), exits);
    final RandomMarket market = new RandomMarket(seed, 1e-3, 20, 400);
    int updates = 0;
    for (int i = 0; i < 4_000; i++) {
      final MarketEvent event = market.next();
      event.applyTo(map);
      if (event.kind() == MarketEvent.Kind.OPEN_INTEREST) {
        updates++;
        for (final Side side : Side.values()) {
          assertQuantity(event.quantity(), map.mapped(side) + map.unmapped(side));
        }
      }
    }
    assertTrue(updates > 100, "open interest came too seldom");
  }
}
