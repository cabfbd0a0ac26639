package io.liqmap.engine.pipeline;

import io.liqmap.engine.core.map.TestSettings;
import io.liqmap.engine.feed.FeedEvent;

/**
 * A market in which each event follows from its sequence alone, so that a feed can begin anywhere
 * and is the same in every process.
 */
final class EndlessFeed extends EncodedFeed {
  static final int BLOCK_EVENTS = 500;

  private static final long STEP_NANOS = 5_000_000;
  private static final double[] MEAN = {60_000, 3_000};

  private final long last;
  private long sequence;

  /**
   * Makes a part of the market.
   *
   * @param first sequence of the first event, from 1
   * @param last sequence of the last event
   */
  EndlessFeed(final long first, final long last) {
    sequence = first;
    this.last = last;
  }

  @Override
  void fillBlock() {
    for (int i = 0; i < BLOCK_EVENTS && sequence <= last; i++) {
      fill();
      put();
      sequence++;
    }
  }

  private void fill() {
    final long time = TestSettings.START + sequence * STEP_NANOS;
    if (sequence <= 2) {
      event.instrument(sequence, time, time, RandomFeed.instrument((int) sequence - 1));
      return;
    }
    final long random = mix(sequence);
    final int id = (int) (random & 1);
    final double swing =
        StrictMath.sin(sequence / 20_000.0) + 0.3 * StrictMath.sin(sequence / 700.0);
    final long cents = (long) (MEAN[id] * 100 * (1 + 0.03 * swing + (random >>> 54) * 1e-6));
    final int kind = (int) (random >>> 8 & 63);
    if (kind < 50) {
      event.trade(
          sequence, time, time, id, -2, -3, cents, 1 + (random >>> 16 & 4095), 1 + (kind & 1));
    } else if (kind < 59) {
      event.markPrice(sequence, time, time, id, -2, cents, FeedEvent.ABSENT, FeedEvent.ABSENT, 0);
    } else if (kind < 62) {
      event.openInterest(sequence, time, time, id, -3, 10_000_000 + (random >>> 16 & 0xFFFFF));
    } else {
      event.liquidation(
          sequence, time, time, id, -2, -3, cents, 1 + (random >>> 16 & 1023), 1 + (kind & 1));
    }
  }

  private static long mix(final long value) {
    long mixed = value * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return mixed ^ mixed >>> 31;
  }
}
