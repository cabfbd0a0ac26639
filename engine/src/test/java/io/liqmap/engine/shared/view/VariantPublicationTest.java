package io.liqmap.engine.shared.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.clusters.Cluster;
import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.core.clusters.Clusters;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.map.MapSettings;
import io.liqmap.engine.core.map.MapSnapshot;
import io.liqmap.engine.core.map.MapVariant;
import io.liqmap.engine.core.map.RandomMarket;
import io.liqmap.engine.core.map.TestSettings;
import io.liqmap.engine.core.map.Window;
import io.liqmap.engine.core.margin.Side;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Maps beside the first model's whole one. */
final class VariantPublicationTest {
  private static final double TOLERANCE = 1e-9;
  private static final int BUCKETS = 96;
  private static final List<String> NAMES = List.of("first", "consensus", "consensus/12h", "1/3d");

  private final MapSettings settings =
      TestSettings.of(
          ViewMarket.WIDTH_BPS, TestSettings.undated(), TestSettings.allKinds(6_000_000));
  private final List<String> names = new ArrayList<>();
  private final ViewMemory memory;
  private final ViewMarket market;
  private final List<VariantWriter> writers = new ArrayList<>();

  VariantPublicationTest() {
    for (final String name : NAMES) {
      names.add(name.startsWith("1/") ? settings.models().get(1).name() + "/3d" : name);
    }
    memory =
        ViewMemory.inProcess(new ViewSettings(2, BUCKETS, 64, 64, names, ViewMarket.WIDTH_BPS));
    market = new ViewMarket(memory, settings, false);
    for (int number = 1; number < names.size(); number++) {
      writers.add(
          new VariantWriter(
              memory,
              0,
              number,
              market.map,
              market.book,
              ClusterSettings.DEFAULT,
              MapVariant.of(names.get(number), settings),
              null));
    }
  }

  private void publish() {
    market.publish();
    for (final VariantWriter writer : writers) {
      writer.publish(market.sequence, market.map.time(), market.book.quality(), 3, 4);
    }
  }

  @Test
  void shouldGiveBackWhatSnapshotsShow() {
    final RandomMarket events = new RandomMarket(11, 1e-3, 40, 1_000);
    final List<ViewReader> readers = new ArrayList<>();
    for (int number = 1; number < names.size(); number++) {
      readers.add(new ViewReader(memory, 0, number));
    }
    int clusters = 0;
    for (int i = 1; i <= 4_000; i++) {
      market.apply(events.next());
      if (i % 203 == 0) {
        publish();
        for (int number = 1; number < names.size(); number++) {
          final ViewReader reader = readers.get(number - 1);
          assertTrue(reader.refresh());
          final MapVariant variant = MapVariant.of(names.get(number), settings);
          compare(market.map, variant, reader, "event " + i + ", " + names.get(number));
          clusters += reader.clusters();
        }
      }
    }
    assertTrue(clusters > 100, clusters + " clusters");
  }

  private void compare(
      final InstrumentMap map,
      final MapVariant variant,
      final ViewReader reader,
      final String place) {
    final MapSnapshot image = image(map, variant);
    assertEquals(market.sequence, reader.sequence(), place);
    assertEquals(market.sequence, reader.bodySequence(), place);
    assertEquals(3, reader.missing(), place);
    assertEquals(4, reader.rejected(), place);
    assertEquals(image.markPrice(), reader.markPrice(), place);
    assertEquals(image.openInterest(), reader.openInterest(), place);
    assertEquals(market.book.volatility(), reader.volatility(), place);
    for (final Side side : Side.values()) {
      assertEquals(image.coverage(side), reader.coverage(side), TOLERANCE, place);
      assertEquals(image.outOfReach(side), reader.outOfReach(side), TOLERANCE, place);
      assertEquals(variant.isConsensus(), reader.dispersion(side) >= 0, place);
      final double[] cumulative = reader.cumulative(side);
      double all = 0;
      for (int i = 0; i < image.bucketCount(side); i++) {
        all += image.notional(side, image.firstBucket(side) + i);
      }
      final double tolerance = TOLERANCE * Math.max(1, all);
      double sum = 0;
      for (int i = 0; i < BUCKETS; i++) {
        sum += image.notional(side, reader.anchorBucket() - side.sign() * i);
        assertEquals(sum, cumulative[i], tolerance, place);
      }
      assertEquals(all - sum, reader.beyond(side), tolerance, place);
    }
    compareClusters(image, reader, place);
  }

