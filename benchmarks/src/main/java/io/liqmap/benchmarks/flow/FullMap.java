package io.liqmap.benchmarks.flow;

import io.liqmap.engine.core.lattice.Lattice;
import io.liqmap.engine.core.map.MapSettings;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.market.MapWriter;

/**
 * A map that has seen a month of one instrument: open interest every five minutes, some hundred
 * trades in between, and a price that goes 12 % to either side. That is how many entry buckets and
 * cohorts BTCUSDT has; its trades are fewer and larger, which no state remembers.
 */
public final class FullMap {
  private static final int UPDATES = 31 * 24 * 12;
  private static final long UPDATE_NANOS = 300_000_000_000L;
  private static final int TRADES_PER_UPDATE = 100;
  private static final int STEPS = 1 << 16;
  private static final double BAND_BPS = 100;
  private static final double SWING = 0.12;
  private static final int UPDATES_PER_SWING = 5 * 24 * 12;
  private static final double OPEN_INTEREST = 75_000_000;

  private final PriceWalk walk = new PriceWalk(3, STEPS, BAND_BPS);
  private final FeedEvent slot = new FeedEvent();
  private final MapWriter writer;
  private long sequence = 1;
  private long time = BenchmarkSettings.START;
  private double swing = 1;
  private int step;
  private long lowest = Long.MAX_VALUE;
  private long highest;

  public FullMap(final MapSettings settings) {
    writer = BenchmarkMaps.writer(settings, 1);
    for (int update = 0; update < UPDATES; update++) {
      time += UPDATE_NANOS;
      swing = 1 + SWING * triangle(update % UPDATES_PER_SWING / (double) UPDATES_PER_SWING);
      trade(TRADES_PER_UPDATE);
      mark();
      final long openInterest = (long) (OPEN_INTEREST * (update % 2 == 0 ? 1 : 1.002));
      slot.openInterest(
          ++sequence, time, time, 0, BenchmarkSettings.QUANTITY_EXPONENT, openInterest);
      writer.onEvent(slot);
    }
  }

  /** From 0 up to 1, down to −1 and back. */
  private static double triangle(final double part) {
    return part < .25 ? 4 * part : part < .75 ? 2 - 4 * part : 4 * part - 4;
  }

  private long price() {
    return Math.round(walk.price(step) * swing);
  }

  public void trade(final int count) {
    for (int i = 0; i < count; i++) {
      final long price = price();
      lowest = Math.min(lowest, price);
      highest = Math.max(highest, price);
      slot.trade(
          ++sequence,
          time,
          time,
          0,
          BenchmarkSettings.PRICE_EXPONENT,
          BenchmarkSettings.QUANTITY_EXPONENT,
          price,
          walk.quantity(step),
          walk.takerBuys(step) ? FeedEvent.BUY : FeedEvent.SELL);
      writer.onEvent(slot);
      step = (step + 1) & (STEPS - 1);
    }
  }

  private void mark() {
    final long price = price();
    slot.markPrice(++sequence, time, time, 0, BenchmarkSettings.PRICE_EXPONENT, price, price, 0, 0);
    writer.onEvent(slot);
  }

  public MapWriter writer() {
    return writer;
  }

  /** Buckets of the lattice from the lowest price to the highest. */
  public int entryBuckets() {
    final Lattice lattice = writer.maps().of(0).lattice();
    return lattice.bucketOf(highest, -1) - lattice.bucketOf(lowest, -1) + 1;
  }
}
