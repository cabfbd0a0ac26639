package io.liqmap.engine.core.clusters;

import static io.liqmap.engine.core.clusters.ClusterMarket.MINUTE;
import static io.liqmap.engine.core.clusters.ClusterMarket.REFRESH;
import static io.liqmap.engine.core.clusters.ClusterMarket.SECOND;
import static io.liqmap.engine.core.clusters.ClusterMarket.START_BUCKET;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.map.TestSettings;
import io.liqmap.engine.core.margin.Side;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When levels are looked at, and what they tell besides clusters. */
final class ClusterTrackerTest {
  private static final int LOW = START_BUCKET - 120;
  private static final double TOLERANCE = 1e-9;

  private final ClusterMarket market = ClusterMarket.plain().open();

  private long refreshes() {
    return market.book.refreshes();
  }

  @Test
  void shouldLookAtClustersOnceInAWhileOnlyAndIfTheMapHasChanged() {
    market.longs(LOW, 1);
    final long first = refreshes();
    market.time += REFRESH - 1;
    market.longs(LOW, 1);
    assertEquals(first, refreshes(), "too early");
    market.time += 1;
    market.markAt(market.map.markPrice());
    assertEquals(first + 1, refreshes());
    market.time += 10 * REFRESH;
    market.markAt(market.map.markPrice() + 1);
    assertEquals(first + 1, refreshes(), "nothing has changed");
    market.longs(LOW, 1);
    assertEquals(first + 2, refreshes());
  }

  @Test
  void shouldLookAtClustersAfterOpenInterestAndAfterASweepAtOnce() {
    market.longs(LOW, LOW + 50, 1);
    final long first = refreshes();
    market.openInterest(1_000);
    assertEquals(first + 1, refreshes());
    market.mark(LOW + 60);
    assertEquals(first + 1, refreshes(), "nothing was swept");
    market.mark(LOW + 40);
    assertEquals(first + 2, refreshes());
    market.liquidation(Side.LONG, 5);
    assertEquals(first + 2, refreshes());
  }

  @Test
  void shouldWaitForTheNextLookWhereOpenInterestHardlyMoves() {
    market.longs(LOW, LOW + 50, 1);
    market.openInterest(1_000);
    final long first = refreshes();
    market.openInterest(1_000.9);
    market.openInterest(999.1);
    assertEquals(first, refreshes());
    market.openInterest(1_001.1);
    assertEquals(first + 1, refreshes(), "more than a thousandth from the last look");
    market.openInterest(1_001.2);
    market.time += REFRESH;
    market.markAt(market.map.markPrice());
    assertEquals(first + 2, refreshes(), "the update is looked at with the next look");
  }

  @Test
  void shouldTellASweepWithWhatTheMapAndTheVenueSay() {
    market.longs(LOW, LOW + 50, 8);
    market.liquidation(Side.LONG, 3);
    market.liquidation(Side.SHORT, 100);
    final double before = market.map.sweptNotional(0, Side.LONG);
    final double observed = 3 * market.map.markPrice() * market.unit();
    market.mark(LOW + 45);

    final PublishedEvent swept = market.published(MapEvent.Kind.SWEPT).get(0);
    assertEquals(Side.LONG, swept.side());
    assertEquals(LOW + 46, swept.lowBucket());
    assertEquals(START_BUCKET, swept.highBucket());
    assertEquals(market.map.lattice().edge(LOW + 46) * .5, swept.priceLow());
    assertEquals(market.map.lattice().edge(START_BUCKET + 1) * .5, swept.priceHigh());
    assertEquals(market.map.sweptNotional(0, Side.LONG) - before, swept.expectedNotional());
    double expected = 0;
    for (int bucket = LOW + 46; bucket <= LOW + 50; bucket++) {
      expected += 8 * market.map.lattice().centre(bucket) * market.unit();
    }
    assertEquals(expected, swept.expectedNotional(), TOLERANCE * expected);
    assertEquals(observed, swept.observedNotional(), TOLERANCE * observed);
    assertEquals(market.time, swept.time());
    assertEquals(market.sequence, swept.inputSequence());
    assertEquals(0, swept.cluster());

    market.mark(LOW + 44);
    final PublishedEvent next = market.published(MapEvent.Kind.SWEPT).get(1);
    assertEquals(0, next.observedNotional(), "what the venue reported was published before");
    assertEquals(LOW + 45, next.highBucket());
    market.mark(LOW + 48);
    assertEquals(2, market.published(MapEvent.Kind.SWEPT).size(), "shorts are elsewhere");
  }

