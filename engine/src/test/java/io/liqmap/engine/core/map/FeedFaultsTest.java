package io.liqmap.engine.core.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.clusters.QualityFlags;
import io.liqmap.engine.core.margin.Brackets;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.feed.FeedFault;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each fault of a feed, from its bytes to the map, is counted and published, and the map holds. */
@Tag("slow")
final class FeedFaultsTest {
  private static final int EVENTS = 600;
  private static final int CALM_PRICE = 6_000_000;

  private static MapSettings settings() {
    return TestSettings.of(
        10,
        TestSettings.changing(Brackets.btcusdt2021(), Brackets.btcusdt2024()),
        TestSettings.allKinds(6e6));
  }

  @ParameterizedTest
  @MethodSource("io.liqmap.engine.core.map.Corruption#all")
  void shouldCountTheFaultAndHoldTheMap(final Corruption corruption) {
    final int seed = corruption.name().hashCode();
    final FedMaps maps = new FedMaps(settings(), false);
    final RandomMarket market = new RandomMarket(seed, 1e-3, 12, 30);
    final CorruptedFeed feed =
        new CorruptedFeed(market::next, false, List.of(corruption), 3, new SplittableRandom(seed));
    final long sizeBefore = BucketSpan.INITIAL_SIZE * 4L;
    run(corruption.toString(), maps, feed, EVENTS);
    assertTrue(feed.corrupted() > 0, "corrupted: " + feed.corrupted());
    if (corruption.fault() != null) {
      final long counted = maps.adapter.count(corruption.fault());
      assertTrue(
          corruption.isCertain() ? counted >= feed.corrupted() : counted > 0,
          corruption + ": " + counted + " of " + feed.corrupted());
      final int flag =
          corruption.fault() == FeedFault.MISSING
              ? QualityFlags.GAP
              : maps.writer.faults().rejected() > 0 ? QualityFlags.REJECTED : 0;
      assertEquals(flag, maps.writer.tracker(0).quality() & flag, "quality");
    }
    assertTrue(maps.map().span().size() <= sizeBefore, "span of " + maps.map().span().size());
    assertTrue(maps.swept(Side.LONG) > 0 && maps.swept(Side.SHORT) > 0);
  }

  private static void run(
      final String place, final FedMaps maps, final CorruptedFeed feed, final int events) {
    for (int i = 0; i < events; i++) {
      feed.next();
      final boolean isUpdate = maps.take(feed.buffer(), feed.length());
      if (i % 500 == 499) {
        maps.restart();
      }
      if (isUpdate && i % 5 == 0) {
        maps.assertHoldsAfterAnUpdate(place + ", event " + i);
      }
    }
    maps.flush();
    maps.assertHolds(place + ", at the end");
    maps.assertTellTheSame(place);
  }

  /** A walk without leaps of its own, from what comes before and after. */
  private static Supplier<MarketEvent> calm(final List<MarketEvent> first) {
    final SplittableRandom random = new SplittableRandom(5);
    return new Supplier<>() {
      private int number;

      @Override
      public MarketEvent get() {
        final int i = number++;
        if (i < first.size()) {
          return first.get(i);
        }
        final long at = TestSettings.START + i * 1_000_000_000L;
        final long price = CALM_PRICE + random.nextLong(20_000) - 10_000;
        return switch (i % 10) {
          case 0 -> new MarketEvent(MarketEvent.Kind.OPEN_INTEREST, at, 0, 50_000 + i, false);
          case 1, 2 -> new MarketEvent(MarketEvent.Kind.MARK, at, price, 0, false);
          default -> new MarketEvent(MarketEvent.Kind.TRADE, at, price, 10, random.nextBoolean());
        };
      }
    };
  }

  private static MarketEvent at(final int second, final MarketEvent.Kind kind, final double value) {
    final long at = TestSettings.START + second * 1_000_000_000L;
    return kind == MarketEvent.Kind.OPEN_INTEREST
        ? new MarketEvent(kind, at, 0, value, false)
        : new MarketEvent(kind, at, (long) value, 10, true);
  }

  private static FedMaps fed(final MarketEvent... first) {
    final FedMaps maps = new FedMaps(settings(), false);
    final CorruptedFeed feed =
        new CorruptedFeed(calm(List.of(first)), false, List.of(), 1, new SplittableRandom(1));
    for (int i = 1; i < first.length; i++) {
      feed.next();
      if (maps.take(feed.buffer(), feed.length())) {
        maps.assertHoldsAfterAnUpdate("event " + i);
      }
    }
    return maps;
  }

