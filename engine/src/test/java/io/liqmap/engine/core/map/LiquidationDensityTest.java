package io.liqmap.engine.core.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.margin.Contract;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The profile for the hot path shows what the image for reports shows. */
@Tag("slow")
final class LiquidationDensityTest {
  private static final double TOLERANCE = 1e-9;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldShowWhatTheImageShowsForEachModel(final boolean isInverse) {
    final MapSettings settings =
        TestSettings.of(
            10, TestSettings.undated(), TestSettings.allKinds(isInverse ? 1 : 6_000_000));
    final InstrumentMap map = FastInstrumentMap.of(settings, isInverse);
    final LiquidationDensity[] profiles = new LiquidationDensity[settings.models().size()];
    for (int model = 0; model < profiles.length; model++) {
      profiles[model] = map.density(model);
    }
    final RandomMarket market = new RandomMarket(7, 1e-3, 40);
    final FastInstrumentMap driven = new FastInstrumentMap(map, 0);
    for (int i = 0; i < 8_000; i++) {
      market.next().applyTo(driven);
      if (i % 61 == 0) {
        for (int model = 0; model < profiles.length; model++) {
          compare(
              MapSnapshot.of(map, model, Window.ALL, map.time()), profiles[model], "event " + i);
        }
      }
    }
  }

  private static void compare(
      final MapSnapshot image, final LiquidationDensity profile, final String place) {
    profile.project();
    for (final Side side : Side.values()) {
      final double total = profile.total(side);
      final double tolerance = TOLERANCE * Math.max(1, total);
      double sum = 0;
      final int low = image.firstBucket(side) - 2;
      final int high = image.firstBucket(side) + image.bucketCount(side) + 2;
      for (int bucket = low; bucket <= high; bucket++) {
        assertEquals(
            image.notional(side, bucket), profile.notional(side, bucket), tolerance, place);
        sum += profile.notional(side, bucket);
      }
      assertEquals(total, sum, tolerance, place);
      final double[] byLeverage = new double[profile.leverages()];
      profile.byLeverage(side, low, high, byLeverage);
      assertEquals(total, Arrays.stream(byLeverage).sum(), tolerance, place);
      for (int leverage = 0; leverage < byLeverage.length; leverage++) {
        double shown = 0;
        for (int bucket = low; bucket <= high; bucket++) {
          shown += image.quantity(side, leverage, bucket) * image.centre(bucket);
        }
        assertEquals(shown, byLeverage[leverage], tolerance, place);
      }
      if (total > 0) {
        assertTrue(profile.notional(side, profile.first(side)) > 0, place);
        assertTrue(profile.notional(side, profile.last(side)) > 0, place);
      }
    }
  }

  /**
   * Sweeps, updates, tilts, new terms, folds, exits by weight, spans that slide and grow, restarts:
   * wild and calm markets, each with and without long pauses.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 6})
  void shouldProjectChangesToTheBitsOfAWholeProjection(final long seed) {
    final DifferentialCase drawn = new DifferentialCase(seed);
    final SplittableRandom random = new SplittableRandom(seed);
    final RandomMarket market =
        new RandomMarket(seed, seed % 2 == 0 ? 1e-3 : 1e-4, 40, seed % 3 == 0 ? 4_000 : 1);
    LiquidationMaps maps = maps(drawn);
    for (int i = 0; i < 2_000; i++) {
      market.next().applyTo(maps.of(0));
      if (random.nextInt(i % 1_000 < 100 ? 2 : 20) == 0) {
        final LiquidationMaps fresh = restarted(drawn, maps);
        final int model = random.nextInt(drawn.settings.models().size());
        requireSameBits(fresh.of(0).density(model), maps.of(0).density(model), "event " + i);
        maps = random.nextInt(50) == 0 ? fresh : maps;
      }
    }
  }

  private static LiquidationMaps maps(final DifferentialCase drawn) {
    final LiquidationMaps maps = new LiquidationMaps(drawn.settings, 1);
    final Contract contract = drawn.isInverse ? Contract.INVERSE : Contract.LINEAR;
    final String symbol = FastInstrumentMap.SYMBOL;
    final String venue = FastInstrumentMap.VENUE;
    maps.define(new Instrument(0, symbol, venue, contract, "BASE", "QUOTE", .5, .25));
    return maps;
  }

  private static LiquidationMaps restarted(
      final DifferentialCase drawn, final LiquidationMaps maps) {
    final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    final StateWriter out = new StateWriter(buffer);
    maps.encode(out);
    final LiquidationMaps again = maps(drawn);
    again.decode(new StateReader(buffer, 0, out.position()));
    return again;
  }

  private static void requireSameBits(
      final LiquidationDensity whole, final LiquidationDensity changed, final String place) {
    whole.project();
    changed.project();
    for (final Side side : Side.values()) {
      assertEquals(whole.first(side), changed.first(side), place);
      assertEquals(whole.last(side), changed.last(side), place);
      for (int bucket = whole.first(side); bucket <= whole.last(side); bucket++) {
        assertEquals(whole.notional(side, bucket), changed.notional(side, bucket), place);
      }
      assertEquals(whole.total(side), changed.total(side), place);
      assertEquals(whole.coverage(side), changed.coverage(side), place);
    }
  }

  @Test
  void shouldBeEmptyBeforeTheFirstTrade() {
    final LiquidationDensity profile =
        FastInstrumentMap.of(TestSettings.ladder(), false).density(0);
    profile.project();
    for (final Side side : Side.values()) {
      assertTrue(profile.first(side) > profile.last(side));
      assertEquals(0, profile.total(side));
      assertEquals(0, profile.notional(side, 17_000));
    }
  }

  @Test
  void shouldKnowWhenOpenPositionsHaveChanged() {
    final InstrumentMap map = FastInstrumentMap.of(TestSettings.ladder(), false);
    final long at = TestSettings.START;
    map.onMark(at, 60_000, 0, 0);
    final long fresh = map.revision();
    map.onMark(at + 1, 60_100, 0, 0);
    assertEquals(fresh, map.revision(), "mark moved over nothing");
    map.onTrade(at + 2, 60_100, 10, true);
    final long traded = map.revision();
    assertNotEquals(fresh, traded);
    map.onOpenInterest(at + 3, 100);
    final long settled = map.revision();
    assertNotEquals(traded, settled);
    map.onMark(at + 4, 50_000, 0, 0);
    assertNotEquals(settled, map.revision(), "longs were swept");
  }
}