  private MapSnapshot image(final InstrumentMap map, final MapVariant variant) {
    if (!variant.isConsensus()) {
      return MapSnapshot.of(map, variant.model(), variant.window(), map.time());
    }
    final List<MapSnapshot> images = new ArrayList<>();
    for (int model = 0; model < settings.models().size(); model++) {
      images.add(MapSnapshot.of(map, model, variant.window(), map.time()));
    }
    return MapSnapshot.consensus(images, variant.shares(settings));
  }

  private static void compareClusters(
      final MapSnapshot image, final ViewReader reader, final String place) {
    final List<Cluster> clusters = Clusters.of(image, ClusterSettings.DEFAULT);
    assertEquals(clusters.size(), reader.clusters(), place);
    for (int i = 0; i < reader.clusters(); i++) {
      final int low = reader.clusterLowBucket(i);
      final Side side = reader.clusterSide(i);
      final Cluster same =
          clusters.stream()
              .filter((cluster) -> cluster.side() == side && cluster.lowBucket() == low)
              .findFirst()
              .orElseThrow();
      assertEquals(0, reader.clusterId(i), place);
      assertEquals(same.highBucket(), reader.clusterHighBucket(i), place);
      assertEquals(same.peakBucket(), reader.clusterPeakBucket(i), place);
      final double tolerance = TOLERANCE * same.notional();
      assertEquals(same.notional(), reader.clusterNotional(i), tolerance, place);
      double byLeverage = 0;
      for (int leverage = 0; leverage < reader.leverages(); leverage++) {
        byLeverage += reader.clusterNotional(i, leverage);
      }
      assertEquals(same.notional(), byLeverage, tolerance, place);
    }
  }

  @Test
  void shouldNameTheMapsOfAnInstrument() {
    assertEquals(-1, memory.map(0, "consensus"), "nothing is published yet");
    market.mark(ViewMarket.FIRST_PRICE);
    publish();
    assertEquals(settings.models().get(0).name(), memory.mapName(0, 0));
    assertEquals(1, memory.map(0, "consensus"));
    assertEquals(3, memory.map(0, names.get(3)));
    assertEquals(-1, memory.map(0, "other"));
    assertEquals(0, memory.instrument(ViewMarket.SYMBOL));
    assertEquals(2, memory.instruments());
    assertEquals(4, memory.maps());
    assertFalse(new ViewReader(memory, 1, 1).refresh());
    assertThrows(IllegalArgumentException.class, () -> new ViewReader(memory, 0, 4));
    assertThrows(IllegalArgumentException.class, () -> new ViewReader(memory, 2, 0));
    final MapVariant variant = new MapVariant(MapVariant.CONSENSUS, Window.ALL);
    assertThrows(
        IllegalStateException.class,
        () ->
            new VariantWriter(
                memory, 0, 1, market.map, market.book, ClusterSettings.DEFAULT, variant, null));
  }

  @Test
  void shouldAllocateNothingToPublish() {
    final RandomMarket events = new RandomMarket(11, 1e-3, 40);
    for (int i = 0; i < 3_000; i++) {
      market.apply(events.next());
    }
    final long price = market.map.markPrice();
    final var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    final long thread = Thread.currentThread().getId();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 4; round++) {
      final long before = threads.getThreadAllocatedBytes(thread);
      for (int i = 0; i < 50; i++) {
        market.map.onTrade(market.map.time(), price, 1, true);
        for (int of = 0; of < writers.size(); of++) {
          writers.get(of).publish(market.sequence, market.map.time(), 0, 0, 0);
        }
      }
      least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
    }
    assertEquals(0, least);
  }
}
