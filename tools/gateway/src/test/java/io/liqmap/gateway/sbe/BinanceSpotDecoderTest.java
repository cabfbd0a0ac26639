package io.liqmap.gateway.sbe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.gateway.sbe.VenueMessages.Trade;
import io.liqmap.gateway.venue.FrameOutcome;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class BinanceSpotDecoderTest {
  private static final long MICROS = VenueMessages.MICROS;
  private static final long NANOS = MICROS * 1_000;
  private static final InstrumentDefinition BTC =
      VenueMessages.instrument(0, "BTCUSDT", -2, -5, 1, 1);

  private final RecordedMarket market = new RecordedMarket();
  private final SbeDecoder decoder = new BinanceSpotDecoder(List.of(BTC));

  @Test
  void shouldAgreeWithANaiveDecodeOfRandomMessages() {
    final SplittableRandom random = new SplittableRandom(5);
    final Map<FrameOutcome, Integer> outcomes = new EnumMap<>(FrameOutcome.class);
    for (int round = 0; round < 40; round++) {
      final List<InstrumentDefinition> instruments = new ArrayList<>();
      for (int id = 0; id < 1 + random.nextInt(9); id++) {
        instruments.add(
            VenueMessages.instrument(
                id, "S" + id * 37, -random.nextInt(13), 6 - random.nextInt(19), 1, 1));
      }
      final SbeDecoder anyDecoder = new BinanceSpotDecoder(instruments);
      final Map<String, Trade> last = new HashMap<>();
      for (int i = 0; i < 200; i++) {
        final InstrumentDefinition of = instruments.get(random.nextInt(instruments.size()));
        final int priceExponent = near(random, of.priceExponent());
        final int quantityExponent = near(random, of.quantityExponent());
        final Trade before = last.getOrDefault(of.symbol(), new Trade(0, 0, 0, 0, 0));
        final long time = MICROS + random.nextInt(1_000_000);
        final List<Trade> trades = trades(random, before.id() == 0 ? 1_000_000 : before.id(), time);
        final byte[] message =
            VenueMessages.binanceTrades(of.symbol(), time, priceExponent, quantityExponent, trades);
        final List<String> expected = naive(of, priceExponent, quantityExponent, trades, last);
        final FrameOutcome outcome = decode(anyDecoder, message);
        outcomes.merge(outcome, 1, Integer::sum);
        assertEquals(expected, market.take());
        assertEquals(
            expected.stream().anyMatch((line) -> line.startsWith("trade")),
            outcome == FrameOutcome.MARKET);
      }
    }
    for (final FrameOutcome outcome :
        List.of(FrameOutcome.MARKET, FrameOutcome.NOTHING_NEW, FrameOutcome.INVALID)) {
      assertTrue(outcomes.getOrDefault(outcome, 0) > 100, outcomes.toString());
    }
  }

  /** Mostly one that gives whole mantissas. */
  private static int near(final SplittableRandom random, final int exponent) {
    return Math.max(-128, exponent + random.nextInt(-3, 4) * random.nextInt(2));
  }

  private static List<Trade> trades(
      final SplittableRandom random, final long lastId, final long time) {
    final List<Trade> trades = new ArrayList<>();
    long id = lastId;
    for (int i = random.nextInt(6); i > 0; i--) {
      id += random.nextInt(4) > 0 ? 1 : random.nextInt(-3, 5);
      final boolean isOdd = random.nextInt(100) == 0;
      trades.add(
          new Trade(
              id,
              time,
              isOdd ? random.nextLong() : 1_000L * (1 + random.nextInt(1_000_000)),
              1_000L * (random.nextInt(300) == 0 ? 0 : 1 + random.nextInt(1_000_000)),
              random.nextInt(100) == 0 ? 2 : random.nextInt(2)));
    }
    return trades;
  }

  private static List<String> naive(
      final InstrumentDefinition of,
      final int priceExponent,
      final int quantityExponent,
      final List<Trade> trades,
      final Map<String, Trade> last) {
    final List<String> lines = new ArrayList<>();
    final Map<String, Trade> newest = new HashMap<>(last);
    for (final Trade trade : trades) {
      final long price = naive(trade.price(), priceExponent, of.priceExponent());
      final long quantity = naive(trade.quantity(), quantityExponent, of.quantityExponent());
      if (price == 0 || quantity == 0 || trade.side() > 1) {
        return List.of();
      }
      final Trade before = newest.get(of.symbol());
      final long time = trade.time() * 1_000;
      if (before == null || trade.id() > before.id()) {
        if (before != null && trade.id() > before.id() + 1) {
          lines.add(
              RecordedMarket.interruptionLine(
                  of.symbol(), time, trade.id() - before.id() - 1, before.time() * 1_000));
        }
        final int side = trade.side() == 1 ? FeedEvent.SELL : FeedEvent.BUY;
        lines.add(RecordedMarket.tradeLine(of.symbol(), time, price, quantity, side));
        newest.put(of.symbol(), trade);
      }
    }
    last.putAll(newest);
    return lines;
  }

  private static long naive(final long mantissa, final int exponent, final int toExponent) {
    final BigDecimal value = BigDecimal.valueOf(mantissa).scaleByPowerOfTen(exponent - toExponent);
    try {
      final long whole = value.longValueExact();
      return whole > 0 && whole <= FeedAdapter.MAX_MANTISSA ? whole : 0;
    } catch (final ArithmeticException notWhole) {
      return 0;
    }
  }

  @Test
  void shouldDecodeAMessageWithoutTradesAsNothingNew() {
    assertEquals(FrameOutcome.NOTHING_NEW, trades(-2, -5));
    assertEquals(List.of(), market.take());
  }

  @Test
  void shouldBeginAnotherNumberingFarFromTheLastId() {
    for (final long far : new long[] {Long.MAX_VALUE, 5_000_001, 2_999_999, 1}) {
      final SbeDecoder fresh = new BinanceSpotDecoder(List.of(BTC));
      decode(fresh, trade(4_000_000));
      market.take();
      assertEquals(FrameOutcome.MARKET, decode(fresh, trade(far)));
      assertEquals(
          List.of(
              RecordedMarket.interruptionLine("BTCUSDT", NANOS, 0, NANOS),
              RecordedMarket.tradeLine("BTCUSDT", NANOS, 7, 7, FeedEvent.BUY)),
          market.take());
    }
  }

  @Test
  void shouldCountMissingTradesUpToAMillionIdsAway() {
    decode(trade(4_000_000));
    decode(trade(5_000_000));
    assertEquals(FrameOutcome.NOTHING_NEW, decode(trade(4_000_000)));
    assertEquals(
        List.of(
            RecordedMarket.tradeLine("BTCUSDT", NANOS, 7, 7, FeedEvent.BUY),
            RecordedMarket.interruptionLine("BTCUSDT", NANOS, 999_999, NANOS),
            RecordedMarket.tradeLine("BTCUSDT", NANOS, 7, 7, FeedEvent.BUY)),
        market.take());
  }

  @Test
  void shouldRefuseTimesThatAreNotMicrosecondsOfThisCentury() {
    for (final long time :
        new long[] {
          0, -1, Long.MIN_VALUE, Long.MAX_VALUE, MICROS / 1_000, NANOS, 946_684_799_999_999L
        }) {
      final byte[] message =
          VenueMessages.binanceTrades(
              "BTCUSDT", time, -2, -5, List.of(new Trade(1, time, 7, 7, 0)));
      assertEquals(FrameOutcome.INVALID, decode(message));
      assertEquals(FrameOutcome.INVALID, book(time, 1, 5, 1, 6, 1));
    }
    assertEquals(List.of(), market.take());
  }

  @Test
  void shouldRefuseIdsThatAreNotPositive() {
    for (final long id : new long[] {0, -1, Long.MIN_VALUE}) {
      assertEquals(FrameOutcome.INVALID, trades(-2, -5, new Trade(id, MICROS, 7, 7, 0)));
      assertEquals(FrameOutcome.INVALID, book(MICROS, id, 5, 1, 6, 1));
    }
    assertEquals(List.of(), market.take());
  }

  @Test
  void shouldDecodeValuesWithTheExponentsOfTheMessage() {
    trades(-8, -8, new Trade(1, MICROS, 6_412_345_000_000L, 123_000, 1));
    trades(0, 2, new Trade(2, MICROS, 64_123, 4, 0));
    assertEquals(
        List.of(
            RecordedMarket.tradeLine("BTCUSDT", NANOS, 6_412_345, 123, FeedEvent.SELL),
            RecordedMarket.tradeLine("BTCUSDT", NANOS, 6_412_300, 40_000_000, FeedEvent.BUY)),
        market.take());
  }

  @Test
  void shouldRefuseAWholeMessageForOneTrade() {
    final Trade good = new Trade(1, MICROS, 6_412_345, 100, 1);
    for (final Trade bad :
        List.of(
            new Trade(2, MICROS, -1, 100, 1),
            new Trade(2, MICROS, 6_412_345, 0, 1),
            new Trade(2, MICROS, 6_412_345, FeedAdapter.MAX_MANTISSA + 1, 1),
            new Trade(2, MICROS, 6_412_345, 100, 255))) {
      assertEquals(FrameOutcome.INVALID, trades(-2, -5, good, bad));
      assertEquals(List.of(), market.take());
    }
    assertEquals(FrameOutcome.INVALID, trades(-3, -5, good));
    final long tooMuch = 10 * (FeedAdapter.MAX_MANTISSA + 1);
    assertEquals(FrameOutcome.INVALID, trades(-2, -6, new Trade(1, MICROS, 6_412_345, tooMuch, 1)));
    assertEquals(FrameOutcome.INVALID, trades(127, -5, good));
    assertEquals(FrameOutcome.INVALID, trades(-128, -5, good));
    assertEquals(FrameOutcome.MARKET, trades(-2, -5, good));
  }

  /** Without the flag at the end of an item, the symbol's length would be read as one. */
  @Test
  void shouldRefuseATradeShorterThanItsFields() {
    final SbeDecoder shortSymbol =
        new BinanceSpotDecoder(List.of(VenueMessages.instrument(0, "B", -2, -5, 1, 1)));
    final List<Trade> trades = List.of(new Trade(1, MICROS, 7, 7, 1));
    final byte[] whole = VenueMessages.binanceTrades("B", MICROS, -2, -5, trades);
    final byte[] cut = Arrays.copyOf(whole, whole.length - 1);
    System.arraycopy(whole, whole.length - 2, cut, cut.length - 2, 2);
    cut[8 + 18]--;
    assertEquals(FrameOutcome.INVALID, decode(shortSymbol, cut));
    assertEquals(FrameOutcome.MARKET, decode(shortSymbol, whole));
  }

  @Test
  void shouldSendTheTopOfTheBookOnceForAnUpdate() {
    assertEquals(FrameOutcome.MARKET, book(MICROS, 100, 6_000_000, 5, 6_000_001, 9));
    assertEquals(
        List.of(RecordedMarket.bookLine("BTCUSDT", NANOS, 6_000_000, 5, 6_000_001, 9)),
        market.take());
    assertEquals(FrameOutcome.NOTHING_NEW, book(MICROS, 100, 6_000_000, 5, 6_000_001, 9));
    assertEquals(FrameOutcome.NOTHING_NEW, book(MICROS, 99, 6_000_000, 5, 6_000_001, 9));
    assertEquals(List.of(), market.take());
    assertEquals(FrameOutcome.MARKET, book(MICROS, 5_000_000, 6_000_000, 5, 6_000_001, 9));
    assertEquals(FrameOutcome.MARKET, book(MICROS, 7, 6_000_000, 5, 6_000_001, 9));
    assertEquals(2, market.take().size());
  }

  @Test
  void shouldRefuseABookThatIsEmptyOrCrossed() {
    for (final long[] values :
        new long[][] {
          {0, 1, 6, 1}, {5, 0, 6, 1}, {5, 1, 0, 1}, {5, 1, 6, 0}, {7, 1, 6, 1}, {-5, 1, 6, 1}
        }) {
      assertEquals(
          FrameOutcome.INVALID, book(MICROS, 1, values[0], values[1], values[2], values[3]));
    }
    assertEquals(List.of(), market.take());
  }

  @Test
  void shouldReportNoHoleWhereIdsContinueAfterALostLine() {
    trades(-2, -5, new Trade(1, MICROS, 7, 7, 0));
    decoder.onLost();
    trades(-2, -5, new Trade(2, MICROS, 8, 8, 0));
    assertEquals(
        List.of(
            RecordedMarket.tradeLine("BTCUSDT", NANOS, 7, 7, FeedEvent.BUY),
            RecordedMarket.tradeLine("BTCUSDT", NANOS, 8, 8, FeedEvent.BUY)),
        market.take());
  }

  @Test
  void shouldRefuseTwoInstrumentsOfOneSymbol() {
    final String message =
        assertThrows(
                IllegalArgumentException.class, () -> new BinanceSpotDecoder(List.of(BTC, BTC)))
            .getMessage();
    assertEquals("two instruments have the symbol BTCUSDT", message);
  }

  private FrameOutcome trades(
      final int priceExponent, final int quantityExponent, final Trade... trades) {
    return decode(
        VenueMessages.binanceTrades(
            "BTCUSDT", MICROS, priceExponent, quantityExponent, List.of(trades)));
  }

  private FrameOutcome book(
      final long time,
      final long update,
      final long bid,
      final long bidQuantity,
      final long ask,
      final long askQuantity) {
    return decode(
        VenueMessages.binanceBook(
            "BTCUSDT", time, update, -2, -5, bid, bidQuantity, ask, askQuantity));
  }

  private static byte[] trade(final long id) {
    return VenueMessages.binanceTrades(
        "BTCUSDT", MICROS, -2, -5, List.of(new Trade(id, MICROS, 7, 7, 0)));
  }

  private FrameOutcome decode(final byte[] message) {
    return decode(decoder, message);
  }

  private FrameOutcome decode(final SbeDecoder by, final byte[] message) {
    return by.decode(new UnsafeBuffer(message), 0, message.length, market);
  }
}
