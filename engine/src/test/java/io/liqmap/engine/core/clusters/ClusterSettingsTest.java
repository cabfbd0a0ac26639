package io.liqmap.engine.core.clusters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings within and without their ranges. */
final class ClusterSettingsTest {
  private static final long SECOND = ClusterMarket.SECOND;

  private static ClusterSettings with(final String name, final double value) {
    final ClusterSettings base = ClusterMarket.SETTINGS;
    final double bornAt = name.equals("bornAt") ? value : base.bornAt();
    return new ClusterSettings(
        name.equals("aroundBps") ? value : base.aroundBps(),
        bornAt,
        name.equals("keptAt") ? value : Math.min(bornAt, base.keptAt()),
        name.equals("bridged") ? (int) value : base.bridged(),
        name.equals("changed") ? value : base.changed(),
        name.equals("refreshNanos") ? (long) value : base.refreshNanos(),
        name.equals("horizonsNanos") ? List.of((long) value) : base.horizonsNanos(),
        name.equals("deadBandBps") ? value : base.deadBandBps(),
        name.equals("halfLifeNanos") ? (long) value : base.halfLifeNanos(),
        name.equals("cascadeShockBps") ? value : base.cascadeShockBps(),
        name.equals("cascadeReach") ? value : base.cascadeReach());
  }

  @ParameterizedTest
  @CsvSource({
    "aroundBps, -1, 0, 5000, 5001",
    "bornAt, .99, 1, 100, 101",
    "keptAt, .09, .1, 2, 2.01",
    "bridged, -1, 0, 100, 101",
    "changed, .009, .01, 10, 11",
    "refreshNanos, 999999, 1000000, 3600e9, 3601e9",
    "horizonsNanos, 999999999, 1e9, 2592e12, 2593e12",
    "deadBandBps, -.1, 0, 1000, 1001",
    "halfLifeNanos, 59e9, 60e9, 31536e13, 31537e13",
    "cascadeShockBps, .9, 1, 5000, 5001",
    "cascadeReach, 1, 1.01, 100, 101"
  })
  void shouldTakeTheEndsOfTheRangesAndNothingBeyond(
      final String name,
      final double below,
      final double least,
      final double most,
      final double above) {
    with(name, least);
    with(name, most);
    for (final double value : new double[] {below, above}) {
      final Exception refused =
          assertThrows(IllegalArgumentException.class, () -> with(name, value));
      assertTrue(refused.getMessage().startsWith(name + " has to "), refused.getMessage());
    }
  }

  @Test
  void shouldRefuseWhatIsNoNumber() {
    for (final String name : List.of("bornAt", "keptAt", "changed", "cascadeReach")) {
      assertThrows(IllegalArgumentException.class, () -> with(name, Double.NaN), name);
    }
  }

  @Test
  void shouldRefuseHorizonsThatDoNotRise() {
    final List<List<Long>> wrong =
        List.of(
            List.of(),
            List.of(5 * SECOND, 5 * SECOND),
            List.of(5 * SECOND, 4 * SECOND),
            List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L));
    for (final List<Long> horizons : wrong) {
      assertThrows(IllegalArgumentException.class, () -> withHorizons(horizons), "" + horizons);
    }
  }

  @Test
  void shouldKeepItsOwnHorizons() {
    final List<Long> horizons = new ArrayList<>(List.of(SECOND));
    final ClusterSettings settings = withHorizons(horizons);
    horizons.clear();
    assertEquals(List.of(SECOND), settings.horizonsNanos());
  }

  private static ClusterSettings withHorizons(final List<Long> horizons) {
    return new ClusterSettings(0, 2, 1.2, 2, .25, SECOND, horizons, 5, 60 * SECOND, 100, 2);
  }
}