  @Test
  void shouldPublishSweepsOfShorts() {
    market.longs(LOW, LOW + 50, 8);
    market.refresh();
    market.liquidation(Side.SHORT, 3);
    market.liquidation(Side.LONG, 100);
    final int first = market.book.density().first(Side.SHORT);
    final double observed = 3 * market.map.markPrice() * market.unit();
    market.mark(first + 5);
    market.mark(first + 6);

    final List<PublishedEvent> swept = market.published(MapEvent.Kind.SWEPT);
    assertEquals(2, swept.size());
    assertEquals(Side.SHORT, swept.get(0).side());
    assertEquals(START_BUCKET, swept.get(0).lowBucket());
    assertEquals(first + 4, swept.get(0).highBucket());
    assertEquals(observed, swept.get(0).observedNotional(), TOLERANCE * observed);
    assertEquals(first + 5, swept.get(1).lowBucket());
    assertEquals(first + 5, swept.get(1).highBucket());
    assertEquals(
        0, swept.get(1).observedNotional(), "what the venue reported was published before");
    assertEquals(
        market.map.sweptNotional(0, Side.SHORT),
        swept.get(0).expectedNotional() + swept.get(1).expectedNotional(),
        TOLERANCE * swept.get(0).expectedNotional());
  }

  @Test
  void shouldTellWhenWhatIsLackingChanges() {
    final int unscored = QualityFlags.UNPROVEN;
    final PublishedEvent marked = market.published.get(0);
    assertEquals(MapEvent.Kind.QUALITY, marked.kind());
    assertEquals(
        unscored | QualityFlags.MARK_MISSING | QualityFlags.OPEN_INTEREST_STALE,
        marked.qualityBefore());
    assertEquals(unscored | QualityFlags.OPEN_INTEREST_STALE, marked.qualityAfter());
    market.openInterest(10);
    assertEquals(unscored, market.book.quality());
    market.book.onFaults(0, 1);
    market.mark(START_BUCKET);
    assertEquals(unscored | QualityFlags.REJECTED, market.book.quality());
    market.book.onFaults(2, 1);
    market.mark(START_BUCKET);
    assertEquals(unscored | QualityFlags.REJECTED | QualityFlags.GAP, market.book.quality());
    market.time += TestSettings.MARK_STALE + SECOND;
    market.openInterest(10);
    market.time += 2 * MINUTE;
    market.markAt(market.map.markPrice());

    final List<PublishedEvent> published = market.published(MapEvent.Kind.QUALITY);
    final int faults = unscored | QualityFlags.REJECTED | QualityFlags.GAP;
    assertEquals(
        List.of(
            unscored | QualityFlags.OPEN_INTEREST_STALE,
            unscored,
            unscored | QualityFlags.REJECTED,
            faults,
            faults | QualityFlags.MARK_MISSING,
            faults | QualityFlags.OPEN_INTEREST_STALE),
        published.stream().map(PublishedEvent::qualityAfter).toList());
    for (int i = 1; i < published.size(); i++) {
      assertEquals(published.get(i - 1).qualityAfter(), published.get(i).qualityBefore());
    }
  }

  @Test
  void shouldSeeWhatPriceDidAfterASweep() {
    market.longs(LOW, LOW + 79, 1);
    market.longs(LOW + 30, 19);
    market.refresh();
    market.mark(LOW + 29);
    assertEquals(1, market.published(MapEvent.Kind.CLEARED).size());
    market.time += 5 * MINUTE;
    market.openInterest(1_000);
    assertEquals(0, market.book.reactions().count(Side.LONG, 0), "no price has come");
    market.mark(LOW + 19);
    assertEquals(1, market.book.reactions().continuations(Side.LONG, 0));
    assertEquals(
        (1 - StrictMath.exp(-10 * StrictMath.log1p(1e-3))) * 1e4,
        market.book.reactions().meanBps(Side.LONG, 0),
        1e-2);
  }

  /** Buyers move the price up by 5 bp a minute, sellers down again. */
  private void makeImpact(final double quantity) {
    final long price = market.price(START_BUCKET);
    for (int i = 0; i <= 40; i++) {
      final boolean isUp = i % 2 == 0;
      market.time += MINUTE;
      market.markAt(isUp ? Math.round(price * 1.0005) : price);
      market.trade(market.map.markPrice(), quantity, isUp);
    }
    market.time += MINUTE;
    market.markAt(price);
  }

  @Test
  void shouldKnowVolatilityAndImpact() {
    assertTrue(Double.isNaN(market.book.volatility()));
    makeImpact(100);
    assertEquals(5e-4 * Math.sqrt(60), market.book.volatility(), 1e-5);
    final double notional = 100 * market.price(START_BUCKET) * market.unit();
    assertEquals(1, market.book.impact() * notional / 5e-4, 1e-3);
  }

  @Test
  void shouldMeasureByBarsWhereTheFeedSaysSoAndBeginAgainWhenTheyChange() {
    final long hour = 60 * MINUTE;
    final long start = market.time - market.time % hour + hour;
    market.ofBars(hour, 0);
    hours(start, 12);
    final double range = StrictMath.log((double) market.price(START_BUCKET + 20) / low());
    assertEquals(range / Math.sqrt(4 * Math.log(2)), market.book.volatility(), 1e-12);
    final double notional = 100 * low() * market.unit();
    final double move = StrictMath.log((double) market.price(START_BUCKET + 10) / open());
    assertEquals(move / notional, market.book.impact(), 1e-9 * move / notional);
    assertEquals(hour, market.book.measuredBars());

    market.ofBars(hour, 0);
    assertTrue(market.book.volatility() > 0, "the same bars continue");
    market.ofBars(hour, hour / 2);
    assertTrue(Double.isNaN(market.book.volatility()) && Double.isNaN(market.book.impact()));
    market.ofBars(MINUTE, 0);
    assertEquals(0, market.book.measuredBars());
    assertEquals(MINUTE, market.book.barNanos());
    makeImpact(100);
    assertEquals(5e-4 * Math.sqrt(60), market.book.volatility(), 1e-5);
    market.ofBars(0, 0);
    assertTrue(market.book.volatility() > 0, "bars of a minute are measured as ticks are");
    market.ofBars(hour, 0);
    assertTrue(Double.isNaN(market.book.volatility()));
  }

