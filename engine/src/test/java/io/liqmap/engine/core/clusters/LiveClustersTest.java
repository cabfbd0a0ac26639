package io.liqmap.engine.core.clusters;

import static io.liqmap.engine.core.clusters.ClusterMarket.START_BUCKET;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.margin.Side;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which cluster is which. 80 buckets hold one long each before a test adds to them. */
final class LiveClustersTest {
  private static final int LOW = START_BUCKET - 120;
  private static final int HIGH = LOW + 79;
  private static final double TOLERANCE = 1e-9;

  private ClusterMarket market;

  @BeforeEach
  void spreadLongs() {
    market = ClusterMarket.plain().open();
    market.longs(LOW, HIGH, 1);
    market.refresh();
  }

  private LiveCluster only() {
    assertEquals(1, market.live(Side.LONG).size(), () -> "of " + market.published);
    return market.live(Side.LONG).get(0);
  }

  private List<PublishedEvent> published() {
    return market.publishedOn(Side.LONG);
  }

  private double notional(final int bucket, final double quantity) {
    return market.map.lattice().centre(bucket) * quantity * market.unit();
  }

  @Test
  void shouldFindNothingWhereAllIsEven() {
    assertEquals(List.of(), market.live(Side.LONG));
    assertEquals(List.of(), published());
  }

  @Test
  void shouldBeBornWhereABucketIsDense() {
    market.longs(LOW + 30, 9);
    market.longs(LOW + 31, 19);
    market.refresh();

    final LiveCluster cluster = only();
    assertEquals(ClusterState.ACTIVE, cluster.state());
    assertEquals(LOW + 30, cluster.lowBucket());
    assertEquals(LOW + 31, cluster.highBucket());
    assertEquals(LOW + 31, cluster.peakBucket());
    assertEquals(market.time, cluster.bornNanos());
    final double peak = notional(LOW + 31, 20);
    final double notional = notional(LOW + 30, 10) + peak;
    assertEquals(notional, cluster.notional(), TOLERANCE * notional);
    assertEquals(peak, cluster.peakNotional(), TOLERANCE * peak);
    assertEquals(notional, cluster.notional(0), TOLERANCE * notional);
    final PublishedEvent born = published().get(0);
    assertEquals(MapEvent.Kind.BORN, born.kind());
    assertEquals(cluster.id(), born.cluster());
    assertEquals(7, born.instrument());
    assertEquals(market.sequence, born.inputSequence());
    assertEquals(market.map.lattice().edge(LOW + 30) * .5, born.priceLow());
    assertEquals(market.map.lattice().edge(LOW + 32) * .5, born.priceHigh());
    assertEquals(market.map.lattice().centre(LOW + 31) * .5, born.peakPrice());
    assertEquals(cluster.notional(), born.notional());
    assertEquals(0, born.previousNotional());
  }

  @Test
  void shouldBridgeThinBuckets() {
    market.longs(LOW + 30, 9);
    market.longs(LOW + 33, 9);
    market.longs(LOW + 37, 9);
    market.refresh();

    final List<LiveCluster> live = market.live(Side.LONG);
    assertEquals(2, live.size());
    assertEquals(LOW + 30, live.get(0).lowBucket());
    assertEquals(LOW + 33, live.get(0).highBucket());
    assertEquals(LOW + 37, live.get(1).lowBucket());
  }

  @Test
  void shouldKeepTheIdentityOfAClusterThatGrows() {
    market.longs(LOW + 30, 19);
    market.refresh();
    final long id = only().id();
    final double before = only().notional();
    market.longs(LOW + 28, LOW + 33, 19);
    market.refresh();

    assertEquals(id, only().id());
    assertEquals(LOW + 28, only().lowBucket());
    assertEquals(LOW + 33, only().highBucket());
    assertEquals(only().notional(), only().largestNotional());
    assertEquals(2, published().size());
    assertEquals(MapEvent.Kind.GROWN, published().get(1).kind());
    assertEquals(before, published().get(1).previousNotional());
    assertEquals(only().notional(), published().get(1).notional());
  }

  @Test
  void shouldPublishOnlyChangesBeyondTheFractionSinceTheLastEvent() {
    market.longs(LOW + 30, 19);
    market.refresh();
    market.longs(LOW + 30, 3);
    market.refresh();
    assertEquals(1, published().size(), "15 % more");
    market.longs(LOW + 30, 1);
    market.refresh();
    assertEquals(1, published().size(), "20 % more, in steps");
    market.longs(LOW + 30, 2);
    market.refresh();
    assertEquals(2, published().size(), "30 % more");
    assertEquals(published().get(0).notional(), published().get(1).previousNotional());
    market.longs(LOW + 30, 3);
    market.refresh();
    assertEquals(2, published().size(), "12 % more than published last");
  }

