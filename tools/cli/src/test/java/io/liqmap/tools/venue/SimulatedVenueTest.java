package io.liqmap.tools.venue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.codecs.feed.ContractKind;
import io.liqmap.engine.core.margin.BinanceUsdm;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEncoder;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedFault;
import io.liqmap.engine.feed.FeedFileWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
final class SimulatedVenueTest {
  private static final long SECOND = 1_000_000_000L;
  private static final double QUANTITY_UNIT = 1e-3;
  private static final double PRICE_UNIT = 1e-2;

  /** Crashes compared with calm markets: each falls at least twice as deep. */
  private static final int SEEDS = 2;

  private final FeedEvent event = new FeedEvent();

  @Test
  void longsEqualShortsEqualOpenInterestAfterEveryEventAndTradesAccountForItsChanges() {
    final SimulatedVenue venue = Venues.wild(1);
    long before = 0;
    int opened = 0;
    int closed = 0;
    while (venue.time() < Venues.START + Venues.HOUR) {
      venue.next(event);
      final long interest = Math.round(venue.truth().openInterest() / QUANTITY_UNIT);
      if (event.kind() == FeedEvent.TRADE) {
        final long change = interest - before;
        assertTrue(
            change == 0 || Math.abs(change) == event.quantity(),
            () -> "a trade of " + event.quantity() + " moved open interest by " + change);
        opened += change > 0 ? 1 : 0;
        closed += change < 0 ? 1 : 0;
      } else {
        assertEquals(before, interest, "only trades move open interest");
      }
      if (event.kind() == FeedEvent.OPEN_INTEREST) {
        assertEquals(interest, event.openInterest());
      }
      before = interest;
      if (event.sequence() % 64 == 0) {
        assertEquals(venue.truth().openInterest(), sum(venue, Side.LONG), 1e-6);
        assertEquals(venue.truth().openInterest(), sum(venue, Side.SHORT), 1e-6);
      }
    }
    assertTrue(opened > 1_000 && closed > 100, opened + " opened, " + closed + " closed");
  }

  @Test
  void whatMarkCrossesAndNothingElseIsLiquidatedBeforeTheNextMark() {
    final SimulatedVenue venue = Venues.wild(2);
    final List<String> crossed = new ArrayList<>();
    final List<String> liquidated = new ArrayList<>();
    int liquidations = 0;
    while (venue.time() < Venues.START + Venues.HOUR) {
      venue.next(event);
      if (event.kind() == FeedEvent.LIQUIDATION) {
        liquidated.add(
            (event.positionSide() == FeedEvent.LONG ? Side.LONG : Side.SHORT)
                + " "
                + event.quantity());
        liquidations++;
      } else if (event.kind() == FeedEvent.MARK_PRICE) {
        Collections.sort(crossed);
        Collections.sort(liquidated);
        assertEquals(crossed, liquidated);
        crossed.clear();
        liquidated.clear();
        final double mark = event.markPrice() * PRICE_UNIT;
        for (final Side side : Side.values()) {
          venue
              .truth()
              .forEach(
                  side,
                  (quantity, entry, leverage, margin, liquidation) -> {
                    if (liquidation > 0 && side.sign() * (mark - liquidation) <= 0) {
                      crossed.add(side + " " + Math.round(quantity / QUANTITY_UNIT));
                    }
                  });
        }
      }
    }
    assertTrue(liquidations > 500, () -> "too few to say anything");
  }

  @Test
  void aPositionIsLiquidatedWhereTheVenuesFormulaSays() {
    final SimulatedVenue venue = Venues.wild(3);
    run(venue, Venues.HOUR);
    final int[] withOtherEquity = new int[1];
    for (final Side side : Side.values()) {
      venue
          .truth()
          .forEach(
              side,
              (quantity, entry, leverage, margin, liquidation) -> {
                assertEquals(
                    BinanceUsdm.liquidationPrice(side, margin, quantity, entry, Venues.BRACKETS),
                    liquidation,
                    1e-6 * entry);
                if (Math.abs(margin - quantity * entry / leverage) > 1e-6 * margin) {
                  withOtherEquity[0]++;
                }
              });
    }
    assertTrue(withOtherEquity[0] > 10, () -> "cross and added margin are missing");
  }

