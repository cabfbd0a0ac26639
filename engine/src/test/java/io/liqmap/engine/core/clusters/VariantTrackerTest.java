package io.liqmap.engine.core.clusters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.liqmap.engine.core.map.Instrument;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.map.LiquidationMaps;
import io.liqmap.engine.core.map.MapSettings;
import io.liqmap.engine.core.map.MapVariant;
import io.liqmap.engine.core.map.MarketEvent;
import io.liqmap.engine.core.map.RandomMarket;
import io.liqmap.engine.core.map.TestSettings;
import io.liqmap.engine.core.map.Window;
import io.liqmap.engine.core.margin.Contract;
import io.liqmap.engine.core.margin.Side;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clusters and events of further maps of an instrument. */
final class VariantTrackerTest {
  private static final long SECOND = 1_000_000_000L;

  /** A shock is small, so that there are warnings. */
  private static final ClusterSettings SETTINGS =
      new ClusterSettings(
          300, 2, 1.2, 2, .25, 10 * SECOND, List.of(30 * SECOND), 5, 600 * SECOND, 50, 1.1);

  private static final MapSettings ONE_MODEL =
      TestSettings.of(10, TestSettings.LADDER, .2, .5, TestSettings.undated());
  private static final MapSettings MODELS =
      TestSettings.of(
          20, TestSettings.undated(), Arrays.copyOf(TestSettings.allKinds(6_000_000), 3));

  /** An instrument with one further map. */
  private static final class Tracked {
    final InstrumentMap map;
    final ClusterTracker first;
    final VariantTracker further;
    final List<PublishedEvent> ofFirst = new ArrayList<>();
    final List<PublishedEvent> ofFurther = new ArrayList<>();
    private final RandomMarket market;
    private final long gap;
    private long sequence;

    Tracked(
        final MapSettings settings,
        final MapVariant variant,
        final boolean isInverse,
        final long seed,
        final long gap) {
      final LiquidationMaps maps = new LiquidationMaps(settings, 1);
      final Contract contract = isInverse ? Contract.INVERSE : Contract.LINEAR;
      maps.define(new Instrument(0, "TEST", "venue", contract, "BASE", "QUOTE", .5, .25));
      map = maps.of(0);
      first = new ClusterTracker(SETTINGS, map);
      further = new VariantTracker(SETTINGS, map, first, variant, 3);
      market = new RandomMarket(seed, 3e-4, 60);
      this.gap = gap;
    }

    void step() {
      final MarketEvent drawn = market.next();
      final long at = TestSettings.START + sequence * gap;
      final MarketEvent event =
          new MarketEvent(drawn.kind(), at, drawn.price(), drawn.quantity(), drawn.takerBuys());
      event.applyTo(map);
      if (event.kind() == MarketEvent.Kind.TRADE) {
        first.onTrade(at, event.price(), event.quantity(), event.takerBuys());
      }
      sequence++;
      first.after(sequence, (published) -> add(published, 0, ofFirst));
      further.after(map.time(), sequence, (published) -> add(published, 3, ofFurther));
    }

    private static void add(final MapEvent event, final int number, final List<PublishedEvent> to) {
      assertEquals(number, event.map());
      if (event.kind() != MapEvent.Kind.QUALITY) {
        to.add(PublishedEvent.of(event));
      }
    }
  }

  private static Set<MapEvent.Kind> kinds(final List<PublishedEvent> events) {
    final Set<MapEvent.Kind> kinds = EnumSet.noneOf(MapEvent.Kind.class);
    events.forEach((event) -> kinds.add(event.kind()));
    return kinds;
  }

