package io.liqmap.engine.core.clusters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.map.LiquidationDensity;
import io.liqmap.engine.core.map.MapSettings;
import io.liqmap.engine.core.map.MapSnapshot;
import io.liqmap.engine.core.map.RandomMarket;
import io.liqmap.engine.core.map.TestSettings;
import io.liqmap.engine.core.map.Window;
import io.liqmap.engine.core.margin.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clusters in random markets against a naive detector. */
@Tag("slow")
final class ClusterOracleTest {
  private static ClusterSettings settings(
      final double aroundBps, final double bornAt, final double keptAt, final int bridged) {
    final ClusterSettings base = ClusterMarket.SETTINGS;
    return new ClusterSettings(
        aroundBps,
        bornAt,
        keptAt,
        bridged,
        base.changed(),
        base.refreshNanos(),
        base.horizonsNanos(),
        base.deadBandBps(),
        base.halfLifeNanos(),
        base.cascadeShockBps(),
        base.cascadeReach());
  }

  private static MapSettings ladder(final double resolutionBps) {
    return TestSettings.of(resolutionBps, TestSettings.LADDER, .2, .5, TestSettings.undated());
  }

  @ParameterizedTest
  @CsvSource({
    "31, 0, 2, 1.2, 2, 10, false",
    "32, 0, 1.5, .5, 0, 5, false",
    "33, 0, 1, 1, 0, 2, false",
    "34, 0, 3, 2, 5, 20, true",
    "36, 500, 1.5, 1.2, 2, 10, false",
    "37, 70, 1.2, 1, 0, 20, true"
  })
  void shouldAgreeWithANaiveDetector(
      final long seed,
      final double aroundBps,
      final double bornAt,
      final double keptAt,
      final int bridged,
      final double resolutionBps,
      final boolean isInverse) {
    final ClusterSettings settings = settings(aroundBps, bornAt, keptAt, bridged);
    final ClusterMarket market = new ClusterMarket(settings, ladder(resolutionBps), isInverse);
    final NaiveClusters naive = new NaiveClusters(settings);
    final LiquidationDensity profile = market.map.density(0);
    final RandomMarket random = new RandomMarket(seed, 3e-4, 60, 10);
    int before = -1;
    long refreshes = 0;
    double[] swept = {0, 0};
    for (int i = 0; i < 15_000; i++) {
      market.apply(random.next());
      final int now = market.map.markBucket();
      final double[] sweptNow = {
        market.map.sweptNotional(0, Side.LONG), market.map.sweptNotional(0, Side.SHORT)
      };
      if (sweptNow[0] > swept[0]) {
        naive.sweep(Side.LONG, now + 1, before, now);
      }
      if (sweptNow[1] > swept[1]) {
        naive.sweep(Side.SHORT, before, now - 1, now);
      }
      swept = sweptNow;
      before = now;
      if (market.book.refreshes() != refreshes) {
        refreshes = market.book.refreshes();
        profile.project();
        naive.refresh(profile);
      }
      compare(naive.living(), market.book.clusters(), "event " + i);
    }
    assertTrue(refreshes > 500, refreshes + " refreshes");
    assertTrue(naive.cleared > 10, naive.cleared + " cleared");
    assertTrue(naive.partial > 10, naive.partial + " swept into");
    assertTrue(naive.split > 5, naive.split + " split");
    assertTrue(naive.merged > 5, naive.merged + " merged");
    assertTrue(naive.ended > 10, naive.ended + " ended");
    assertTrue(bornAt == keptAt || naive.onlyKept > 0, naive.onlyKept + " parts only kept");
    assertTrue(bornAt > 1 || naive.tooMany > 10, naive.tooMany + " times too many");
    assertEquals(naive.cleared, market.published(MapEvent.Kind.CLEARED).size());
    assertEquals(
        naive.ended + naive.merged,
        market.published(MapEvent.Kind.SHRUNK).stream()
            .filter(published -> published.notional() == 0)
            .count());
  }

  private static void compare(
      final List<NaiveClusters.Living> expected, final LiveClusters actual, final String place) {
    assertEquals(expected.size(), actual.count(), place);
    for (int i = 0; i < expected.size(); i++) {
      final LiveCluster cluster = actual.get(i);
      assertEquals(
          expected.get(i),
          new NaiveClusters.Living(
              cluster.id(),
              cluster.side(),
              cluster.state(),
              cluster.lowBucket(),
              cluster.highBucket(),
              cluster.notional()),
          place);
    }
  }

  @Test
  void shouldFindWhatTheImageShowsWhenNothingLivesYet() {
    final ClusterSettings settings = ClusterMarket.SETTINGS;
    final ClusterMarket market = new ClusterMarket(settings, ladder(10), false);
    final RandomMarket random = new RandomMarket(35, 1e-3, 40);
    int clusters = 0;
    for (int i = 0; i < 5_000; i++) {
      market.apply(random.next());
      if (i % 101 == 100) {
        final ClusterTracker fresh = new ClusterTracker(settings, market.map);
        final List<PublishedEvent> published = new ArrayList<>();
        fresh.after(1, event -> published.add(PublishedEvent.of(event)));
        published.removeIf(event -> event.kind() != MapEvent.Kind.BORN);
        final List<Cluster> expected =
            new ArrayList<>(Clusters.of(MapSnapshot.of(market.map, 0, Window.ALL, 0), settings));
        expected.sort(Comparator.comparing(Cluster::side).thenComparing(Cluster::lowBucket));
        assertEquals(expected.size(), published.size(), "event " + i);
        for (int k = 0; k < published.size(); k++) {
          assertEquals(expected.get(k).side(), published.get(k).side());
          assertEquals(expected.get(k).lowBucket(), published.get(k).lowBucket());
          assertEquals(expected.get(k).highBucket(), published.get(k).highBucket());
          assertEquals(expected.get(k).notional() / published.get(k).notional(), 1, 1e-9);
        }
        clusters += published.size();
      }
    }
    assertTrue(clusters > 100, clusters + " clusters");
  }
}
