package io.liqmap.tools.page;

import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.feed.FeedEncoder;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.support.TestInstruments;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * A day of two instruments of the group BTC, minute by minute as a test plays it: a quiet market, a
 * fall that takes longs, a rise that takes shorts, liquidations in both, and a hole in one
 * instrument's stream. The same minutes are the same bytes.
 */
final class PageMarket implements BlockSource {
  static final Instant START = Instant.parse("2026-01-05T00:00:00Z");

  /** Long enough for columns of a minute: a server makes a thousand of them. */
  static final int DAY = 1_010;

  /** First minute of the fall, and of the rise; each lasts an hour. */
  static final int FALL = 480;

  static final int RISE = 780;

  /** Minute of the hole in {@link #SECOND}'s stream. */
  static final int HOLE = 300;

  static final String FIRST = "binance-usdm:BTCUSDT";
  static final String SECOND = "bybit:BTCUSDT";

  private static final long NANOS = 1_000_000_000L;
  private static final int TRADES_A_MINUTE = 3;
  private static final int MOVE_MINUTES = 60;
  private static final double MOVE_A_TRADE = 0.06 / MOVE_MINUTES / TRADES_A_MINUTE;
  private static final int END = -1;

  /** How long the engine waits at most for a block of a live source. */
  private static final long WAIT_MILLIS = 10;

  private final SplittableRandom random = new SplittableRandom(19);
  private final FeedEncoder encoder = new FeedEncoder();
  private final FeedEvent event = new FeedEvent();
  private final ExpandableArrayBuffer block = new ExpandableArrayBuffer();
  private final LinkedBlockingQueue<Integer> played = new LinkedBlockingQueue<>();
  private final List<InstrumentDefinition> instruments =
      List.of(
          TestInstruments.linear(0, "BTCUSDT", "binance-usdm", "BTC", "USDT", 10),
          TestInstruments.linear(1, "BTCUSDT", "bybit", "BTC", "USDT", 10));
  private final double[] openInterest = {20_000, 9_000};
  private final long start;
  private double price = 60_000;
  private long sequence;
  private int left;
  private int minute;
  private int length;

  PageMarket() {
    this(START);
  }

  PageMarket(final Instant start) {
    this.start = start.getEpochSecond() * NANOS;
  }

  /** The first minutes of the day, whole. */
  static PageMarket of(final int minutes) {
    return new PageMarket().play(minutes).end();
  }

  /** Has so many further minutes happen; any thread. */
  PageMarket play(final int minutes) {
    played.add(minutes);
    return this;
  }

  /** Has the feed end after what was played; any thread. */
  PageMarket end() {
    played.add(END);
    return this;
  }

  /** When a minute begins. */
  static Instant at(final int minute) {
    return START.plusSeconds(60L * minute);
  }

  @Override
  public boolean nextBlock() {
    length = 0;
    try {
      while (left == 0) {
        final Integer next = played.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS);
        if (next == null) {
          return true;
        }
        if (next == END) {
          return false;
        }
        left = next;
      }
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    left--;
    make(start + 60 * NANOS * minute);
    minute++;
    return true;
  }

  private void make(final long from) {
    if (minute == 0) {
      for (final InstrumentDefinition each : instruments) {
        event.instrument(++sequence, from, from, each);
        put();
      }
    }
    for (int i = 0; i < TRADES_A_MINUTE; i++) {
      final long time = from + (60 * NANOS * i) / TRADES_A_MINUTE + 1;
      price *= 1 + MOVE_A_TRADE * direction() + (random.nextDouble() - .5) * 6e-4;
      for (int id = 0; id < openInterest.length; id++) {
        trade(time, id);
        if (i != 1) {
          event.markPrice(
              ++sequence, time, time, id, -2, cents(id), FeedEvent.ABSENT, FeedEvent.ABSENT, 0);
          put();
        }
      }
    }
    for (int id = 0; id < openInterest.length; id++) {
      closeMinute(from + 59 * NANOS, id);
    }
  }

  /** −1 in the fall, 1 in the rise. */
  private int direction() {
    if (minute >= FALL && minute < FALL + MOVE_MINUTES) {
      return -1;
    }
    return minute >= RISE && minute < RISE + MOVE_MINUTES ? 1 : 0;
  }

  private void trade(final long time, final int id) {
    final long quantity = (long) (openInterest[id] * random.nextDouble());
    final int taker = random.nextDouble() < .5 + .2 * direction() ? FeedEvent.BUY : FeedEvent.SELL;
    event.trade(++sequence, time, time, id, -2, -3, cents(id), 1 + quantity, taker);
    put();
  }

  private void closeMinute(final long time, final int id) {
    if (direction() != 0) {
      final int side = direction() < 0 ? FeedEvent.LONG : FeedEvent.SHORT;
      final long quantity = 1 + random.nextLong(30_000);
      event.liquidation(++sequence, time, time, id, -2, -3, cents(id), quantity, side);
      put();
    }
    if (minute % 5 == 4) {
      openInterest[id] *= direction() == 0 ? 1 + random.nextDouble() * .002 : .99;
      event.openInterest(++sequence, time, time, id, -3, (long) (openInterest[id] * 1e3));
      put();
    }
    if (minute == HOLE && id == 1) {
      event.interruption(++sequence, time, time, id, 7, time - 30 * NANOS);
      put();
    }
  }

  private long cents(final int id) {
    return (long) (price * (id == 0 ? 100 : 100.02));
  }

  private void put() {
    length += encoder.encode(event, block, length);
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
