package io.liqmap.engine.core.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.margin.Side;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sum for the hot path shows what the sum for reports shows. */
final class GroupDensityTest {
  private static final double TOLERANCE = 1e-9;
  private static final MapSettings SETTINGS =
      TestSettings.of(10, TestSettings.LADDER, .2, .5, TestSettings.undated());

  private static GroupDensity density(final GroupMap group) {
    return new GroupDensity(group, SETTINGS.models().get(0).leverages());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldShowWhatTheSnapshotShows(final long seed) {
    final GroupMarket market = new GroupMarket(SETTINGS, GroupMarket.MIXED, seed);
    final GroupDensity density = density(market.group());
    final SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 4_000; i++) {
      market.step();
      if (random.nextInt(100) == 0) {
        compare(market, density, market.time());
        // By then all but one are silent.
        compare(market, density, market.time() + GroupSettings.DEFAULT_SILENT / 2);
      }
    }
  }

  private static void compare(
      final GroupMarket market, final GroupDensity density, final long now) {
    density.project(now);
    final GroupSnapshot snapshot = GroupSnapshot.of(market.group(), 0, Window.ALL, now);
    for (final Side side : Side.values()) {
      final double all =
          Math.max(
              1e-9, snapshot.total(0, side) + snapshot.total(1, side) + snapshot.total(2, side));
      final int low = Math.min(snapshot.sum().firstBucket(side), density.first(side)) - 3;
      final int high =
          Math.max(
                  snapshot.sum().firstBucket(side) + snapshot.sum().bucketCount(side),
                  density.last(side))
              + 3;
      for (int bucket = low; bucket <= high; bucket++) {
        assertEquals(
            snapshot.sum().notional(side, bucket), density.notional(side, bucket), TOLERANCE * all);
      }
      for (int member = 0; member < market.group().members(); member++) {
        assertEquals(snapshot.total(member, side), density.total(member, side), TOLERANCE * all);
      }
      assertEquals(snapshot.sum().coverage(side), density.coverage(side), TOLERANCE);
      assertEquals(snapshot.sum().outOfReach(side), density.outOfReach(side), TOLERANCE);
      final int middle = (low + high) / 2;
      compareLeverages(snapshot.sum(), density, side, low, middle, all);
      compareLeverages(snapshot.sum(), density, side, middle + 1, high, all);
    }
  }

  private static void compareLeverages(
      final MapSnapshot snapshot,
      final GroupDensity density,
      final Side side,
      final int low,
      final int high,
      final double all) {
    final double[] found = new double[density.leverages()];
    density.byLeverage(side, low, high, found);
    for (int leverage = 0; leverage < found.length; leverage++) {
      double expected = 0;
      for (int bucket = low; bucket <= high; bucket++) {
        expected += snapshot.quantity(side, leverage, bucket) * snapshot.centre(bucket);
      }
      assertEquals(expected, found[leverage], TOLERANCE * all);
    }
  }

  @Test
  void shouldBeItsOnlyMembersDensity() {
    final GroupMarket market = new GroupMarket(SETTINGS, List.of(GroupMarket.MIXED.get(0)), 7);
    final GroupDensity density = density(market.group());
    for (int i = 0; i < 2_000; i++) {
      market.step();
    }
    density.project(market.time());
    final LiquidationDensity alone = market.map(0).density(0);
    for (final Side side : Side.values()) {
      assertTrue(alone.total(side) > 0);
      assertEquals(alone.first(side), density.first(side));
      assertEquals(alone.last(side), density.last(side));
      assertEquals(alone.total(side), density.total(0, side));
      for (int bucket = alone.first(side); bucket <= alone.last(side); bucket++) {
        assertEquals(alone.notional(side, bucket), density.notional(side, bucket));
      }
      final double[] expected = new double[density.leverages()];
      final double[] found = new double[density.leverages()];
      alone.byLeverage(side, alone.first(side), alone.last(side), expected);
      density.byLeverage(side, alone.first(side), alone.last(side), found);
      assertTrue(Arrays.equals(expected, found));
    }
  }
}