  @Test
  void shouldKeepItsExtentWhileItsBucketsAreDenseEnoughToBeKept() {
    market.longs(LOW + 30, LOW + 35, 2);
    market.refresh();
    final long id = only().id();
    assertEquals(LOW + 35, only().highBucket());
    final ClusterMarket born = ClusterMarket.plain().open();
    for (final ClusterMarket each : List.of(market, born)) {
      if (each == born) {
        each.longs(LOW, HIGH, 1);
        each.longs(LOW + 30, LOW + 35, 2);
      }
      // The mean rises to 1.9: 3 isn't dense enough to be born with, but to be kept.
      each.longs(LOW, LOW + 25, 1);
      each.longs(LOW + 40, HIGH, 1);
      each.refresh();
    }

    assertEquals(List.of(), born.live(Side.LONG));
    assertEquals(id, only().id());
    assertEquals(LOW + 30, only().lowBucket());
    assertEquals(LOW + 35, only().highBucket());
    assertEquals(1, published().size());
  }

  @Test
  void shouldEndWhatIsNoLongerDense() {
    market.longs(LOW + 30, LOW + 35, 2);
    market.refresh();
    final long id = only().id();
    market.longs(LOW, HIGH, 20);
    market.refresh();
    assertEquals(List.of(), market.live(Side.LONG));
    final PublishedEvent end = published().get(1);
    assertEquals(MapEvent.Kind.SHRUNK, end.kind());
    assertEquals(id, end.cluster());
    assertEquals(0, end.notional());
    assertEquals(published().get(0).notional(), end.previousNotional());

    market.longs(LOW + 30, LOW + 35, 100);
    market.refresh();
    assertTrue(only().id() > id, "a number is never used again");
    assertEquals(only().notional(), only().largestNotional(), "what was before is forgotten");
    assertEquals(market.time, only().bornNanos());
  }

  @Test
  void shouldKeepTheOlderWhereTwoMerge() {
    market.longs(LOW + 40, 9);
    market.refresh();
    final long older = only().id();
    market.longs(LOW + 30, LOW + 34, 30);
    market.refresh();
    final long younger = market.live(Side.LONG).get(1).id();
    assertTrue(younger > older);
    market.published.clear();
    market.longs(LOW + 35, LOW + 39, 30);
    market.refresh();

    assertEquals(older, only().id());
    assertEquals(LOW + 30, only().lowBucket());
    assertEquals(LOW + 40, only().highBucket());
    assertEquals(2, published().size());
    assertEquals(MapEvent.Kind.GROWN, published().get(0).kind());
    assertEquals(older, published().get(0).cluster());
    assertEquals(MapEvent.Kind.SHRUNK, published().get(1).kind());
    assertEquals(younger, published().get(1).cluster());
    assertEquals(0, published().get(1).notional());
  }

  @Test
  void shouldKeepTheLargerPartWhereOneSplits() {
    market.longs(LOW + 30, LOW + 31, 12);
    market.longs(LOW + 32, LOW + 34, 3);
    market.longs(LOW + 35, LOW + 37, 12);
    market.refresh();
    final long id = only().id();
    assertEquals(LOW + 30, only().lowBucket());
    assertEquals(LOW + 37, only().highBucket());
    market.published.clear();
    market.longs(LOW, LOW + 29, 3);
    market.longs(LOW + 38, HIGH, 3);
    market.refresh();

    final List<LiveCluster> live = market.live(Side.LONG);
    assertEquals(2, live.size());
    assertEquals(id, live.get(0).id());
    assertEquals(LOW + 35, live.get(0).lowBucket());
    assertEquals(id + 1, live.get(1).id() - shortsBornSince(id));
    assertEquals(LOW + 31, live.get(1).highBucket());
    assertEquals(MapEvent.Kind.SHRUNK, published().get(0).kind());
    assertEquals(id, published().get(0).cluster());
    assertEquals(MapEvent.Kind.BORN, published().get(1).kind());
  }

  /** Numbers are common to both sides. */
  private long shortsBornSince(final long id) {
    return market.live(Side.SHORT).stream()
        .filter(cluster -> cluster.id() > id && cluster.id() < market.live(Side.LONG).get(1).id())
        .count();
  }

  @Test
  void shouldNotBearAPartThatIsOnlyDenseEnoughToBeKept() {
    market.longs(LOW + 30, LOW + 31, 3);
    market.longs(LOW + 32, LOW + 34, 2.5);
    market.longs(LOW + 35, LOW + 37, 9);
    market.refresh();
    final long id = only().id();
    assertEquals(LOW + 30, only().lowBucket());
    market.longs(LOW, LOW + 29, 1.77);
    market.longs(LOW + 38, HIGH, 1.77);
    market.refresh();

    // The mean is 3.1 now: the 4 at the low end would be kept, the 3.5 in between aren't.
    assertEquals(id, only().id());
    assertEquals(LOW + 35, only().lowBucket());
  }

