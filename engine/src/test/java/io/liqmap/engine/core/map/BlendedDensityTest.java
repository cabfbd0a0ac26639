package io.liqmap.engine.core.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.margin.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What views show of models, consensus and windows is what reports show. */
final class BlendedDensityTest {
  private static final double TOLERANCE = 1e-9;

  /** Some days in all. */
  private static final int STRETCH = 2_000;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldShowWhatSnapshotsShow(final boolean isInverse) {
    final MapSettings settings =
        TestSettings.of(
            10, TestSettings.undated(), TestSettings.allKinds(isInverse ? 1 : 6_000_000));
    final InstrumentMap map = FastInstrumentMap.of(settings, isInverse);
    final List<MapVariant> variants = new ArrayList<>();
    final List<BlendedDensity> densities = new ArrayList<>();
    for (int model = MapVariant.CONSENSUS; model < 2; model++) {
      for (final Window window : List.of(Window.ALL, Window.H12, Window.D3)) {
        variants.add(new MapVariant(model, window));
        densities.add(new BlendedDensity(map, variants.get(variants.size() - 1)));
      }
    }
    final RandomMarket market = new RandomMarket(7, 1e-3, 40, STRETCH);
    final FastInstrumentMap driven = new FastInstrumentMap(map, 0);
    int apart = 0;
    for (int i = 0; i < 4_000; i++) {
      market.next().applyTo(driven);
      if (i % 97 == 0) {
        for (int v = 0; v < variants.size(); v++) {
          final BlendedDensity density = densities.get(v);
          density.project(map.time());
          final String place = "event " + i + ", " + variants.get(v).name(settings);
          compare(map, variants.get(v), density, place);
          apart += density.on(Side.LONG).dispersion() > .01 ? 1 : 0;
        }
      }
    }
    assertTrue(apart > 50, "models that agree show nothing: " + apart);
  }

  private static void compare(
      final InstrumentMap map,
      final MapVariant variant,
      final BlendedDensity density,
      final String place) {
    final double[] shares = variant.shares(map.settings());
    final List<MapSnapshot> snapshots = new ArrayList<>();
    for (int model = 0; model < shares.length; model++) {
      if (shares[model] > 0) {
        snapshots.add(MapSnapshot.of(map, model, variant.window(), map.time()));
      }
    }
    final double[] weights = Arrays.stream(shares).filter((share) -> share > 0).toArray();
    final MapSnapshot mean = MapSnapshot.consensus(snapshots, weights);
    assertEquals(mean.since(), density.since(), place);
    for (final Side side : Side.values()) {
      final BlendedSide blended = density.on(side);
      final int low = mean.firstBucket(side) - 3;
      final int high = mean.firstBucket(side) + mean.bucketCount(side) + 3;
      double all = 0;
      for (int bucket = low; bucket <= high; bucket++) {
        all += mean.notional(side, bucket);
      }
      final double tolerance = TOLERANCE * Math.max(1, all);
      double shown = 0;
      for (int bucket = blended.first(); bucket <= blended.last(); bucket++) {
        shown += blended.notional(bucket);
      }
      assertEquals(all, shown, tolerance, place);
      for (int bucket = low; bucket <= high; bucket++) {
        assertEquals(mean.notional(side, bucket), blended.notional(bucket), tolerance, place);
      }
      assertEquals(mean.coverage(side), blended.coverage(), TOLERANCE, place);
      assertEquals(mean.outOfReach(side), blended.outOfReach(), TOLERANCE, place);
      double dispersion = 0;
      double swept = 0;
      for (int model = 0, i = 0; model < shares.length; model++) {
        swept += shares[model] * map.sweptNotional(model, side);
        if (shares[model] > 0) {
          dispersion += shares[model] * snapshots.get(i++).disagreement(side, mean);
        }
      }
      assertEquals(dispersion, blended.dispersion(), 1e-6, place);
      assertEquals(swept, density.sweptNotional(side), TOLERANCE * Math.max(1, swept), place);
      compareLeverages(mean, density, side, low, high, tolerance, place);
    }
  }

  private static void compareLeverages(
      final MapSnapshot mean,
      final BlendedDensity density,
      final Side side,
      final int low,
      final int high,
      final double tolerance,
      final String place) {
    final double[] byLeverage = new double[density.leverages()];
    final int middle = (low + high) / 2;
    density.byLeverage(side, low, middle, byLeverage);
    assertEquals(mean.leverages(), density.leverages());
    for (int leverage = 0; leverage < byLeverage.length; leverage++) {
      assertEquals(mean.leverage(leverage), density.leverage(leverage));
      double expected = 0;
      for (int bucket = low; bucket <= middle; bucket++) {
        expected += mean.quantity(side, leverage, bucket) * mean.centre(bucket);
      }
      assertEquals(expected, byLeverage[leverage], tolerance, place);
    }
  }

  @Test
  void shouldFindMapsByTheirNames() {
    final MapSettings settings =
        TestSettings.of(10, TestSettings.undated(), TestSettings.allKinds(6_000_000));
    for (int model = MapVariant.CONSENSUS; model < settings.models().size(); model++) {
      for (final Window window : Window.values()) {
        final MapVariant variant = new MapVariant(model, window);
        assertEquals(variant, MapVariant.of(variant.name(settings), settings));
      }
    }
    assertEquals(MapVariant.FIRST, MapVariant.of("first", settings));
    assertThrows(IllegalArgumentException.class, () -> MapVariant.of("other", settings));
    assertThrows(IllegalArgumentException.class, () -> MapVariant.of("consensus/2h", settings));
  }
}
