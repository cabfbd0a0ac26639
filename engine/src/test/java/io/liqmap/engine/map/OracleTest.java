package io.liqmap.engine.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.margin.Brackets;
import io.liqmap.engine.margin.DatedBrackets;
import io.liqmap.engine.margin.Side;
import io.liqmap.engine.model.LeverageTier;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast map gives what the naive one gives. */
final class OracleTest {
  private static final double TOLERANCE = 1e-9;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void shouldAgreeInACalmMarket(final long seed) {
    compare(seed, TestSettings.ladder(), new RandomMarket(seed, 5e-5, 50), 20_000, 1);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void shouldAgreeInAWildMarket(final long seed) {
    compare(seed, TestSettings.ladder(), new RandomMarket(seed, 2e-3, 30), 6_000, 3);
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24})
  void shouldAgreeWhenPriceLeavesTheWindow(final long seed) {
    final MapSettings fine =
        TestSettings.of(1, TestSettings.LADDER, .1, .3, TestSettings.undated());
    final FastInstrumentMap fast = compare(seed, fine, new RandomMarket(seed, 1e-3, 60), 6_000, 10);
    assertTrue(fast.map().size() > 1_024, "the window never grew");
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33, 34, 35, 36})
  void shouldAgreeWhenBracketsChange(final long seed) {
    final DatedBrackets brackets =
        seed % 2 == 0
            ? TestSettings.changing(Brackets.btcusdt2021(), Brackets.btcusdt2024())
            : TestSettings.changing(Brackets.btcusdt2024(), Brackets.solusdt2024());
    final List<LeverageTier> profile =
        List.of(new LeverageTier(8, .4, 900e3), new LeverageTier(45, .6, 90e3));
    compare(
        seed,
        TestSettings.of(5, profile, .3, 1, brackets),
        new RandomMarket(seed, 3e-4, 40),
        12_000,
        1);
  }

  @ParameterizedTest
  @ValueSource(longs = {41, 42, 43})
  void shouldAgreeAtTheLimitsOfTheModel(final long seed) {
    final double turnover = seed == 41 ? 1 : 0;
    final double takerLean = seed == 43 ? 0 : 1;
    compare(
        seed,
        TestSettings.of(20, TestSettings.LADDER, turnover, takerLean, TestSettings.undated()),
        new RandomMarket(seed, 1e-3, 25),
        6_000,
        2);
  }

  @Test
  void shouldAgreeOverALongFeed() {
    compare(
        51,
        TestSettings.of(10, TestSettings.LADDER, .2, .5, TestSettings.undated()),
        new RandomMarket(51, 2e-4, 250),
        100_000,
        20);
  }

  private static FastInstrumentMap compare(
      final long seed,
      final MapSettings settings,
      final RandomMarket market,
      final int events,
      final int updatesPerComparison) {
    final FastInstrumentMap fast = new FastInstrumentMap(settings);
    final NaiveInstrumentMap naive = new NaiveInstrumentMap(settings);
    double openInterest = 0;
    int updates = 0;
    for (int i = 0; i < events; i++) {
      final MarketEvent event = market.next();
      event.applyTo(fast);
      event.applyTo(naive);
      if (event.kind() == MarketEvent.Kind.OPEN_INTEREST) {
        openInterest = event.quantity();
        if (updates++ % updatesPerComparison == 0) {
          assertSame("seed " + seed + ", event " + i, fast, naive, openInterest);
        }
      }
    }
    assertSame("seed " + seed + ", at the end", fast, naive, openInterest);
    assertTrue(naive.sweptQuantity(Side.LONG) > 0 && naive.sweptQuantity(Side.SHORT) > 0);
    return fast;
  }

  private static void assertSame(
      final String where,
      final FastInstrumentMap fast,
      final NaiveInstrumentMap naive,
      final double openInterest) {
    assertEquals(naive.markBucket(), fast.markBucket(), where);
    for (final Side side : Side.values()) {
      final String place = where + ", " + side;
      final double tolerance = TOLERANCE * Math.max(1, openInterest);
      assertEquals(naive.unmapped(side), fast.unmapped(side), tolerance, place + ", unmapped");
      assertEquals(
          naive.sweptQuantity(side),
          fast.sweptQuantity(side),
          TOLERANCE * Math.max(1, naive.sweptQuantity(side)),
          place + ", swept quantity");
      assertEquals(
          naive.sweptNotional(side),
          fast.sweptNotional(side),
          TOLERANCE * Math.max(1, naive.sweptNotional(side)),
          place + ", swept notional");
      assertSameBuckets(place, naive.standing(side), fast.standing(side), tolerance);
    }
  }

  private static void assertSameBuckets(
      final String place,
      final SortedMap<Integer, double[]> expected,
      final SortedMap<Integer, double[]> actual,
      final double tolerance) {
    final TreeSet<Integer> buckets = new TreeSet<>(expected.keySet());
    buckets.addAll(actual.keySet());
    for (final int bucket : buckets) {
      final double[] naive = expected.get(bucket);
      final double[] fast = actual.get(bucket);
      final int tiers = naive == null ? fast.length : naive.length;
      for (int tier = 0; tier < tiers; tier++) {
        final double difference =
            (naive == null ? 0 : naive[tier]) - (fast == null ? 0 : fast[tier]);
        if (!(Math.abs(difference) <= tolerance)) {
          throw new AssertionError(
              place
                  + ", bucket "
                  + bucket
                  + ", tier "
                  + tier
                  + ": the naive map is higher by "
                  + difference);
        }
      }
    }
  }
}