  /** Where events are more than a second apart, refreshes are those of the first model. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 4})
  void shouldPublishWhatTheFirstModelDoesWhereTheConsensusIsOfItAlone(final long seed) {
    final MapVariant consensus = new MapVariant(MapVariant.CONSENSUS, Window.ALL);
    final Tracked tracked = new Tracked(ONE_MODEL, consensus, seed == 4, seed, 2 * SECOND);
    for (int i = 0; i < 5_000; i++) {
      tracked.step();
    }
    assertEquals(tracked.ofFirst, tracked.ofFurther);
    assertEquals(
        EnumSet.complementOf(EnumSet.of(MapEvent.Kind.QUALITY, MapEvent.Kind.CALIBRATION)),
        kinds(tracked.ofFurther));
  }

  @Test
  void shouldRefreshAtMostOnceASecond() {
    final MapVariant consensus = new MapVariant(MapVariant.CONSENSUS, Window.ALL);
    final Tracked tracked = new Tracked(MODELS, consensus, false, 5, SECOND / 20);
    for (int i = 0; i < 3_000; i++) {
      tracked.step();
    }
    long before = 0;
    int refreshes = 0;
    for (final PublishedEvent event : tracked.ofFurther) {
      final boolean isOfRefresh =
          event.kind() == MapEvent.Kind.BORN || event.kind() == MapEvent.Kind.GROWN;
      if (isOfRefresh && event.time() != before) {
        assertTrue(event.time() - before >= SECOND);
        before = event.time();
        refreshes++;
      }
    }
    assertTrue(refreshes > 20, refreshes + " refreshes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"consensus", "taker-volume", "consensus/12h", "first/1d"})
  void shouldPublishTheLifeOfItsClusters(final String name) {
    final MapVariant variant = MapVariant.of(name, MODELS);
    final Tracked tracked = new Tracked(MODELS, variant, false, 7, 60 * SECOND);
    final LiveClusters clusters = tracked.further.clusters();
    int compared = 0;
    for (int i = 0; i < 2_000; i++) {
      final int before = tracked.ofFurther.size();
      tracked.step();
      if (tracked.ofFurther.stream().skip(before).anyMatch(VariantTrackerTest::isOfRefresh)) {
        for (int c = 0; c < clusters.count(); c++) {
          compare(tracked.further, clusters.get(c));
          compared++;
        }
      }
    }
    assertTrue(compared > 100, compared + " clusters");
    final Map<Long, Double> alive = follow(tracked.ofFurther);
    assertEquals(alive.size(), clusters.count());
    for (int c = 0; c < clusters.count(); c++) {
      assertTrue(alive.containsKey(clusters.get(c).id()));
    }
    final Set<MapEvent.Kind> kinds = kinds(tracked.ofFurther);
    assertTrue(
        kinds.containsAll(
            EnumSet.of(
                MapEvent.Kind.BORN,
                MapEvent.Kind.GROWN,
                MapEvent.Kind.SHRUNK,
                MapEvent.Kind.CLEARED)),
        kinds.toString());
    final double swept =
        tracked.ofFurther.stream().mapToDouble(PublishedEvent::expectedNotional).sum();
    if (variant.window() == Window.ALL) {
      final double all =
          tracked.ofFurther.stream()
              .filter((event) -> event.kind() == MapEvent.Kind.SWEPT)
              .mapToDouble(PublishedEvent::expectedNotional)
              .sum();
      final double lost = tracked.further.swept(Side.LONG) + tracked.further.swept(Side.SHORT);
      assertEquals(lost, all, 1e-9 * lost);
    } else {
      assertEquals(0, swept, "what of a sweep lay within a window isn't known");
    }
  }

  private static boolean isOfRefresh(final PublishedEvent event) {
    return event.kind() == MapEvent.Kind.BORN || event.kind() == MapEvent.Kind.GROWN;
  }

  /** Behind a refresh a cluster holds what the map shows. */
  private static void compare(final VariantTracker tracker, final LiveCluster cluster) {
    double sum = 0;
    for (int bucket = cluster.lowBucket(); bucket <= cluster.highBucket(); bucket++) {
      sum += tracker.density().notional(cluster.side(), bucket);
    }
    assertEquals(sum, cluster.notional(), 1e-9 * sum);
    double byLeverage = 0;
    for (int leverage = 0; leverage < tracker.density().leverages(); leverage++) {
      byLeverage += cluster.notional(leverage);
    }
    assertEquals(sum, byLeverage, 1e-9 * sum);
  }

  /** The clusters that live behind some events. */
  private static Map<Long, Double> follow(final List<PublishedEvent> events) {
    final Map<Long, Double> alive = new HashMap<>();
    for (final PublishedEvent event : events) {
      if (event.cluster() == 0) {
        continue;
      }
      if (event.kind() == MapEvent.Kind.BORN) {
        assertFalse(alive.containsKey(event.cluster()));
      } else {
        assertEquals(alive.get(event.cluster()), event.previousNotional());
      }
      if (event.notional() == 0) {
        alive.remove(event.cluster());
      } else {
        alive.put(event.cluster(), event.notional());
      }
    }
    return alive;
  }

  @ParameterizedTest
  @ValueSource(strings = {"consensus", "consensus/12h"})
  void shouldAllocateNothingPerEvent(final String name) {
    final Tracked tracked = new Tracked(MODELS, MapVariant.of(name, MODELS), false, 7, SECOND);
    final int[] count = new int[1];
    final MapEventHandler out = (event) -> count[0]++;
    final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 4; round++) {
      count[0] = 0;
      final long before = threads.getCurrentThreadAllocatedBytes();
      sway(tracked, out);
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertEquals(0, least);
    assertTrue(count[0] > 20, count[0] + " events");
  }

  /** A wave, the same each time. */
  private static void sway(final Tracked tracked, final MapEventHandler out) {
    for (int i = 0; i < 1_500; i++) {
      tracked.sequence++;
      final long at = TestSettings.START + tracked.sequence * 10 * SECOND;
      final double wave = .02 * triangle(i, 750) + .004 * triangle(i, 100);
      final long price = Math.round(6_000_000 * (1 + wave));
      switch (i % 10) {
        case 0, 3 -> tracked.map.onMark(at, price, 0, 0);
        case 5 -> tracked.map.onOpenInterest(at, 50_000 + 10_000 * triangle(i, 600));
        default -> {
          final double quantity = 10 + (((i * 40_503L) >>> 4) & 127);
          tracked.map.onTrade(at, price, quantity, i % 7 < 3);
          tracked.first.onTrade(at, price, quantity, i % 7 < 3);
        }
      }
      tracked.first.after(tracked.sequence, MapEventHandler.NONE);
      tracked.further.after(at, tracked.sequence, out);
    }
  }

  /** From −1 to 1 and back. */
  private static double triangle(final int i, final int period) {
    final double phase = (double) (i % period) / period;
    return phase < .5 ? 4 * phase - 1 : 3 - 4 * phase;
  }
}
