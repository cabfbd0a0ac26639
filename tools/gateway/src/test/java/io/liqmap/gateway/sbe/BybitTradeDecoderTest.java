package io.liqmap.gateway.sbe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.gateway.sbe.VenueMessages.Trade;
import io.liqmap.gateway.venue.FrameOutcome;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class BybitTradeDecoderTest {
  private static final long MICROS = VenueMessages.MICROS;
  private static final long NANOS = MICROS * 1_000;
  private static final long MINUTE = 60_000_000;

  /** A tick of 0.10 and a lot of 0.001. */
  private static final InstrumentDefinition BTC =
      VenueMessages.instrument(0, "BTCUSDT", -2, -4, 10, 10);

  private final RecordedMarket market = new RecordedMarket();
  private final SbeDecoder decoder = new BybitTradeDecoder(List.of(BTC));
  private long lastId;

  @Test
  void shouldReadExponentsOfEitherSign() {
    assertEquals(FrameOutcome.MARKET, send(2, 3, 6_412_340, 1_500));
    assertEquals(FrameOutcome.MARKET, send(-2, -3, 6_412_350, 2_500));
    assertEquals(FrameOutcome.MARKET, send(1, 6, 641_236, 7_000));
    final List<String> lines = market.take();
    assertEquals(
        List.of(line(6_412_340, 15_000), line(6_412_350, 25_000), line(6_412_360, 70)), lines);
  }

  @Test
  void shouldRefuseWhatNeitherReadingFits() {
    assertEquals(FrameOutcome.INVALID, send(2, 3, 6_412_345, 1_500), "between ticks");
    assertEquals(FrameOutcome.INVALID, send(0, 3, 64_123, 1_500), "a unit above the tick");
    assertEquals(FrameOutcome.INVALID, send(2, 0, 6_412_340, 1), "a unit above the lot");
    assertEquals(FrameOutcome.INVALID, send(2, -3, 6_412_340, 1_500), "signs that differ");
    assertEquals(FrameOutcome.INVALID, send(2, 3, -6_412_340, 1_500), "negative price");
    assertEquals(FrameOutcome.INVALID, send(2, 3, 6_412_340, 0), "no quantity");
    assertEquals(FrameOutcome.INVALID, send(2, 5, 6_412_340, 1), "a part of a mantissa");
    assertEquals(FrameOutcome.INVALID, send(2, 3, 6_412_340, FeedAdapter.MAX_MANTISSA / 10 + 1));
    assertEquals(FrameOutcome.INVALID, send(127, 127, 6_412_340, 1_500));
    assertEquals(FrameOutcome.INVALID, send(-128, -128, 6_412_340, 1_500));
    assertEquals(List.of(), market.take());
    assertEquals(FrameOutcome.MARKET, send(2, 3, 6_412_340, 1_500));
  }

  /** Where ticks and lots are coarse, units fit both ways: the last price says which is meant. */
  @Test
  void shouldDecideByTheLastPriceWhereBothUnitsFit() {
    final SbeDecoder coarse =
        new BybitTradeDecoder(
            List.of(VenueMessages.instrument(0, "BTCUSDT", -2, -2, 1_000, 1_000)));
    assertEquals(FrameOutcome.INVALID, send(coarse, MICROS, 1, 1, 2_000, 3_000), "none is known");
    assertEquals(FrameOutcome.MARKET, send(coarse, MICROS, 0, 0, 2_000, 3_000), "no exponents");
    assertEquals(FrameOutcome.MARKET, send(coarse, MICROS, 1, 1, 200, 3_000));
    assertEquals(FrameOutcome.MARKET, send(coarse, MICROS, 1, 1, 20_000, 3_000));
    assertEquals(
        List.of(line(200_000, 300_000), line(200_000, 3_000_000), line(200_000, 30_000)),
        market.take());
    assertEquals(
        FrameOutcome.INVALID,
        send(coarse, MICROS + MINUTE + 1, 1, 1, 2_000, 3_000),
        "the last is old");
  }

  @Test
  void shouldRefuseAPriceTenTimesTheLastOfTheSameMinute() {
    send(2, 3, 6_000_000, 1_500);
    assertEquals(FrameOutcome.INVALID, send(2, 3, 60_000_000, 1_500));
    assertEquals(FrameOutcome.INVALID, send(2, 3, 600_000, 1_500));
    assertEquals(FrameOutcome.MARKET, send(2, 3, 59_999_990, 1_500));
    assertEquals(FrameOutcome.MARKET, send(2, 3, 6_000_000, 1_500));
    assertEquals(FrameOutcome.INVALID, send(decoder, MICROS + MINUTE, 2, 3, 60_000_000, 1_500));
    assertEquals(FrameOutcome.MARKET, send(decoder, MICROS + MINUTE + 1, 2, 3, 60_000_000, 1_500));
    assertEquals(4, market.take().size());
  }

  @Test
  void shouldReadTimesInMicrosecondsOrMilliseconds() {
    assertEquals(FrameOutcome.MARKET, send(decoder, MICROS, 2, 3, 6_412_340, 1_500));
    assertEquals(FrameOutcome.MARKET, send(decoder, MICROS / 1_000, 2, 3, 6_412_340, 1_500));
    assertEquals(
        List.of(
            RecordedMarket.tradeLine("BTCUSDT", NANOS, 6_412_340, 15_000, FeedEvent.BUY),
            RecordedMarket.tradeLine(
                "BTCUSDT", NANOS / 1_000_000 * 1_000_000, 6_412_340, 15_000, FeedEvent.BUY)),
        market.take());
    for (final long time :
        new long[] {
          0,
          -1,
          MICROS / 1_000_000,
          NANOS,
          Long.MIN_VALUE,
          Long.MAX_VALUE,
          946_684_799_999L,
          4_102_444_800_001L,
          946_684_799_999_999L,
          4_102_444_800_000_001L
        }) {
      assertEquals(FrameOutcome.INVALID, send(decoder, time, 2, 3, 6_412_340, 1_500), "at " + time);
    }
    assertEquals(List.of(), market.take());
  }

  @Test
  void shouldRefuseATakerSideThatIsNeitherBuyNorSell() {
    for (final int side : new int[] {0, 3, 254, 255}) {
      assertEquals(FrameOutcome.INVALID, send(new Trade(++lastId, MICROS, 6_412_340, 1_500, side)));
    }
    assertEquals(FrameOutcome.MARKET, send(new Trade(++lastId, MICROS, 6_412_340, 1_500, 2)));
    assertEquals(
        List.of(RecordedMarket.tradeLine("BTCUSDT", NANOS, 6_412_340, 15_000, FeedEvent.SELL)),
        market.take());
  }

  @Test
  void shouldReportAHoleWithTheFirstTradeAfterALostLine() {
    decoder.onLost();
    send(2, 3, 6_412_340, 1_500);
    assertEquals(List.of(line(6_412_340, 15_000)), market.take(), "nothing came before");
    decoder.onLost();
    decoder.onLost();
    send(decoder, MICROS + 9, 2, 3, 6_412_340, 1_500);
    send(decoder, MICROS + 9, 2, 3, 6_412_340, 1_500);
    final String trade =
        RecordedMarket.tradeLine("BTCUSDT", NANOS + 9_000, 6_412_340, 15_000, FeedEvent.BUY);
    assertEquals(
        List.of(RecordedMarket.interruptionLine("BTCUSDT", NANOS + 9_000, 0, NANOS), trade, trade),
        market.take());
  }

  @Test
  void shouldForgetAnIdAfterManyOthers() {
    final byte[] first = message(1);
    assertEquals(FrameOutcome.MARKET, decode(decoder, first));
    for (int id = 2; id <= RecentIds.CAPACITY; id++) {
      assertEquals(FrameOutcome.MARKET, decode(decoder, message(id)));
    }
    assertEquals(FrameOutcome.NOTHING_NEW, decode(decoder, first));
    assertEquals(FrameOutcome.MARKET, decode(decoder, message(RecentIds.CAPACITY + 1)));
    assertEquals(FrameOutcome.MARKET, decode(decoder, first));
    assertEquals(FrameOutcome.NOTHING_NEW, decode(decoder, message(3)));
  }

  @Test
  void shouldDecodeAMessageWithoutTradesAsNothingNew() {
    for (final int exponent : new int[] {0, 2, 50}) {
      final byte[] empty = VenueMessages.bybitTrades("BTCUSDT", exponent, exponent, List.of());
      assertEquals(FrameOutcome.NOTHING_NEW, decode(decoder, empty));
    }
  }

  @Test
  void shouldSendTradesOfTwoInstrumentsWithOneId() {
    final SbeDecoder two =
        new BybitTradeDecoder(List.of(VenueMessages.instrument(0, "ETHUSDT", -2, -4, 10, 10), BTC));
    final List<Trade> trades = List.of(new Trade(1, MICROS, 6_412_340, 1_500, 1));
    for (final String symbol : List.of("ETHUSDT", "BTCUSDT")) {
      final byte[] message = VenueMessages.bybitTrades(symbol, 2, 3, trades);
      assertEquals(FrameOutcome.MARKET, decode(two, message));
      assertEquals(FrameOutcome.NOTHING_NEW, decode(two, message));
    }
  }

  /** Exponents of either sign, ticks and lots of any size: all that a reading decides. */
  @Test
  void shouldAgreeWithANaiveDecodeOfRandomMessages() {
    final SplittableRandom random = new SplittableRandom(11);
    final Map<FrameOutcome, Integer> outcomes = new EnumMap<>(FrameOutcome.class);
    for (int round = 0; round < 400; round++) {
      final long tick = new long[] {1, 5, 10, 50, 100, 1_000}[random.nextInt(6)];
      final long lot = new long[] {1, 10, 100, 1_000}[random.nextInt(4)];
      final InstrumentDefinition of =
          VenueMessages.instrument(0, "BTCUSDT", -random.nextInt(5), -random.nextInt(5), tick, lot);
      final SbeDecoder any = new BybitTradeDecoder(List.of(of));
      final Naive naive = new Naive(of);
      for (int i = 0; i < 20; i++) {
        final int sign = random.nextInt(4) == 0 ? 1 : -1;
        final int priceExponent = sign * (random.nextInt(4) - 4 - of.priceExponent());
        final int sizeExponent = sign * (random.nextInt(4) - 4 - of.quantityExponent());
        final List<Trade> trades = new ArrayList<>();
        for (int k = 1 + random.nextInt(4); k > 0; k--) {
          trades.add(
              new Trade(
                  random.nextInt(100),
                  MICROS + random.nextInt(90) * 1_000_000L,
                  10_000L * (1 + random.nextInt(random.nextInt(20) == 0 ? 5_000 : 50)),
                  10_000L * (1 + random.nextInt(50)),
                  1));
        }
        final List<String> expected = naive.decode(priceExponent, sizeExponent, trades);
        final FrameOutcome outcome =
            decode(any, VenueMessages.bybitTrades("BTCUSDT", priceExponent, sizeExponent, trades));
        outcomes.merge(outcome, 1, Integer::sum);
        assertEquals(expected, market.take());
      }
    }
    assertTrue(outcomes.get(FrameOutcome.MARKET) > 1_000, outcomes.toString());
    assertTrue(outcomes.get(FrameOutcome.INVALID) > 1_000, outcomes.toString());
  }

  private static final class Naive {
    private final InstrumentDefinition of;
    private final Set<Long> ids = new HashSet<>();
    private BigDecimal lastPrice;
    private long lastTime;

    Naive(final InstrumentDefinition of) {
      this.of = of;
    }

    List<String> decode(final int priceExponent, final int sizeExponent, final List<Trade> trades) {
      final BigDecimal priceUnit = BigDecimal.ONE.scaleByPowerOfTen(priceExponent);
      final BigDecimal sizeUnit = BigDecimal.ONE.scaleByPowerOfTen(sizeExponent);
      final BigDecimal priceUnit2 = BigDecimal.ONE.scaleByPowerOfTen(-priceExponent);
      final BigDecimal sizeUnit2 = BigDecimal.ONE.scaleByPowerOfTen(-sizeExponent);
      final boolean isProduct = fits(priceUnit, sizeUnit, trades);
      final boolean isQuotient = fits(priceUnit2, sizeUnit2, trades);
      final boolean isSame =
          priceUnit.compareTo(priceUnit2) == 0 && sizeUnit.compareTo(sizeUnit2) == 0;
      if (isProduct && (isSame || !isQuotient)) {
        return lines(priceUnit, sizeUnit, trades);
      }
      return isQuotient && !isProduct ? lines(priceUnit2, sizeUnit2, trades) : List.of();
    }

    private boolean fits(
        final BigDecimal priceUnit, final BigDecimal sizeUnit, final List<Trade> trades) {
      final BigDecimal tick =
          BigDecimal.valueOf(of.tickSize()).scaleByPowerOfTen(of.priceExponent());
      final BigDecimal lot =
          BigDecimal.valueOf(of.lotSize()).scaleByPowerOfTen(of.quantityExponent());
      final BigDecimal one = BigDecimal.ONE.scaleByPowerOfTen(of.quantityExponent());
      return isMultiple(tick, priceUnit)
          && isMultiple(lot, sizeUnit)
          && trades.stream()
              .allMatch(
                  (trade) ->
                      isMultiple(value(trade.price(), priceUnit), tick)
                          && isMultiple(value(trade.quantity(), sizeUnit), one)
                          && isNear(value(trade.price(), priceUnit), trade.time()));
    }

    private boolean isNear(final BigDecimal price, final long time) {
      return lastPrice == null
          || Math.abs(time - lastTime) > MINUTE
          || (price.compareTo(lastPrice.scaleByPowerOfTen(1)) < 0
              && price.compareTo(lastPrice.scaleByPowerOfTen(-1)) > 0);
    }

    private List<String> lines(
        final BigDecimal priceUnit, final BigDecimal sizeUnit, final List<Trade> trades) {
      final List<String> lines = new ArrayList<>();
      for (final Trade trade : trades) {
        if (ids.add(trade.id())) {
          lastPrice = value(trade.price(), priceUnit);
          lastTime = trade.time();
          lines.add(
              RecordedMarket.tradeLine(
                  of.symbol(),
                  trade.time() * 1_000,
                  lastPrice.scaleByPowerOfTen(-of.priceExponent()).longValueExact(),
                  value(trade.quantity(), sizeUnit)
                      .scaleByPowerOfTen(-of.quantityExponent())
                      .longValueExact(),
                  FeedEvent.BUY));
        }
      }
      return lines;
    }

    private static BigDecimal value(final long mantissa, final BigDecimal unit) {
      return BigDecimal.valueOf(mantissa).multiply(unit);
    }

    private static boolean isMultiple(final BigDecimal value, final BigDecimal step) {
      return value.remainder(step).signum() == 0;
    }
  }

  private static String line(final long price, final long quantity) {
    return RecordedMarket.tradeLine("BTCUSDT", NANOS, price, quantity, FeedEvent.BUY);
  }

  private FrameOutcome send(
      final int priceExponent, final int sizeExponent, final long price, final long size) {
    return send(decoder, MICROS, priceExponent, sizeExponent, price, size);
  }

  private FrameOutcome send(
      final SbeDecoder by,
      final long time,
      final int priceExponent,
      final int sizeExponent,
      final long price,
      final long size) {
    final Trade trade = new Trade(++lastId, time, price, size, 1);
    return decode(
        by, VenueMessages.bybitTrades("BTCUSDT", priceExponent, sizeExponent, List.of(trade)));
  }

  private FrameOutcome send(final Trade trade) {
    return decode(decoder, VenueMessages.bybitTrades("BTCUSDT", 2, 3, List.of(trade)));
  }

  private static byte[] message(final long id) {
    return VenueMessages.bybitTrades(
        "BTCUSDT", 2, 3, List.of(new Trade(id, MICROS, 6_412_340, 1_500, 1)));
  }

  private FrameOutcome decode(final SbeDecoder by, final byte[] message) {
    return by.decode(new UnsafeBuffer(message), 0, message.length, market);
  }
}
