package io.liqmap.engine.pipeline;

import io.liqmap.engine.core.map.TestSettings;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedOrigin;
import io.liqmap.engine.feed.FrameCursor;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.support.TestInstruments;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A seeded market of two instruments as blocks of messages: trades, marks, open interest,
 * liquidations, and faults where wanted.
 */
public final class RandomFeed extends EncodedFeed {
  private static final long SECOND = 1_000_000_000L;
  private static final double[] MEAN = {60_000, 3_000};

  private final SplittableRandom random;
  private final long events;
  private final int blockEvents;
  private final boolean faulty;
  private final int timeStretch;
  private final double[] price = MEAN.clone();
  private final double[] openInterest = {1_000, 20_000};
  private long sequence;
  private long produced;
  private long time = TestSettings.START;

  public RandomFeed(
      final long seed, final long events, final int blockEvents, final boolean faulty) {
    this(seed, events, blockEvents, faulty, 1);
  }

  /**
   * Makes a feed that takes its time.
   *
   * @param timeStretch how many times longer it takes from one event to the next
   */
  public RandomFeed(
      final long seed,
      final long events,
      final int blockEvents,
      final boolean faulty,
      final int timeStretch) {
    this.timeStretch = timeStretch;
    random = new SplittableRandom(seed);
    this.events = events;
    this.blockEvents = blockEvents;
    this.faulty = faulty;
  }

  /** All frames of a feed with faults, one by one. */
  static List<byte[]> frames(final long seed, final long events) {
    final RandomFeed feed = new RandomFeed(seed, events, 64, true);
    final FrameCursor cursor = new FrameCursor();
    final List<byte[]> frames = new ArrayList<>();
    while (feed.nextBlock()) {
      cursor.wrap(feed.buffer(), feed.offset(), feed.length());
      while (cursor.next()) {
        final byte[] frame = new byte[cursor.end() - cursor.start()];
        feed.buffer().getBytes(cursor.start(), frame);
        frames.add(frame);
      }
    }
    return frames;
  }

  /** Of the second instrument: so all that is done with a feed is done with both kinds. */
  private static final FeedOrigin BARS =
      FeedOrigin.of("test").withTradeBars(120 * SECOND, 30 * SECOND);

  public static InstrumentDefinition instrument(final int id) {
    return TestInstruments.linear(
            id, id == 0 ? "BTCUSDT" : "ETHUSDT", "test", id == 0 ? "BTC" : "ETH", "USDT", 10)
        .withOrigin(id == 0 ? FeedOrigin.of("test").withTradeTicks() : BARS);
  }

  @Override
  void fillBlock() {
    for (int i = 0; i < blockEvents && produced < events; i++) {
      produce();
      produced++;
    }
  }

  private void produce() {
    sequence++;
    if (sequence <= 2) {
      event.instrument(sequence, time, time, instrument((int) sequence - 1));
      put();
      return;
    }
    if (faulty && random.nextInt(200) == 0) {
      sequence += random.nextInt(1, 4);
    }
    time += timeStretch * random.nextLong(SECOND / 5);
    final int id = random.nextInt(2);
    // Pulled back, so that it stays within a window of buckets.
    final double away = StrictMath.log(price[id] / MEAN[id]);
    price[id] *= StrictMath.exp((random.nextDouble() - 0.5) * 0.002 - 0.001 * away);
    final long cents = Math.max(1, (long) (price[id] * 100));
    final int kind = random.nextInt(100);
    if (kind < 80) {
      final long quantity = faulty && random.nextInt(100) == 0 ? 0 : random.nextLong(1, 5_000);
      event.trade(sequence, time, time, id, -2, -3, cents, quantity, random.nextInt(1, 3));
    } else if (kind < 94) {
      event.markPrice(sequence, time, time, id, -2, cents, FeedEvent.ABSENT, FeedEvent.ABSENT, 0);
    } else if (kind < 97) {
      openInterest[id] *= 1 + (random.nextDouble() - 0.5) * 0.02;
      event.openInterest(sequence, time, time, id, -3, (long) (openInterest[id] * 1_000));
    } else if (kind < 99) {
      event.liquidation(
          sequence, time, time, id, -2, -3, cents, random.nextLong(1, 1_000), random.nextInt(1, 3));
    } else {
      event.heartbeat(sequence, time, time);
    }
    put();
    if (faulty && random.nextInt(300) == 0) {
      put();
    }
  }
}