  @Test
  void shouldBelieveAnAbsurdPriceThatPersists() {
    final MarketEvent.Kind trade = MarketEvent.Kind.TRADE;
    final FedMaps maps =
        fed(
            at(0, trade, 1),
            at(0, trade, CALM_PRICE),
            at(1, trade, CALM_PRICE),
            at(2, trade, CALM_PRICE * 100.0),
            at(3, trade, CALM_PRICE * 101.0),
            at(4, trade, CALM_PRICE * 99.0),
            at(5, trade, CALM_PRICE * 100.0),
            at(6, trade, CALM_PRICE * 102.0));
    assertEquals(3, maps.adapter.count(FeedFault.PRICE));
    assertEquals(CALM_PRICE * 102L, maps.map().lastPrice());
  }

  @Test
  void shouldNotBelieveAPriceThatGoodOnesContradict() {
    final FedMaps maps = new FedMaps(settings(), false);
    final Supplier<MarketEvent> market =
        new Supplier<>() {
          private int i;

          @Override
          public MarketEvent get() {
            i++;
            return at(i, MarketEvent.Kind.TRADE, i % 4 == 0 ? CALM_PRICE : CALM_PRICE * 100.0);
          }
        };
    final CorruptedFeed feed =
        new CorruptedFeed(market, false, List.of(), 1, new SplittableRandom(1));
    for (int i = 0; i < 400; i++) {
      feed.next();
      maps.take(feed.buffer(), feed.length());
    }
    // The first price of all is believed; three in a row are not enough to be believed later.
    assertNotEquals(0, maps.adapter.count(FeedFault.PRICE));
    assertEquals(BucketSpan.INITIAL_SIZE, maps.map().span().size());
  }

  @Test
  void shouldTakeACrashThatHalvesThePriceInOneStep() {
    final MarketEvent.Kind mark = MarketEvent.Kind.MARK;
    final FedMaps maps =
        fed(
            at(0, mark, 1),
            at(0, mark, CALM_PRICE),
            at(1, mark, CALM_PRICE * .8),
            at(2, mark, CALM_PRICE * .4),
            at(3, mark, CALM_PRICE * .08));
    assertEquals(0, maps.adapter.count(FeedFault.PRICE));
  }

  @Test
  void shouldTakeHoursBetweenEventsAndAWeekendWithoutAny() {
    final MarketEvent.Kind mark = MarketEvent.Kind.MARK;
    final int hour = 3_600;
    final FedMaps maps =
        fed(
            at(0, mark, 1),
            at(0, mark, CALM_PRICE),
            at(hour, mark, CALM_PRICE),
            at(30 * hour, mark, CALM_PRICE),
            at(110 * hour, mark, CALM_PRICE * 1.2),
            at(111 * hour, mark, CALM_PRICE));
    assertEquals(0, maps.adapter.count(FeedFault.TIME));
    assertEquals(111 * hour * 1_000_000_000L, maps.map().time() - TestSettings.START);
  }

  @Test
  void shouldFollowAFeedThatResumesAfterAMonthOfSilence() {
    final MarketEvent.Kind mark = MarketEvent.Kind.MARK;
    final int month = 30 * 86_400;
    final FedMaps maps =
        fed(
            at(0, mark, 1),
            at(0, mark, CALM_PRICE),
            at(month, mark, CALM_PRICE),
            at(month + 1, mark, CALM_PRICE),
            at(month + 2, mark, CALM_PRICE),
            at(month + 3, mark, CALM_PRICE));
    assertEquals(3, maps.adapter.count(FeedFault.TIME));
    assertEquals((month + 3) * 1_000_000_000L, maps.map().time() - TestSettings.START);
  }

  @Test
  void shouldSayThatOpenInterestIsStaleAfterDaysWithoutAndMeetItWhenItComesBack() {
    final MarketEvent.Kind interest = MarketEvent.Kind.OPEN_INTEREST;
    final MarketEvent.Kind trade = MarketEvent.Kind.TRADE;
    final int days = 5 * 86_400;
    final FedMaps maps =
        fed(
            at(0, trade, 1),
            at(0, trade, CALM_PRICE),
            at(1, interest, 50_000),
            at(2, trade, CALM_PRICE + 1_000),
            at(days / 2, trade, CALM_PRICE),
            at(days, trade, CALM_PRICE));
    // Whatever comes next is of the calm market's clock, which is days behind.
    assertTrue(maps.map().isOpenInterestStale(maps.map().time()));
    final int flag = QualityFlags.OPEN_INTEREST_STALE;
    assertEquals(flag, maps.writer.tracker(0).quality() & flag);
    final FedMaps back =
        fed(
            at(0, trade, 1),
            at(0, trade, CALM_PRICE),
            at(1, interest, 50_000),
            at(2, trade, CALM_PRICE + 1_000),
            at(days, trade, CALM_PRICE),
            at(days + 1, interest, 60_000));
    assertEquals(0, back.writer.tracker(0).quality() & flag);
    MapInvariants.assertAddsUp("after days without", back.map(), 60_000);
  }
}