  @Test
  void theSameSeedGivesTheSameBytesAndAnotherSeedOthers(@TempDir final Path folder)
      throws IOException {
    final byte[] once = bytes(folder.resolve("once"), 5);
    assertArrayEquals(once, bytes(folder.resolve("again"), 5));
    assertFalse(Arrays.equals(once, bytes(folder.resolve("other"), 6)));
  }

  private byte[] bytes(final Path file, final long seed) throws IOException {
    final SimulatedVenue venue = Venues.standard(seed);
    try (FeedFileWriter writer = new FeedFileWriter(file)) {
      for (int i = 0; i < 100_000; i++) {
        venue.next(event);
        writer.write(event);
      }
      writer.complete();
    }
    return Files.readAllBytes(file);
  }

  @Test
  void aFeedAdapterFindsNoFaultInADayWhichLiquidatesSomeButNotMuchOfBothSides() {
    final SimulatedVenue venue = Venues.standard(7);
    final FeedAdapter adapter = new FeedAdapter(1);
    final FeedEncoder encoder = new FeedEncoder();
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[FeedEncoder.MAX_FRAME_LENGTH]);
    final FeedEvent decoded = new FeedEvent();
    final long[] kinds = new long[FeedEvent.GAP + 1];
    final long[] liquidated = new long[3];
    long time = 0;
    while (venue.time() < Venues.START + 24 * Venues.HOUR) {
      venue.next(event);
      adapter.wrap(buffer, 0, encoder.encode(event, buffer, 0));
      assertTrue(adapter.next(decoded));
      assertEquals(event.sequence(), decoded.sequence());
      assertTrue(event.exchangeTime() >= time, "time goes forward");
      time = event.exchangeTime();
      kinds[event.kind()]++;
      if (event.kind() == FeedEvent.LIQUIDATION) {
        liquidated[event.positionSide()] += event.quantity();
      }
    }
    IntStream.range(0, FeedFault.values().length)
        .forEach((i) -> assertEquals(0, adapter.count(FeedFault.values()[i])));
    assertEquals(86_401, kinds[FeedEvent.MARK_PRICE]);
    assertEquals(8_640, kinds[FeedEvent.OPEN_INTEREST]);
    assertEquals(17_279, kinds[FeedEvent.HEARTBEAT]);
    final double perSecond = kinds[FeedEvent.TRADE] / 86_400.0;
    assertTrue(perSecond > 2 && perSecond < 20, perSecond + " trades a second");
    for (final int side : new int[] {FeedEvent.LONG, FeedEvent.SHORT}) {
      final double share = liquidated[side] * QUANTITY_UNIT / venue.truth().openInterest();
      assertTrue(share > 0.001 && share < 0.2, share + " of open interest liquidated");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"calm", "trend", "squeeze", "crash", "thin-book", "sweep-and-reverse"})
  void eachScenarioReportsNoMoreThanIsLiquidatedAndKeepsItsSidesEqual(final String name) {
    final Scenario scenario = Venues.scenario(name);
    final SimulatedVenue venue = Venues.of(4, scenario);
    long reported = 0;
    int prints = 0;
    long last = -SECOND;
    while (venue.time() < Venues.START + 10 * 24 * Venues.HOUR) {
      venue.next(event);
      if (event.kind() == FeedEvent.LIQUIDATION) {
        reported += event.quantity();
        prints++;
        if (scenario.venue().prints() == Prints.THROTTLED) {
          assertTrue(event.exchangeTime() - last >= SECOND, "two prints within a second");
        }
        last = event.exchangeTime();
      } else if (event.kind() == FeedEvent.OPEN_INTEREST && event.sequence() % 8 == 0) {
        assertEquals(venue.truth().openInterest(), sum(venue, Side.LONG), 1e-6);
        assertEquals(venue.truth().openInterest(), sum(venue, Side.SHORT), 1e-6);
      }
    }
    final double liquidated =
        venue.truth().liquidated(Side.LONG) + venue.truth().liquidated(Side.SHORT);
    assertTrue(prints > 20, prints + " prints");
    if (scenario.venue().prints() == Prints.ALL) {
      assertEquals(liquidated, reported * QUANTITY_UNIT, 1e-6);
    } else {
      assertTrue(reported * QUANTITY_UNIT < liquidated, "the throttle drops some");
    }
  }

  @Test
  void mostOpenInterestIsOutOfReachAndAboutAsMuchAsTheScenarioSays() {
    final Scenario calm = Venues.scenario("calm");
    final SimulatedVenue venue = Venues.of(5, calm);
    run(venue, 25 * 24 * Venues.HOUR);
    final double mark = venue.mark() * PRICE_UNIT;
    final double interest = venue.truth().openInterest();
    final double expected = calm.venue().openInterest() / calm.venue().startPrice();
    assertTrue(interest > expected / 2 && interest < expected * 2, interest + " of " + expected);
    final double farLongs = interest - venue.truth().quantity(Side.LONG, mark * 0.55, mark);
    final double farShorts = interest - venue.truth().quantity(Side.SHORT, mark, mark * 1.8);
    for (final double share : new double[] {farLongs / interest, farShorts / interest}) {
      assertTrue(share > 0.5 && share < 0.95, share + " out of reach");
    }
  }

  @Test
  void aCrashFallsDeeperThanACalmMarketAndAThinBookMovesMoreForANotional() {
    double calmFall = 0;
    double crashFall = 0;
    double usualImpact = 0;
    double thinImpact = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
      calmFall += deepestFall(Venues.of(seed, Venues.scenario("calm")));
      crashFall += deepestFall(Venues.of(seed, Venues.scenario("crash")));
      usualImpact += impact(Venues.scenario("trend"), seed);
      thinImpact += impact(Venues.scenario("thin-book"), seed);
    }
    assertTrue(crashFall > 1.3 * calmFall, crashFall + " crash, " + calmFall + " calm");
    assertTrue(thinImpact > 1.3 * usualImpact, thinImpact + " thin, " + usualImpact + " usual");
  }

  private double deepestFall(final SimulatedVenue venue) {
    double high = 0;
    double fall = 0;
    while (venue.time() < Venues.START + 20 * 24 * Venues.HOUR) {
      venue.next(event);
      if (event.kind() == FeedEvent.MARK_PRICE) {
        high = Math.max(high, (double) event.markPrice());
        fall = Math.max(fall, Math.log(high / event.markPrice()));
      }
    }
    return fall;
  }

  /** Log move of the price for 1 % of open interest bought, from rest. */
  private static double impact(final Scenario scenario, final long seed) {
    final double interest = scenario.venue().openInterest();
    final MarketPrice market = new MarketPrice(scenario.price(), 60_000, interest, new Draws(seed));
    for (int i = 0; i < 10; i++) {
      market.push(interest / 1_000);
    }
    return Math.log(market.last() / 60_000);
  }

  @Test
  void anInverseInstrumentIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new SimulatedVenue(
                1,
                Venues.definition(ContractKind.INVERSE),
                Venues.BRACKETS,
                Venues.START,
                Venues.scenario("mixed")));
  }

  private void run(final SimulatedVenue venue, final long nanos) {
    while (venue.time() < Venues.START + nanos) {
      venue.next(event);
    }
  }

  private static double sum(final SimulatedVenue venue, final Side side) {
    final double[] sum = new double[1];
    venue
        .truth()
        .forEach(side, (quantity, entry, leverage, margin, liquidation) -> sum[0] += quantity);
    return sum[0];
  }
}
