package io.liqmap.engine.pipeline;

import io.liqmap.codecs.feed.ContractKind;
import io.liqmap.codecs.feed.OpenInterestSides;
import io.liqmap.codecs.feed.OpenInterestUnit;
import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEncoder;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedOrigin;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.feed.JumpLimits;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.settings.EngineSettings;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Has Java compile an event's path before a feed's first one: made-up events go through a checked
 * decode into a map of the same settings, which is dropped.
 *
 * <p>It takes as long as the first events of a feed would, so it pays where those must not wait: a
 * feed at its own pace. It touches no file, counter or state of an engine. Any thread; same
 * settings, same events.
 */
public final class WarmUp {
  /** Enough that most is compiled: some half a second. */
  public static final int EVENTS = 300_000;

  private static final int BLOCK_EVENTS = 256;
  private static final long SEED = 42;
  private static final long START = 1_767_225_600_000_000_000L;
  private static final long MEAN_STEP = 5_000_000;
  private static final int PRICE_EXPONENT = -2;
  private static final int QUANTITY_EXPONENT = -3;
  private static final long CENTRE = 6_000_000;
  private static final long OPEN_INTEREST = 75_000_000;
  private static final double BAND = 0.05;
  private static final double STEP = 0.5e-4;
  private static final double MOVE_STEP = 5e-4;
  private static final int MOVE_EVERY = 50_000;
  private static final int MOVE_LENGTH = 40;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private long sequence;
  private long time = START;
  private double away;
  private double drift;
  private double openInterest = OPEN_INTEREST;

  private WarmUp() {}

  /**
   * Applies made-up events.
   *
   * @param settings of the engine that will run
   * @param events how many, 0 or more
   */
  public static void run(final EngineSettings settings, final int events) {
    map(settings, events);
  }

  /** The map that they make. */
  static MapWriter map(final EngineSettings settings, final int events) {
    final WarmUp flow = new WarmUp();
    final FeedAdapter adapter = new FeedAdapter(settings.maxInstruments(), JumpLimits.STANDARD);
    final MapWriter map =
        new MapWriter(settings.map(), settings.levels(), settings.maxInstruments());
    final FeedEncoder encoder = new FeedEncoder();
    final FeedEvent event = new FeedEvent();
    final UnsafeBuffer block =
        new UnsafeBuffer(new byte[BLOCK_EVENTS * FeedEncoder.MAX_FRAME_LENGTH]);
    for (int left = events; left > 0; left -= BLOCK_EVENTS) {
      int length = 0;
      for (int i = Math.min(left, BLOCK_EVENTS); i > 0; i--) {
        flow.next(event);
        length += encoder.encode(event, block, length);
      }
      adapter.wrap(block, 0, length);
      while (adapter.next(event)) {
        map.onEvent(event);
      }
    }
    return map;
  }

  /**
   * 85 % trades, 10 % mark prices, 4 % best bid and offer, .8 % liquidations, .2 % open interest.
   */
  private void next(final FeedEvent event) {
    sequence++;
    if (sequence == 1) {
      event.instrument(sequence, time, time, instrument());
      return;
    }
    time += random.nextLong(2 * MEAN_STEP);
    walk();
    final long price = Math.round(CENTRE * (1 + away));
    final long quantity = random.nextLong(1, 5_000);
    final int side = random.nextInt(1, 3);
    final int kind = random.nextInt(1000);
    if (kind < 850) {
      event.trade(
          sequence, time, time, 0, PRICE_EXPONENT, QUANTITY_EXPONENT, price, quantity, side);
    } else if (kind < 950) {
      event.markPrice(sequence, time, time, 0, PRICE_EXPONENT, price, price, 100_000, 0);
    } else if (kind < 990) {
      event.bestBidOffer(
          sequence,
          time,
          time,
          0,
          PRICE_EXPONENT,
          QUANTITY_EXPONENT,
          price - 10,
          quantity,
          price + 10,
          quantity);
    } else if (kind < 998) {
      event.liquidation(
          sequence, time, time, 0, PRICE_EXPONENT, QUANTITY_EXPONENT, price, quantity, side);
    } else {
      event.openInterest(sequence, time, time, 0, QUANTITY_EXPONENT, (long) openInterest);
    }
  }

  private void walk() {
    if (sequence % MOVE_EVERY == 0) {
      drift = away > 0 ? -MOVE_STEP : MOVE_STEP;
    } else if (sequence % MOVE_EVERY == MOVE_LENGTH) {
      drift = 0;
    }
    final double step = drift + (random.nextDouble() * 2 - 1) * STEP;
    away += Math.abs(away + step) > BAND ? -step : step;
    openInterest *= 1 + (random.nextDouble() - .5) * 1e-5;
  }

  private static InstrumentDefinition instrument() {
    return new InstrumentDefinition(
        0,
        "WARMUP",
        "binance-usdm",
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
}
