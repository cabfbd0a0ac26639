package io.liqmap.engine.shared.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.calibration.CalibrationStatus;
import io.liqmap.engine.core.calibration.OnlineScore;
import io.liqmap.engine.core.clusters.CalibratedMarket;
import io.liqmap.engine.core.clusters.ClusterState;
import io.liqmap.engine.core.clusters.LiveCluster;
import io.liqmap.engine.core.clusters.QualityFlags;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.map.LiquidationDensity;
import io.liqmap.engine.core.map.MapSnapshot;
import io.liqmap.engine.core.map.MarketState;
import io.liqmap.engine.core.map.RandomMarket;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.LearningMode;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was published is what is read, field by field. */
final class PublicationTest {
  private static final double TOLERANCE = 1e-9;
  private static final int BUCKETS = 96;

  private static ViewMemory memory() {
    return ViewMemory.inProcess(ViewMarket.settings(BUCKETS, 64, 5));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldGiveBackEveryFieldOfARandomMarket(final boolean isInverse) {
    final ViewMemory memory = memory();
    final ViewMarket market = ViewMarket.ladder(memory, isInverse);
    final ViewReader reader = new ViewReader(memory, 0);
    final RandomMarket events = new RandomMarket(11, 1e-3, 40);
    final SplittableRandom random = new SplittableRandom(3);
    final Set<ClusterState> states = EnumSet.noneOf(ClusterState.class);
    final Set<Side> beyond = EnumSet.noneOf(Side.class);
    final Set<Integer> confluences = new HashSet<>();
    int clusters = 0;
    for (int i = 1; i <= 12_000; i++) {
      market.apply(events.next());
      if (i % 37 == 0) {
        final long sequence = random.nextLong();
        final long time = random.nextLong();
        final int quality = random.nextInt(128);
        final long missing = random.nextLong();
        final long rejected = random.nextLong();

        market.writer.publish(sequence, time, quality, missing, rejected, true);

        final String place = "event " + i;
        assertTrue(reader.refresh(), place);
        assertEquals(i / 37, reader.publication(), place);
        assertEquals(sequence, reader.sequence(), place);
        assertEquals(time, reader.time(), place);
        assertEquals(quality, reader.quality(), place);
        assertEquals(missing, reader.missing(), place);
        assertEquals(rejected, reader.rejected(), place);
        compareHeader(market, reader, place);
        compareBody(market.map, reader, place);
        compareClusters(market, reader, place);
        for (int cluster = 0; cluster < reader.clusters(); cluster++) {
          clusters++;
          states.add(reader.clusterState(cluster));
          confluences.add(reader.clusterConfluence(cluster));
        }
        for (final Side side : Side.values()) {
          if (reader.beyond(side) > 0) {
            beyond.add(side);
          }
        }
      }
    }
    // Else nothing of it has been compared.
    assertTrue(clusters > 100, clusters + " clusters");
    assertEquals(EnumSet.of(ClusterState.ACTIVE, ClusterState.PARTIAL), states);
    assertEquals(EnumSet.allOf(Side.class), beyond);
    assertTrue(confluences.size() > 2, confluences::toString);
  }

  private static void compareHeader(
      final ViewMarket market, final ViewReader reader, final String place) {
    final InstrumentMap map = market.map;
    final MapSnapshot image = MapSnapshot.of(map);
    assertEquals(map.markPrice(), reader.markMantissa(), place);
    assertEquals(image.markPrice(), reader.markPrice(), place);
    assertEquals(map.markBucket(), reader.markBucket(), place);
    assertEquals(image.openInterest(), reader.openInterest(), place);
    assertEquals(market.book.volatility(), reader.volatility(), place);
    assertEquals(market.book.impact(), reader.impact(), place);
    assertEquals(market.book.barNanos(), reader.barNanos(), place);
    compareMarket(map.market(), reader, place);
    final LiquidationDensity profile = map.density(0);
    profile.project();
    for (final Side side : Side.values()) {
      assertEquals(profile.coverage(side), reader.coverage(side), TOLERANCE, place);
      assertEquals(profile.outOfReach(side), reader.outOfReach(side), TOLERANCE, place);
      assertEquals(profile.unmapped(side), reader.unmapped(side), TOLERANCE, place);
      compareScore(map.score(0, side), reader, side, place);
      assertEquals(map.sweptNotional(0, side), reader.sweptNotional(side), place);
      assertEquals(map.observedNotional(side), reader.observedNotional(side), place);
    }
  }

  private static void compareMarket(
      final MarketState market, final ViewReader reader, final String place) {
    final long now = reader.time();
    final ViewedMarket viewed = reader.market();
    assertEquals(market.funding().settledRate(now), viewed.settledFundingRate(), place);
    assertEquals(market.funding().settledTime(now), viewed.settledFundingTime(), place);
    assertEquals(market.funding().predictedRate(now), viewed.fundingRate(), place);
    assertEquals(market.funding().predictedSaid(now), viewed.fundingTime(), place);
    assertEquals(market.funding().nextTime(now), viewed.nextFundingTime(), place);
    assertEquals(market.funding().interval(), viewed.fundingIntervalNanos(), place);
    assertEquals(market.basisBps(), viewed.basisBps(), place);
    assertEquals(market.meanBasisBps(), viewed.meanBasisBps(), place);
    assertEquals(market.basisTime(), viewed.basisTime(), place);
    assertEquals(market.accountRatio(), viewed.accountRatio(), place);
    assertEquals(market.accountRatioTime(), viewed.accountRatioTime(), place);
    assertEquals(market.updateTime(), viewed.openInterestTime(), place);
    for (int window = 0; window < ViewedMarket.WINDOWS; window++) {
      assertEquals(market.since(window), viewed.since(window), place);
      assertEquals(market.openInterestChange(window), viewed.openInterestChange(window), place);
      assertEquals(market.openInterestMove(window), viewed.openInterestMove(window), place);
      assertEquals(market.takerFlow(window), viewed.takerFlow(window), place);
      assertEquals(market.takerNet(window), viewed.takerNet(window), place);
    }
  }

  @Test
  void shouldShowFundingAsOfEachPublicationThoughNothingIsSaidOfIt() {
    final ViewMemory memory = memory();
    final ViewMarket market = ViewMarket.plain(memory);
    final ViewReader reader = new ViewReader(memory, 0);
    final SplittableRandom random = new SplittableRandom(5);
    final long hour = 3_600 * ViewMarket.SECOND;
    int due = 0;
    for (int i = 0; i < 2_000; i++) {
      market.time += random.nextLong(hour / 4);
      final String place = "step " + i;
      if (random.nextInt(4) == 0) {
        market.map.onMark(market.time, ViewMarket.FIRST_PRICE + i, ViewMarket.FIRST_PRICE, 0);
        final long next = (market.time / hour + 1) * hour;
        market.map.onFunding(market.time, random.nextLong(-1_000_000, 1_000_000), next);
      } else if (random.nextInt(3) == 0) {
        market.map.onAccountRatio(market.time, 1 + random.nextInt(1_000_000_000));
      }
      if (random.nextInt(3) == 0) {
        market.openInterest(1_000 + random.nextInt(100));
      }
      market.publish();
      assertTrue(reader.refresh(), place);
      compareMarket(market.map.market(), reader, place);
      due += market.map.market().funding().isDue(market.time) ? 1 : 0;
    }
    assertTrue(due > 100, due + " of payments that passed");
  }

  private static void compareScore(
      final OnlineScore score, final ViewReader reader, final Side side, final String place) {
    final boolean isScored = score != null;
    assertEquals(isScored ? score.status() : null, reader.calibration(side), place);
    assertEquals(isScored ? score.ratio() : Double.NaN, reader.expectedOverRealised(side), place);
    assertEquals(isScored ? score.low() : Double.NaN, reader.expectedOverRealisedLow(side), place);
    assertEquals(
        isScored ? score.high() : Double.NaN, reader.expectedOverRealisedHigh(side), place);
    assertEquals(isScored ? score.days() : 0, reader.scoredDays(side), place);
  }

  private static void compareBody(
      final InstrumentMap map, final ViewReader reader, final String place) {
    final MapSnapshot image = MapSnapshot.of(map);
    for (final Side side : Side.values()) {
      final double[] cumulative = reader.cumulative(side);
      assertEquals(BUCKETS, cumulative.length, place);
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
  }

  private static void compareClusters(
      final ViewMarket market, final ViewReader reader, final String place) {
    assertEquals(market.book.clusters().count(), reader.clusters(), place);
    for (int i = 0; i < reader.clusters(); i++) {
      final LiveCluster cluster = market.book.clusters().get(i);
      assertEquals(cluster.id(), reader.clusterId(i), place);
      assertEquals(cluster.side(), reader.clusterSide(i), place);
      assertEquals(cluster.state(), reader.clusterState(i), place);
      assertEquals(cluster.bornNanos(), reader.clusterBorn(i), place);
      assertEquals(cluster.lowBucket(), reader.clusterLowBucket(i), place);
      assertEquals(cluster.highBucket(), reader.clusterHighBucket(i), place);
      assertEquals(cluster.peakBucket(), reader.clusterPeakBucket(i), place);
      assertEquals(cluster.notional(), reader.clusterNotional(i), place);
      assertEquals(cluster.peakNotional(), reader.clusterPeakNotional(i), place);
      assertEquals(cluster.largestNotional(), reader.clusterLargest(i), place);
      for (int leverage = 0; leverage < reader.leverages(); leverage++) {
        assertEquals(cluster.notional(leverage), reader.clusterNotional(i, leverage), place);
      }
    }
  }

  @Test
  void shouldGiveBackTheScoreOfBothSidesAndFlagWhatIsUnprovenOrUncalibrated() {
    final ViewMemory memory = memory();
    final ViewMarket market =
        new ViewMarket(memory, CalibratedMarket.settings(LearningMode.ON), false);
    final ViewReader reader = new ViewReader(memory, 0);
    final Questions questions = new Questions(reader);
    final Set<CalibrationStatus> seen = EnumSet.noneOf(CalibrationStatus.class);
    final int events = CalibratedMarket.CYCLE * 24 * CalibratedMarket.EVENTS;
    for (int i = 0; i < events; i++) {
      market.applyCalibrated(i);
      // Only once a day: what changed in between isn't forgotten.
      if (i % (24 * CalibratedMarket.EVENTS) == 1) {
        market.publish();
        final String place = "event " + i;
        assertTrue(reader.refresh(), place);
        compareHeader(market, reader, place);
        boolean isUnproven = false;
        boolean isUncalibrated = false;
        for (final Side side : Side.values()) {
          final CalibrationStatus status = market.map.score(0, side).status();
          seen.add(status);
          assertEquals(status == CalibrationStatus.UNPROVEN, questions.isUnproven(side), place);
          assertEquals(
              status == CalibrationStatus.UNCALIBRATED, questions.isUncalibrated(side), place);
          isUnproven |= questions.isUnproven(side);
          isUncalibrated |= questions.isUncalibrated(side);
          if (reader.coverage(side) > 0) {
            assertEquals(
                1,
                reader.coverage(side) + reader.outOfReach(side) + reader.unmapped(side),
                TOLERANCE,
                place);
          }
        }
        assertEquals(isUnproven, (reader.quality() & QualityFlags.UNPROVEN) != 0, place);
        assertEquals(isUncalibrated, (reader.quality() & QualityFlags.UNCALIBRATED) != 0, place);
      }
    }
    assertEquals(EnumSet.allOf(CalibrationStatus.class), seen);
    assertTrue(reader.outOfReach(Side.LONG) > 0 && reader.coverage(Side.LONG) > 0);
  }

  @Test
  void shouldCallBothSidesOfAMapThatIsNotScoredUnproven() {
    final ViewMemory memory = memory();
    final ViewMarket market = ViewMarket.ladder(memory, false);
    final ViewReader reader = new ViewReader(memory, 0);
    market.publish();
    assertTrue(reader.refresh());
    final Questions questions = new Questions(reader);
    for (final Side side : Side.values()) {
      assertNull(reader.calibration(side));
      assertTrue(questions.isUnproven(side));
      assertFalse(questions.isUncalibrated(side));
    }
    assertTrue((reader.quality() & QualityFlags.UNPROVEN) != 0);
  }

  @Test
  void shouldDescribeTheInstrument() {
    final ViewMemory memory = memory();
    final ViewMarket market = ViewMarket.ladder(memory, false);
    assertEquals(-1, memory.instrument(ViewMarket.SYMBOL), "nothing published yet");
    market.publish();

    assertEquals(0, memory.instrument(ViewMarket.SYMBOL));
    assertEquals(-1, memory.instrument("OTHER"));
    assertEquals(ViewMarket.SYMBOL, memory.symbol(0));
    assertEquals("BASE", memory.baseAsset(0));
    assertEquals("QUOTE", memory.quoteAsset(0));
    final ViewReader reader = new ViewReader(memory, 0);
    assertTrue(reader.refresh());
    assertEquals(.5, reader.priceUnit());
    assertEquals(StrictMath.log1p(1e-3), reader.logWidth());
    final double[] leverages = {5, 10, 25, 50, 100};
    assertEquals(leverages.length, reader.leverages());
    for (int i = 0; i < leverages.length; i++) {
      assertEquals(leverages[i], reader.leverage(i));
    }
    assertEquals(market.map.lattice().edge(15_000) * .5, reader.priceLow(15_000), 1e-6);
  }

  @Test
  void shouldPublishThatNothingIsKnownYet() {
    final ViewMemory memory = memory();
    final ViewMarket market = ViewMarket.ladder(memory, true);
    final ViewReader reader = new ViewReader(memory, 0);
    assertFalse(reader.refresh());
    assertEquals(0, reader.publication());

    market.publish();

    assertTrue(reader.refresh());
    assertEquals(0, reader.markPrice());
    assertEquals(-1, reader.markBucket());
    assertTrue(Double.isNaN(reader.openInterest()));
    assertTrue(Double.isNaN(reader.volatility()));
    assertTrue(Double.isNaN(reader.impact()));
    assertEquals(0, reader.clusters());
    assertEquals(0, reader.coverage(Side.LONG));
    assertEquals(0, reader.cumulative(Side.LONG)[BUCKETS - 1]);
    assertEquals(0, reader.beyond(Side.SHORT));
  }

  @Test
  void shouldKeepTheBodyOfAPublicationInWhichOnlyTheHeaderIsNew() {
    final ViewMemory memory = memory();
    final ViewMarket market = ViewMarket.plain(memory);
    final ViewReader reader = new ViewReader(memory, 0);
    market.mark(ViewMarket.FIRST_PRICE);
    market.trade(ViewMarket.FIRST_PRICE, 1_000, true);
    market.publish();
    assertTrue(reader.refresh());
    final double[] longs = reader.cumulative(Side.LONG);
    final int anchor = reader.anchorBucket();

    // Within a second nothing looks at clusters again, and between mark and its bucket's
    // neighbours nothing is open.
    market.mark(Math.round(ViewMarket.FIRST_PRICE * 1.002));
    market.publish();

    assertTrue(reader.refresh());
    assertEquals(2, reader.publication());
    assertEquals(2, reader.markBucket() - anchor);
    assertEquals(anchor, reader.anchorBucket());
    assertSame(longs, reader.cumulative(Side.LONG), "not copied again");
    assertEquals(body(memory, 1), body(memory, 2));

    market.trade(ViewMarket.FIRST_PRICE, 1, true);
    market.publish();

    assertTrue(reader.refresh());
    assertNotSame(longs, reader.cumulative(Side.LONG));
    assertEquals(reader.markBucket(), reader.anchorBucket());
    assertEquals(body(memory, 2) + 1, body(memory, 3));
  }

  @Test
  void shouldLeaveTradesToTheNextBodyThatIsDueButNotWhatElseHasChanged() {
    final ViewMemory memory = memory();
    final ViewMarket market = ViewMarket.plain(memory);
    final ViewReader reader = new ViewReader(memory, 0);
    market.mark(ViewMarket.FIRST_PRICE);
    market.trade(ViewMarket.FIRST_PRICE, 1_000, true);
    market.writer.publish(1, 1, 0, 0, 0, true);
    assertFalse(market.writer.isBehind());
    assertTrue(reader.refresh());
    final double longs = reader.cumulative(Side.LONG)[BUCKETS - 1];

    market.trade(ViewMarket.FIRST_PRICE, 1_000, true);
    market.writer.publish(2, 2, 0, 0, 0, false);
    assertTrue(market.writer.isBehind());
    assertTrue(reader.refresh());
    assertEquals(2, reader.sequence());
    assertEquals(1, reader.bodySequence());
    assertEquals(longs, reader.cumulative(Side.LONG)[BUCKETS - 1]);

    market.writer.publish(3, 3, 0, 0, 0, true);
    assertFalse(market.writer.isBehind());
    assertTrue(reader.refresh());
    assertEquals(3, reader.bodySequence());
    assertEquals(2 * longs, reader.cumulative(Side.LONG)[BUCKETS - 1], 1e-6 * longs);

    market.trade(ViewMarket.FIRST_PRICE, 1_000, true);
    market.map.onOpenInterest(market.map.time(), 5_000);
    market.writer.publish(4, 4, 0, 0, 0, false);
    assertTrue(reader.refresh());
    assertEquals(4, reader.bodySequence(), "open interest changes more than trades do");
  }

  private static long body(final ViewMemory memory, final long publication) {
    return memory.buffer().getLong(memory.layout().header(0, publication) + ViewLayout.BODY);
  }

  @Test
  void shouldRefreshOnlyOncePerPublication() {
    final ViewMemory memory = memory();
    final ViewMarket market = ViewMarket.plain(memory);
    final ViewReader reader = new ViewReader(memory, 0);
    for (int i = 1; i <= 100; i++) {
      market.mark(ViewMarket.FIRST_PRICE + i);
      market.publish();
      assertTrue(reader.refresh());
      assertFalse(reader.refresh());
      assertEquals(ViewMarket.FIRST_PRICE + i, reader.markMantissa());
    }
    assertEquals(0, reader.lapped());
  }

  @Test
  void shouldLeaveOutWhatThereIsNoRoomFor() {
    final ViewMemory memory = ViewMemory.inProcess(ViewMarket.settings(BUCKETS, 1, 2));
    final ViewMarket market = ViewMarket.ladder(memory, false);
    final ViewReader reader = new ViewReader(memory, 0);
    final RandomMarket events = new RandomMarket(11, 1e-3, 40);
    while (market.book.clusters().count() < 3) {
      market.apply(events.next());
    }
    market.publish();

    assertTrue(reader.refresh());
    assertEquals(1, reader.clusters());
    assertEquals(market.book.clusters().get(0).id(), reader.clusterId(0));
    assertEquals(market.book.clusters().get(0).notional(), reader.clusterNotional(0));
    assertEquals(2, reader.leverages());
    assertEquals(10, reader.leverage(1));
  }

  @Test
  void shouldKeepInstrumentsApart() {
    final ViewMemory memory = memory();
    final ViewMarket market = ViewMarket.plain(memory);
    market.publish();
    final ViewReader other = new ViewReader(memory, 1);

    assertFalse(other.refresh());
    assertThrows(IllegalArgumentException.class, () -> new ViewReader(memory, 2));
    assertThrows(IllegalArgumentException.class, () -> new ViewReader(memory, -1));
    assertThrows(IllegalStateException.class, () -> ViewMarket.plain(memory), "a second writer");
  }
}
