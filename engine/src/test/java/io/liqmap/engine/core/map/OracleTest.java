package io.liqmap.engine.core.map;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.margin.Bracket;
import io.liqmap.engine.core.margin.BracketTable;
import io.liqmap.engine.core.margin.Brackets;
import io.liqmap.engine.core.margin.Dated;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.EntrySettings;
import io.liqmap.engine.core.model.ExitSettings;
import io.liqmap.engine.core.model.LeverageTier;
import io.liqmap.engine.core.model.ModelSettings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast map gives what the naive one gives. */
@Tag("slow")
final class OracleTest {
  /** Maps are compared so many times more seldom: {@code -Dliqmap.oracle.step=1} for always. */
  private static final int STEP = Integer.getInteger("liqmap.oracle.step", 4);

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void shouldAgreeInACalmMarket(final long seed) {
    compare(seed, TestSettings.ladder(), new RandomMarket(seed, 5e-5, 50), 20_000, 1);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12})
  void shouldAgreeInAWildMarket(final long seed) {
    compare(seed, TestSettings.ladder(), new RandomMarket(seed, 2e-3, 30), 6_000, 3);
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22})
  void shouldAgreeWhenPriceLeavesTheWindow(final long seed) {
    final MapSettings fine =
        TestSettings.of(1, TestSettings.LADDER, .1, .3, TestSettings.undated());
    final InstrumentMap map = compare(seed, fine, new RandomMarket(seed, 1e-3, 60), 6_000, 10);
    assertTrue(map.span().size() > BucketSpan.INITIAL_SIZE, "the span never grew");
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32})
  void shouldAgreeWhenBracketsChange(final long seed) {
    final Dated<BracketTable> brackets =
        seed % 2 == 0
            ? TestSettings.changing(Brackets.btcusdt2021(), Brackets.btcusdt2024())
            : TestSettings.changing(Brackets.btcusdt2024(), Brackets.solusdt2024());
    final List<LeverageTier> profile =
        List.of(TestSettings.tier(8, .4, 900e3), TestSettings.tier(45, .6, 90e3));
    compare(
        seed,
        TestSettings.of(5, profile, .3, 1, brackets),
        new RandomMarket(seed, 3e-4, 40),
        12_000,
        1);
  }

  @ParameterizedTest
  @ValueSource(longs = {37, 38})
  void shouldAgreeWhenTheVenueGrantsMoreLeverageThanBefore(final long seed) {
    final BracketTable strict = new BracketTable(List.of(new Bracket(0, 1e12, .004, 0, 30)));
    final BracketTable lax = new BracketTable(List.of(new Bracket(0, 1e12, .004, 0, 125)));
    compare(
        seed,
        TestSettings.of(5, TestSettings.LADDER, .3, 1, TestSettings.changing(strict, lax)),
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
        200_000 / STEP,
        20);
  }

  @ParameterizedTest
  @ValueSource(longs = {61, 62})
  void shouldAgreeForEveryModelOverOneFeed(final long seed) {
    final MapSettings settings =
        TestSettings.of(10, TestSettings.undated(), TestSettings.allKinds(6e6));
    compare(seed, settings, new RandomMarket(seed, seed % 2 == 0 ? 2e-4 : 1.5e-3, 40), 8_000, 2);
  }

  @ParameterizedTest
  @ValueSource(longs = {71, 72})
  void shouldAgreeForInverseContracts(final long seed) {
    final MapSettings settings =
        TestSettings.of(10, TestSettings.undated(), TestSettings.allKinds(1));
    compare(
        seed,
        settings,
        FastInstrumentMap.of(settings, true),
        new RandomMarket(seed, 1e-3, 40),
        6_000,
        2);
  }

  @ParameterizedTest
  @ValueSource(longs = {91, 93, 95})
  void shouldAgreeWhenAnInverseContractRefreshesItsBrackets(final long seed) {
    final ModelSettings model =
        TestSettings.model(
            "test",
            List.of(TestSettings.tier(10, .6, 300e6), TestSettings.tier(50, .4, 30e6)),
            new EntrySettings(.2, .5, 0),
            ExitSettings.PROPORTIONAL);
    final MapSettings settings =
        TestSettings.withOwnBrackets(
            TestSettings.of(5, TestSettings.undated(), model), Brackets.inCoin());
    final InstrumentMap map = FastInstrumentMap.of(settings, true);
    compare(seed, settings, map, new RandomMarket(seed, 4e-3, 40), 6_000, 2);
    final double moved = Math.abs(Math.log(map.markPrice() / 6e6));
    assertTrue(moved > Math.log(1.25), "price is back where it began");
  }

  @ParameterizedTest
  @ValueSource(longs = {81, 82})
  void shouldAgreeOnEachWindowOverWeeks(final long seed) {
    final MapSettings settings =
        TestSettings.of(20, TestSettings.undated(), TestSettings.allKinds(6e6));
    compare(seed, settings, new RandomMarket(seed, 1e-3, 20, 4_000), 12_000, 7);
  }

  private static InstrumentMap compare(
      final long seed,
      final MapSettings settings,
      final RandomMarket market,
      final int events,
      final int updatesPerComparison) {
    final InstrumentMap map = FastInstrumentMap.of(settings, false);
    compare(seed, settings, map, market, events, updatesPerComparison);
    return map;
  }

  private static void compare(
      final long seed,
      final MapSettings settings,
      final InstrumentMap map,
      final RandomMarket market,
      final int events,
      final int updatesPerComparison) {
    final List<NaiveInstrumentMap> naive = new ArrayList<>();
    for (int model = 0; model < settings.models().size(); model++) {
      naive.add(new NaiveInstrumentMap(settings, model, map.instrument().isInverse()));
    }
    double openInterest = 0;
    int updates = 0;
    for (int i = 0; i < events; i++) {
      final MarketEvent event = market.next();
      event.applyTo(map);
      naive.forEach(event::applyTo);
      if (event.kind() == MarketEvent.Kind.OPEN_INTEREST) {
        openInterest = event.quantity();
        if (updates++ % (STEP * updatesPerComparison) == 0) {
          MapAgreement.assertSame("seed " + seed + ", event " + i, map, naive, openInterest);
        }
      }
    }
    MapAgreement.assertSame("seed " + seed + ", at the end", map, naive, openInterest);
    for (final NaiveInstrumentMap model : naive) {
      assertTrue(model.sweptQuantity(Side.LONG) > 0 && model.sweptQuantity(Side.SHORT) > 0);
    }
  }
}