  private long open() {
    return market.price(START_BUCKET);
  }

  private long low() {
    return market.price(START_BUCKET - 10);
  }

  /** Bars of open, low with a purchase, high, close. */
  private void hours(final long start, final int count) {
    for (int i = 0; i < count; i++) {
      final int[] path = {0, -10, 20, 10};
      for (int corner = 0; corner < path.length; corner++) {
        market.time = start + (4L * i + corner) * 15 * MINUTE;
        market.mark(START_BUCKET + path[corner]);
        if (corner == 1) {
          market.trade(low(), 100, true);
        }
      }
    }
    market.time = start + 60 * MINUTE * count;
    market.mark(START_BUCKET);
  }

  @Test
  void shouldWarnOfACascadeOnceUntilItEnds() {
    makeImpact(100);
    final double impact = market.book.impact();
    assertEquals(List.of(), market.published(MapEvent.Kind.CASCADE_WARNING));
    market.longs(START_BUCKET - 5, 4_000);
    market.refresh();

    final PublishedEvent warning = market.published(MapEvent.Kind.CASCADE_WARNING).get(0);
    assertEquals(Side.LONG, warning.side());
    final double notional = 4_000 * market.price(START_BUCKET - 5) * market.unit();
    assertEquals(notional, warning.expectedNotional(), 1e-4 * notional);
    // A shock of 1 % of mark, as in the questions to the view; downwards its logarithm is longer.
    final double reach = -StrictMath.log1p(-.01) + impact * warning.expectedNotional();
    assertTrue(reach > .02, "reach " + reach);
    final double reachPrice = market.map.markPrice() * .5 * StrictMath.exp(-reach);
    assertEquals(reachPrice, warning.reachPrice(), TOLERANCE * reachPrice);
    assertEquals(1, warning.rounds());
    assertEquals(START_BUCKET, warning.highBucket());
    assertEquals(
        Math.round(reach / StrictMath.log1p(1e-3)), warning.highBucket() - warning.lowBucket() + 1);

    market.longs(START_BUCKET - 5, 1);
    market.refresh();
    assertEquals(1, market.published(MapEvent.Kind.CASCADE_WARNING).size(), "published already");
    market.mark(START_BUCKET - 6);
    market.mark(START_BUCKET);
    market.refresh();
    market.longs(START_BUCKET - 5, 40_000);
    market.refresh();
    assertEquals(2, market.published(MapEvent.Kind.CASCADE_WARNING).size(), "it had ended");
  }

  @Test
  void shouldLetAWarningStandWhileTheReachIsLittleLess() {
    makeImpact(100);
    // 2 000 move the price by 1 % and double the shock; 0.82 of that is enough to continue.
    market.longs(START_BUCKET - 5, 2_050);
    market.refresh();
    assertEquals(1, market.published(MapEvent.Kind.CASCADE_WARNING).size());
    shrinkTo(.9);
    shrinkTo(1 / .9);
    assertEquals(1, market.published(MapEvent.Kind.CASCADE_WARNING).size(), "it stood");
  }

  /** Open positions leave in proportion, or the same again is added. */
  private void shrinkTo(final double factor) {
    final double quantity =
        market.book.density().notional(Side.LONG, START_BUCKET - 5)
            / market.price(START_BUCKET - 5)
            / market.unit();
    if (factor > 1) {
      market.longs(START_BUCKET - 5, quantity * (factor - 1));
    } else {
      market.openInterest(100_000);
      market.openInterest(100_000 * factor);
    }
    market.refresh();
    final double now =
        market.book.density().notional(Side.LONG, START_BUCKET - 5)
            / market.price(START_BUCKET - 5)
            / market.unit();
    assertEquals(factor, now / quantity, 1e-6);
  }

  @Test
  void shouldNotWarnWithoutAnImpact() {
    market.longs(START_BUCKET - 5, 1e9);
    market.refresh();
    assertEquals(List.of(), market.published(MapEvent.Kind.CASCADE_WARNING));
  }

  @Test
  void shouldTellTheSameOfTheSameEvents() {
    final ClusterMarket again = ClusterMarket.plain().open();
    for (final ClusterMarket each : List.of(market, again)) {
      each.longs(LOW, LOW + 79, 1);
      each.longs(LOW + 30, 19);
      each.refresh();
      each.mark(LOW + 29);
    }
    assertEquals(market.published, again.published);
    assertFalse(market.published.isEmpty());
  }
}
