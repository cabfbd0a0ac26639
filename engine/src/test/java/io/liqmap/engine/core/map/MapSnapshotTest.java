package io.liqmap.engine.core.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.core.clusters.Clusters;
import io.liqmap.engine.core.margin.Side;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MapSnapshotTest {
  @Test
  void shouldHaveNoBucketsWithoutPositions() {
    final FastInstrumentMap fresh = new FastInstrumentMap(TestSettings.ladder());
    final MapSnapshot image = MapSnapshot.of(fresh.map());
    for (final Side side : Side.values()) {
      assertEquals(0, image.bucketCount(side));
      assertEquals(0, image.firstBucket(side));
      assertEquals(0, image.mapped(side));
      assertEquals(0, image.coverage(side));
    }
    assertTrue(Clusters.of(image, ClusterSettings.DEFAULT).isEmpty());
  }

  @Test
  void shouldCoverNothingBeforeTheFirstOpenInterest() {
    final InstrumentMap map = FastInstrumentMap.of(TestSettings.ladder(), false);
    map.onMark(TestSettings.START, 60_000, 0, 0);
    map.onTrade(TestSettings.START + 1, 60_000, 100, true);
    final LiquidationDensity profile = map.density(0);
    profile.project();
    for (final Side side : Side.values()) {
      assertEquals(0, MapSnapshot.of(map).coverage(side));
      assertEquals(0, profile.coverage(side));
    }
  }

  @Test
  void shouldLetNothingOfAnOldHourIntoAWindowWhenOpenInterestIsLate() {
    final InstrumentMap map = FastInstrumentMap.of(TestSettings.ladder(), false);
    final long hour = 3_600_000_000_000L;
    map.onMark(TestSettings.START, 60_000, 0, 0);
    map.onOpenInterest(TestSettings.START, 100);
    map.onTrade(TestSettings.START + 1, 60_000, 100, true);
    map.onOpenInterest(TestSettings.START + hour / 2, 150);
    map.onMark(TestSettings.START + 20 * hour, 60_000, 0, 0);
    assertEquals(0, MapSnapshot.of(map, 0, Window.H12, map.time()).mapped(Side.LONG));
    assertTrue(MapSnapshot.of(map, 0, Window.D1, map.time()).mapped(Side.LONG) >= 50);
    assertEquals(
        0,
        MapSnapshot.of(map, 0, Window.D1, map.time() + 24 * hour).mapped(Side.LONG),
        "time may have advanced for other instruments alone");
  }

  @Test
  void shouldTakeTheFirstTradeForMarkHoweverLongMarkMayBeMissing() {
    final MapSettings ladder = TestSettings.ladder();
    final MapSettings patient =
        new MapSettings(
            ladder.resolutionBps(),
            Long.MAX_VALUE,
            ladder.openInterestStaleNanos(),
            ladder.models(),
            ladder.structure(),
            ladder.brackets(),
            Map.of());
    final InstrumentMap map = FastInstrumentMap.of(patient, false);
    map.onTrade(TestSettings.START, 60_000, 100, true);
    map.onOpenInterest(TestSettings.START + 1, 20);
    final MapSnapshot image = MapSnapshot.of(map);
    assertEquals(60_000, image.markPrice());
    assertEquals(1, image.coverage(Side.LONG), 1e-9);
    assertEquals(1, image.coverage(Side.SHORT), 1e-9);
  }

  @Test
  void shouldCoverTheSameShareOfAnInverseContractAtAnyDistance() {
    final InstrumentMap map = FastInstrumentMap.of(TestSettings.ladder(), true);
    map.onMark(TestSettings.START, 60_000, 0, 0);
    map.onOpenInterest(TestSettings.START, 60_000_000);
    map.onTrade(TestSettings.START + 1, 60_000, 60_000_000, true);
    map.onOpenInterest(TestSettings.START + 2, 120_000_000);
    final MapSnapshot image = MapSnapshot.of(map);
    for (final Side side : Side.values()) {
      assertEquals(.5, image.coverage(side), 1e-9, side + " opened half of all contracts");
    }
  }

  @Test
  void shouldNotKnowCoinsOfAnInverseContractWithoutAPrice() {
    final InstrumentMap map = FastInstrumentMap.of(TestSettings.ladder(), true);
    map.onOpenInterest(TestSettings.START, 1_000);
    final MapSnapshot image = MapSnapshot.of(map);
    assertTrue(Double.isNaN(image.openInterest()));
    assertTrue(Double.isNaN(image.unmapped(Side.LONG)));
  }
}
