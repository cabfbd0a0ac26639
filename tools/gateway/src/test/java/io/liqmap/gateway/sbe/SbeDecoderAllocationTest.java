package io.liqmap.gateway.sbe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.gateway.venue.FrameOutcome;
import io.liqmap.gateway.venue.MarketSink;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("alone")
final class SbeDecoderAllocationTest {
  private static final int MESSAGES = 20_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final CountedMarket market = new CountedMarket();
  private final List<InstrumentDefinition> instruments =
      List.of(
          VenueMessages.instrument(0, "ETHUSDT", -2, -3, 1, 1),
          VenueMessages.instrument(1, "BTCUSDT", -2, -3, 10, 1));
  private final SbeDecoder binance = new BinanceSpotDecoder(instruments);
  private final SbeDecoder bybit = new BybitTradeDecoder(instruments);
  private long invalid;

  @Test
  void shouldAllocateNothing() {
    final List<UnsafeBuffer> messages = messages();
    decode(messages, 0, MESSAGES / 2);
    threads.getCurrentThreadAllocatedBytes();
    final long callsBefore = market.calls;
    final long before = threads.getCurrentThreadAllocatedBytes();
    decode(messages, MESSAGES / 2, MESSAGES);
    final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(market.calls - callsBefore > MESSAGES / 2 * 3, "calls: " + market.calls);
    assertTrue(invalid > MESSAGES / 8, "invalid: " + invalid);
    assertEquals(0, allocated, "bytes allocated");
  }

  private void decode(final List<UnsafeBuffer> messages, final int from, final int to) {
    for (int i = from; i < to; i++) {
      final UnsafeBuffer message = messages.get(i);
      final int length = i % 4 == 3 ? message.capacity() - 1 : message.capacity();
      final SbeDecoder decoder = i % 2 == 0 ? binance : bybit;
      if (decoder.decode(message, 0, length, market) == FrameOutcome.INVALID) {
        invalid++;
      }
      if (i % 1_000 == 0) {
        bybit.onLost();
      }
    }
  }

  /** Of both venues in turn; each third of Binance's has a hole before it. */
  private static List<UnsafeBuffer> messages() {
    final List<UnsafeBuffer> messages = new ArrayList<>();
    long id = 1;
    for (int i = 0; i < MESSAGES; i++) {
      final List<VenueMessages.Trade> trades = new ArrayList<>();
      for (int k = 0; k < 5; k++) {
        trades.add(new VenueMessages.Trade(id++, VenueMessages.MICROS, 6_000_010, 1_500, 1));
      }
      id += i % 3 == 0 ? 4 : 0;
      messages.add(
          new UnsafeBuffer(
              i % 2 == 0
                  ? VenueMessages.binanceTrades("BTCUSDT", VenueMessages.MICROS, -2, -3, trades)
                  : VenueMessages.bybitTrades("BTCUSDT", 2, 3, trades)));
    }
    return messages;
  }

  private static final class CountedMarket implements MarketSink {
    private long calls;

    @Override
    public void trade(
        final InstrumentDefinition of,
        final long time,
        final long price,
        final long quantity,
        final int takerSide) {
      calls++;
    }

    @Override
    public void bestBidOffer(
        final InstrumentDefinition of,
        final long time,
        final long bid,
        final long bidQuantity,
        final long ask,
        final long askQuantity) {
      calls++;
    }

    @Override
    public void interrupted(
        final InstrumentDefinition of, final long time, final long missing, final long since) {
      calls++;
    }

    @Override
    public void mark(
        final InstrumentDefinition of,
        final long time,
        final long mark,
        final long index,
        final long fundingRate,
        final long nextFunding) {
      throw new AssertionError("no mark price is in these streams");
    }

    @Override
    public void openInterest(final InstrumentDefinition of, final long time, final long quantity) {
      throw new AssertionError("no open interest is in these streams");
    }

    @Override
    public void liquidation(
        final InstrumentDefinition of,
        final long time,
        final long price,
        final long quantity,
        final int positionSide) {
      throw new AssertionError("no liquidation is in these streams");
    }

    @Override
    public void accountRatio(final InstrumentDefinition of, final long time, final long ratio) {
      throw new AssertionError("no ratio of accounts is in these streams");
    }
  }
}