  @Test
  void shouldBePartialOnceMarkHasSweptIntoItAndClearedWhenItHasCrossedAll() {
    market.longs(LOW + 30, LOW + 35, 19);
    market.refresh();
    final long id = only().id();
    market.mark(LOW + 36);
    assertEquals(ClusterState.ACTIVE, only().state());
    assertEquals(ClusterState.ACTIVE, sweptTo(LOW + 35), "positions in mark's bucket stay open");
    assertEquals(ClusterState.PARTIAL, sweptTo(LOW + 34));
    assertEquals(id, only().id());
    assertEquals(LOW + 34, only().highBucket());
    market.mark(LOW + 36);
    assertEquals(ClusterState.PARTIAL, only().state(), "it stays so");
    assertEquals(ClusterState.PARTIAL, sweptTo(LOW + 30));
    assertEquals(LOW + 30, only().highBucket());
    assertEquals(List.of(), market.published(MapEvent.Kind.CLEARED));
    assertEquals(notional(LOW + 30, 20) / only().notional(), 1, TOLERANCE);

    market.mark(LOW + 29);
    assertEquals(List.of(), market.live(Side.LONG));
    final PublishedEvent cleared = market.published(MapEvent.Kind.CLEARED).get(0);
    assertEquals(id, cleared.cluster());
    assertEquals(Side.LONG, cleared.side());
    assertEquals(0, cleared.notional());
    final List<PublishedEvent> all = published();
    assertEquals(cleared, all.get(all.size() - 1), "no event of it afterwards");
    assertEquals(1, market.book.reactions().pending());
  }

  private ClusterState sweptTo(final int bucket) {
    market.mark(bucket);
    return only().state();
  }

  @Test
  void shouldClearShortsUpwards() {
    final List<LiveCluster> shorts = crowdShorts();
    final long id = shorts.get(0).id();
    final int low = shorts.get(0).lowBucket();
    final int high = shorts.get(0).highBucket();
    assertTrue(low > START_BUCKET && high > low, low + " to " + high);
    market.mark(low);
    assertEquals(ClusterState.ACTIVE, market.live(Side.SHORT).get(0).state());
    market.mark(low + 1);
    assertEquals(ClusterState.PARTIAL, market.live(Side.SHORT).get(0).state());
    assertEquals(id, market.live(Side.SHORT).get(0).id());
    market.mark(high + 1);
    assertEquals(List.of(), market.live(Side.SHORT));
    assertEquals(id, market.published(MapEvent.Kind.CLEARED).get(0).cluster());
    assertEquals(Side.SHORT, market.published(MapEvent.Kind.CLEARED).get(0).side());
  }

  private List<LiveCluster> crowdShorts() {
    market.longs(LOW + 30, LOW + 40, 19);
    market.refresh();
    final List<LiveCluster> shorts = market.live(Side.SHORT);
    assertEquals(1, shorts.size());
    return shorts;
  }

  @Test
  void shouldClearSeveralByOneMove() {
    market.longs(LOW + 30, 19);
    market.longs(LOW + 40, 19);
    market.longs(LOW + 50, 19);
    market.refresh();
    market.mark(LOW + 35);
    assertEquals(2, market.published(MapEvent.Kind.CLEARED).size());
    assertEquals(1, market.published(MapEvent.Kind.SWEPT).size());
    assertEquals(LOW + 30, only().highBucket());
    assertEquals(2, market.book.reactions().pending());
  }

  @Test
  void shouldFollowTheLargestWhenThereAreTooMany() {
    market = ClusterMarket.plain(everyPeak()).open();
    market.longs(START_BUCKET - 2 * 90, START_BUCKET - 1, .01);
    for (int i = 0; i < 90; i++) {
      market.longs(START_BUCKET - 2 * 90 + 2 * i, 5 + i * 37 % 90);
    }
    market.refresh();

    assertEquals(LiveClusters.MAX, market.book.clusters().count());
    double least = Double.MAX_VALUE;
    for (int i = 0; i < LiveClusters.MAX; i++) {
      least = Math.min(least, market.book.clusters().get(i).notional());
    }
    int without = 0;
    for (int i = 0; i < 90; i++) {
      final int bucket = START_BUCKET - 2 * 90 + 2 * i;
      if (market.live(Side.LONG).stream().noneMatch(cluster -> cluster.overlaps(bucket, bucket))) {
        assertTrue(market.book.density().notional(Side.LONG, bucket) <= least, "peak " + i);
        without++;
      }
    }
    assertTrue(without > 0);
  }

  private static ClusterSettings everyPeak() {
    final ClusterSettings base = ClusterMarket.SETTINGS;
    return new ClusterSettings(
        0,
        1,
        1,
        0,
        base.changed(),
        base.refreshNanos(),
        base.horizonsNanos(),
        base.deadBandBps(),
        base.halfLifeNanos(),
        base.cascadeShockBps(),
        base.cascadeReach());
  }
}
