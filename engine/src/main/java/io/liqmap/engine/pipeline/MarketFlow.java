package io.liqmap.engine.pipeline;

import io.liqmap.codecs.feed.ContractKind;
import io.liqmap.codecs.feed.OpenInterestSides;
import io.liqmap.codecs.feed.OpenInterestUnit;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedOrigin;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A seeded flow of events: 85 % trades, 10 % mark prices, 4 % best bid and offer, 0.8 %
 * liquidations, 0.2 % open interest, after the definitions of its instruments.
 *
 * <p>Each price walks in steps of half a basis point, inside a band; now and then it moves by 2 %
 * at once, and mark sweeps the positions there. One thread.
 */
public final class MarketFlow {
  /** 2026-01-01. */
  public static final long START = 1_767_225_600_000_000_000L;

  /** Price around which all instruments walk, mantissa. */
  public static final long CENTRE = 6_000_000;

  /** Two price decimals. */
  public static final int PRICE_EXPONENT = -2;

  /** Three quantity decimals. */
  public static final int QUANTITY_EXPONENT = -3;

  private static final double BAND = 0.05;
  private static final double STEP = 0.5e-4;
  private static final int MOVE_EVERY = 50_000;
  private static final int MOVE_LENGTH = 40;
  private static final double MOVE_STEP = 5e-4;
  private static final double OPEN_INTEREST = 75_000_000;

  private final SplittableRandom random;
  private final long meanStepNanos;
  private final long bulk;
  private final double[] away;
  private final double[] drift;
  private final double[] openInterest;
  private final long[] events;
  private long sequence;
  private long time = START;

  /**
   * Starts a flow.
   *
   * @param instruments events fall on all alike
   * @param meanStepNanos time from one event to the next
   * @param bulk how many trades' quantities each trade has: flows that skip trades keep the volume
   */
  public MarketFlow(
      final long seed, final int instruments, final long meanStepNanos, final long bulk) {
    random = new SplittableRandom(seed);
    this.meanStepNanos = meanStepNanos;
    this.bulk = bulk;
    away = new double[instruments];
    drift = new double[instruments];
    openInterest = new double[instruments];
    events = new long[instruments];
    Arrays.fill(openInterest, OPEN_INTEREST);
  }

  /** BTCUSDT at 200 events a second. */
  public static MarketFlow ofOneInstrument() {
    return new MarketFlow(42, 1, 5_000_000, 1);
  }

  /** The instrument with a number; all are alike. */
  public static InstrumentDefinition instrument(final int number) {
    return new InstrumentDefinition(
        number,
        number == 0 ? "BTCUSDT" : "C" + number + "USDT",
        "benchmark",
        "BTC",
        "USDT",
        PRICE_EXPONENT,
        QUANTITY_EXPONENT,
        ContractKind.LINEAR,
        OpenInterestUnit.BASE,
        OpenInterestSides.ONE,
        10,
        1,
        1_000,
        FeedOrigin.NOT_STATED);
  }

  /** Puts the next event into a slot. */
  public void next(final FeedEvent event) {
    sequence++;
    if (sequence <= away.length) {
      event.instrument(sequence, time, time, instrument((int) sequence - 1));
      return;
    }
    time += random.nextLong(2 * meanStepNanos);
    final int id = away.length == 1 ? 0 : random.nextInt(away.length);
    walk(id);
    final long price = Math.round(CENTRE * (1 + away[id]));
    fill(event, id, price);
  }

  private void walk(final int id) {
    events[id]++;
    if (events[id] % MOVE_EVERY == 0) {
      drift[id] = away[id] > 0 ? -MOVE_STEP : MOVE_STEP;
    } else if (events[id] % MOVE_EVERY == MOVE_LENGTH) {
      drift[id] = 0;
    }
    final double step = drift[id] + (random.nextDouble() * 2 - 1) * STEP;
    away[id] += Math.abs(away[id] + step) > BAND ? -step : step;
    openInterest[id] *= 1 + (random.nextDouble() - .5) * 1e-5;
  }

  private void fill(final FeedEvent event, final int id, final long price) {
    final int kind = random.nextInt(1000);
    final long quantity = random.nextLong(1, 5_000) * bulk;
    final int side = random.nextInt(1, 3);
    if (kind < 850) {
      event.trade(
          sequence, time, time, id, PRICE_EXPONENT, QUANTITY_EXPONENT, price, quantity, side);
    } else if (kind < 950) {
      event.markPrice(sequence, time, time, id, PRICE_EXPONENT, price, price, 100_000, 0);
    } else if (kind < 990) {
      event.bestBidOffer(
          sequence,
          time,
          time,
          id,
          PRICE_EXPONENT,
          QUANTITY_EXPONENT,
          price - 10,
          quantity,
          price + 10,
          quantity);
    } else if (kind < 998) {
      event.liquidation(
          sequence, time, time, id, PRICE_EXPONENT, QUANTITY_EXPONENT, price, quantity, side);
    } else {
      event.openInterest(sequence, time, time, id, QUANTITY_EXPONENT, (long) openInterest[id]);
    }
  }
}
