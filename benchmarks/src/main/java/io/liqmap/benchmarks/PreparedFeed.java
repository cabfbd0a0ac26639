package io.liqmap.benchmarks;

import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.feed.FeedEncoder;
import io.liqmap.engine.feed.FeedEvent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A seeded flow of one instrument as blocks in memory, which can be read again and again: 85 %
 * trades, 10 % mark prices, 4 % best bid and offer, 0.8 % liquidations, 0.2 % open interest.
 *
 * <p>The price walks in steps of half a basis point, inside a band; now and then it moves by 2 % at
 * once, and mark sweeps what stands there.
 */
final class PreparedFeed implements BlockSource {
  private static final int BLOCK_EVENTS = 1024;
  private static final long MEAN_STEP_NANOS = 5_000_000;
  private static final double BAND = 0.05;
  private static final double STEP = 0.5e-4;
  private static final int MOVE_EVERY = 50_000;
  private static final int MOVE_LENGTH = 40;
  private static final double MOVE_STEP = 5e-4;

  private final List<UnsafeBuffer> blocks = new ArrayList<>();
  private final long events;
  private long eventSum;
  private int next;

  PreparedFeed(final long seed, final long events) {
    this.events = events;
    final SplittableRandom random = new SplittableRandom(seed);
    final FeedEncoder encoder = new FeedEncoder();
    final FeedEvent event = new FeedEvent();
    final UnsafeBuffer block =
        new UnsafeBuffer(ByteBuffer.allocateDirect(BLOCK_EVENTS * FeedEncoder.MAX_FRAME_LENGTH));
    long time = BenchmarkSettings.START;
    double away = 0;
    double drift = 0;
    double openInterest = 75_000_000;
    int length = 0;
    for (long sequence = 1; sequence <= events; sequence++) {
      time += random.nextLong(2 * MEAN_STEP_NANOS);
      if (sequence % MOVE_EVERY == 0) {
        drift = away > 0 ? -MOVE_STEP : MOVE_STEP;
      } else if (sequence % MOVE_EVERY == MOVE_LENGTH) {
        drift = 0;
      }
      final double step = drift + (random.nextDouble() * 2 - 1) * STEP;
      away += Math.abs(away + step) > BAND ? -step : step;
      openInterest *= 1 + (random.nextDouble() - .5) * 1e-5;
      final long price = Math.round(PriceWalk.CENTRE * (1 + away));
      fill(event, sequence, time, price, (long) openInterest, random);
      eventSum += event.sequence() ^ event.exchangeTime() ^ event.price();
      length += encoder.encode(event, block, length);
      if (sequence % BLOCK_EVENTS == 0 || sequence == events) {
        final UnsafeBuffer copy = new UnsafeBuffer(ByteBuffer.allocateDirect(length));
        copy.putBytes(0, block, 0, length);
        blocks.add(copy);
        length = 0;
      }
    }
  }

  private static void fill(
      final FeedEvent event,
      final long sequence,
      final long time,
      final long price,
      final long openInterest,
      final SplittableRandom random) {
    final int priceExponent = BenchmarkSettings.PRICE_EXPONENT;
    final int quantityExponent = BenchmarkSettings.QUANTITY_EXPONENT;
    final int kind = random.nextInt(1000);
    final long quantity = random.nextLong(1, 5_000);
    final int side = random.nextInt(1, 3);
    if (sequence == 1) {
      event.instrument(sequence, time, time, BenchmarkSettings.instrument());
    } else if (kind < 850) {
      event.trade(sequence, time, time, 0, priceExponent, quantityExponent, price, quantity, side);
    } else if (kind < 950) {
      event.markPrice(sequence, time, time, 0, priceExponent, price, price, 100_000, 0);
    } else if (kind < 990) {
      event.bestBidOffer(
          sequence,
          time,
          time,
          0,
          priceExponent,
          quantityExponent,
          price - 10,
          quantity,
          price + 10,
          quantity);
    } else if (kind < 998) {
      event.liquidation(
          sequence, time, time, 0, priceExponent, quantityExponent, price, quantity, side);
    } else {
      event.openInterest(sequence, time, time, 0, quantityExponent, openInterest);
    }
  }

  /** Goes back before the first block. */
  PreparedFeed rewind() {
    next = 0;
    return this;
  }

  @Override
  public boolean nextBlock() {
    next++;
    return next <= blocks.size();
  }

  @Override
  public UnsafeBuffer buffer() {
    return blocks.get(next - 1);
  }

  @Override
  public int offset() {
    return 0;
  }

  @Override
  public int length() {
    return buffer().capacity();
  }

  /** Events of the whole flow. */
  long events() {
    return events;
  }

  /** Events of the block in hand. */
  int blockEvents() {
    return (int) Math.min(BLOCK_EVENTS, events - (next - 1L) * BLOCK_EVENTS);
  }

  /** Sum over all events of what {@link BareRing}'s consumer reads of each. */
  long eventSum() {
    return eventSum;
  }
}
