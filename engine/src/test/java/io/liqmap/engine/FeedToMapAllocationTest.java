package io.liqmap.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.liqmap.engine.core.map.Instrument;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.map.LiquidationMaps;
import io.liqmap.engine.core.map.TestSettings;
import io.liqmap.engine.core.margin.Contract;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.state.StateCopy;
import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEncoder;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedFault;
import io.liqmap.engine.feed.FrameWriter;
import io.liqmap.engine.support.TestInstruments;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * In its steady state, the way from bytes to the map allocates nothing, whatever the model, and
 * over the windows' hours, days and weeks.
 */
@Tag("alone")
final class FeedToMapAllocationTest {
  private static final int EVENTS = 150_000;

  /** Six weeks, so that cohorts have been forgotten. */
  private static final int WARM_UP_ROUNDS = 6;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final FeedEvent event = new FeedEvent();
  private final FeedEncoder encoder = new FeedEncoder();
  private final UnsafeBuffer encoded = new UnsafeBuffer(new byte[FeedEncoder.MAX_FRAME_LENGTH]);
  private final UnsafeBuffer bytes = new UnsafeBuffer(new byte[EVENTS * 96]);
  private final StateCopy snapshot = new StateCopy();
  private final FeedAdapter adapter = new FeedAdapter(1);
  private final FrameWriter writer = new FrameWriter();
  private final LiquidationMaps maps =
      new LiquidationMaps(
          TestSettings.of(5, TestSettings.undated(), TestSettings.allKinds(6e6)), 1);
  private final SplittableRandom random = new SplittableRandom(1);

  private long sequence;
  private long time = TestSettings.START;
  private double price = 6_000_000;
  private long openInterest = 50_000;

  @Test
  void shouldAllocateNothingPerEvent() {
    define();
    for (int round = 0; round < WARM_UP_ROUNDS; round++) {
      apply(makeFeed());
      threads.getCurrentThreadAllocatedBytes();
    }
    final int length = makeFeed();
    final long eventsBefore = adapter.events();
    final double sweptBefore = maps.of(0).sweptQuantity(0, Side.LONG);
    final long before = threads.getCurrentThreadAllocatedBytes();
    apply(length);
    final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    final long events = adapter.events() - eventsBefore;
    assertTrue(events >= 100_000, "events: " + events);
    assertTrue(maps.of(0).sweptQuantity(0, Side.LONG) > sweptBefore);
    assertTrue(adapter.count(FeedFault.MISSING) > 0 && adapter.count(FeedFault.PRICE) > 0);
    assertEquals(0, allocated, "bytes allocated over " + events + " events");
  }

  private void define() {
    adapter.define(TestInstruments.linear(0, "BTCUSDT", "BINANCE", "BTC", "USDT", 1));
    maps.define(
        new Instrument(0, "BTCUSDT", "binance-usdm", Contract.LINEAR, "BTC", "USDT", .01, .001));
  }

  private void apply(final int length) {
    final InstrumentMap map = maps.of(0);
    adapter.wrap(bytes, 0, length);
    while (adapter.next(event)) {
      switch (event.kind()) {
        case FeedEvent.TRADE ->
            map.onTrade(
                event.exchangeTime(),
                event.price(),
                (double) event.quantity(),
                event.takerSide() == FeedEvent.BUY);
        case FeedEvent.MARK_PRICE ->
            map.onMark(event.exchangeTime(), event.markPrice(), event.indexPrice(), 0);
        case FeedEvent.OPEN_INTEREST ->
            map.onOpenInterest(event.exchangeTime(), (double) event.openInterest());
        case FeedEvent.LIQUIDATION ->
            map.onLiquidation(
                event.exchangeTime(), Side.LONG, event.price(), (double) event.quantity());
        case FeedEvent.KNOWN_POSITION ->
            map.onKnownPosition(
                event.exchangeTime(),
                event.account(),
                event.positionSide() == FeedEvent.LONG ? Side.LONG : Side.SHORT,
                (double) event.quantity(),
                event.entryPrice(),
                event.liquidationPrice(),
                0,
                event.leverage());
        default -> {}
      }
      writer.add(event, adapter, encoded, 0);
      writer.finish();
    }
    maps.encode(0, snapshot.begin());
  }

  /**
   * A walk within the window of entry buckets, wide enough to sweep, with faults here and there.
   */
  private int makeFeed() {
    int length = 0;
    for (int i = 0; i < EVENTS; i++) {
      sequence += random.nextInt(5_000) == 0 ? 2 : 1;
      time += 4_000_000_000L;
      price *= 1 + (random.nextDouble() - .5) * .004 + (6_000_000 - price) / 6_000_000 * .0005;
      final long mantissa = Math.round(Math.min(Math.max(price, 5_200_000), 6_900_000));
      fill(random.nextInt(100), mantissa);
      length += encoder.encode(event, bytes, length);
    }
    return length;
  }

  private void fill(final int kind, final long mantissa) {
    final int side = 1 + random.nextInt(2);
    if (kind < 60) {
      final long traded = random.nextInt(10_000) == 0 ? 0 : mantissa;
      event.trade(sequence, time, time, 0, -2, -3, traded, 1 + random.nextInt(500), side);
    } else if (kind < 85) {
      event.markPrice(sequence, time, time, 0, -2, mantissa, mantissa, 100, 0);
    } else if (kind < 87) {
      openInterest = Math.max(0, openInterest + random.nextInt(-5_000, 5_100));
      event.openInterest(sequence, time, time, 0, -3, openInterest);
    } else if (kind < 93) {
      event.bestBidOffer(sequence, time, time, 0, -2, -3, mantissa, 1, mantissa + 1, 1);
    } else if (kind < 97) {
      event.liquidation(sequence, time, time, 0, -2, -3, mantissa, 5, side);
    } else if (kind < 99) {
      final long liquidation =
          mantissa + (side == FeedEvent.LONG ? -1L : 1L) * random.nextInt(50_000);
      final int quantity = random.nextInt(5);
      event.knownPosition(
          sequence,
          time,
          time,
          0,
          -2,
          -3,
          random.nextInt(1_000),
          quantity,
          mantissa,
          liquidation,
          0,
          500,
          side);
    } else {
      event.heartbeat(sequence, time, time);
    }
  }
}
