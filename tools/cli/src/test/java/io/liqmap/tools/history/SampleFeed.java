package io.liqmap.tools.history;

import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.feed.FeedEncoder;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.support.TestInstruments;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableDirectByteBuffer;

/**
 * A seeded market of two contracts on one coin, the second defined later: trades, marks, open
 * interest, liquidations, holes and times that run back, with many events on whole seconds. The
 * same seed gives the same events, so a longer feed begins with a shorter one.
 */
final class SampleFeed implements BlockSource {
  static final String FIRST = "test:BTCUSDT";
  static final String SECOND = "test:BTCUSDC";
  static final String GROUP = "group:COIN";
  static final long START = 1_722_859_203_000_000_000L;

  private static final long TICK = 100_000_000L;
  private static final int BLOCK = 40;
  private static final int SECOND_SINCE = 300;

  private final FeedEncoder encoder = new FeedEncoder();
  private final ExpandableDirectByteBuffer block = new ExpandableDirectByteBuffer(1 << 16);
  private final FeedEvent event = new FeedEvent();
  private final SplittableRandom random;
  private final long events;
  private final int stretch;
  private final double[] price = {60_000, 60_030};
  private final double[] interest = {4_000, 900};
  private long produced;
  private long sequence;
  private long time = START;
  private int length;

  /**
   * Makes a feed.
   *
   * @param stretch how many tenths of a second pass from one event to the next, on average
   */
  SampleFeed(final long seed, final long events, final int stretch) {
    random = new SplittableRandom(seed);
    this.events = events;
    this.stretch = stretch;
  }

  private static InstrumentDefinition definition(final int id) {
    final String quote = id == 0 ? "USDT" : "USDC";
    return TestInstruments.linear(id, "BTC" + quote, "test", "BTC", quote, 10);
  }

  @Override
  public boolean nextBlock() {
    length = 0;
    while (produced < events && length < BLOCK * 40) {
      produce();
      produced++;
      length += encoder.encode(event, block, length);
    }
    return length > 0;
  }

  private void produce() {
    sequence += random.nextInt(400) == 0 ? 3 : 1;
    if (produced == 0 || produced == SECOND_SINCE) {
      event.instrument(sequence, time, time, definition(produced == 0 ? 0 : 1));
      return;
    }
    time += random.nextInt(2 * stretch + 1) * TICK;
    final long at = random.nextInt(100) == 0 ? time - 3 * TICK : time;
    final int id = produced > SECOND_SINCE ? random.nextInt(2) : 0;
    price[id] *= 1 + (random.nextDouble() - 0.5) * 0.004 + (random.nextInt(150) == 0 ? 0.02 : 0);
    price[id] -= 0.003 * (price[id] - 60_000);
    final long cents = (long) (price[id] * 100);
    final int kind = random.nextInt(100);
    if (kind < 60) {
      event.trade(
          sequence, at, time, id, -2, -3, cents, random.nextLong(1, 50_000), random.nextInt(1, 3));
    } else if (kind < 85) {
      event.markPrice(sequence, at, time, id, -2, cents, FeedEvent.ABSENT, FeedEvent.ABSENT, 0);
    } else if (kind < 93) {
      interest[id] *= 1 + (random.nextDouble() - 0.45) * 0.02;
      event.openInterest(sequence, at, time, id, -3, (long) (interest[id] * 1_000));
    } else if (kind < 98) {
      event.liquidation(
          sequence, at, time, id, -2, -3, cents, random.nextLong(1, 5_000), random.nextInt(1, 3));
    } else if (kind < 99) {
      event.interruption(sequence, at, time, id, random.nextInt(10), time - TICK);
    } else {
      event.heartbeat(sequence, at, time);
    }
  }

  @Override
  public DirectBuffer buffer() {
    return block;
  }

  @Override
  public int offset() {
    return 0;
  }

  @Override
  public int length() {
    return length;
  }
}
