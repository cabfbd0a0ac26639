package io.liqmap.benchmarks.chaos;

import io.liqmap.benchmarks.flow.BenchmarkSettings;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedFileWriter;
import io.liqmap.engine.pipeline.MarketFlow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * A seeded market of two instruments whose feed repeats messages, leaves some out, sends some late,
 * damages sequences, leaps in price and open interest, and is wrong about the time. One thread.
 */
final class CorruptedMarket {
  static final int INSTRUMENTS = 2;

  private static final int KEPT = 8;
  private static final int PER_MILLE = 1_000;
  private static final long MEAN_STEP = 150_000_000L;
  private static final long MONTH = 30L * 86_400_000_000_000L;
  private static final long HOURS = 2L * 3_600_000_000_000L;
  private static final double CENTRE = 6_000_000;
  private static final double BAND = .05;
  private static final double STEP = 3e-4;

  private final SplittableRandom random;
  private final int first;
  private final FeedEvent event = new FeedEvent();
  private final FeedEvent late = new FeedEvent();
  private final FeedEvent[] kept = new FeedEvent[KEPT];
  private final double[] away = new double[INSTRUMENTS];
  private final double[] openInterest = {75_000_000, 50_000_000};
  private long time = BenchmarkSettings.START;
  private long sequence;
  private int lateIn;
  private int leaping;
  private int swelling;
  private int mistimed;
  private long mistimedBy;

  private CorruptedMarket(final long seed, final int first) {
    random = new SplittableRandom(seed);
    this.first = first;
    for (int i = 0; i < KEPT; i++) {
      kept[i] = new FeedEvent();
    }
  }

  /** Writes a feed file of so many messages, faults aside, from a first instrument number. */
  static void write(final Path file, final long seed, final int first, final long messages)
      throws IOException {
    final CorruptedMarket market = new CorruptedMarket(seed, first);
    try (FeedFileWriter writer = new FeedFileWriter(file)) {
      for (int i = 0; i < INSTRUMENTS; i++) {
        market.sequence++;
        market.event.instrument(
            market.sequence, market.time, market.time, MarketFlow.instrument(first + i));
        writer.write(market.event);
      }
      for (long i = 0; i < messages; i++) {
        market.send(writer, i);
      }
      writer.complete();
    }
  }

  private void send(final FeedFileWriter writer, final long number) throws IOException {
    time += random.nextLong(2 * MEAN_STEP);
    sequence++;
    final int fault = random.nextInt(PER_MILLE);
    begin(fault);
    fill();
    if (fault == 0 && lateIn == 0) {
      late.copyFrom(event);
      lateIn = 1 + random.nextInt(20);
    } else {
      writer.write(event);
    }
    kept[(int) (number % KEPT)].copyFrom(event);
    if (fault == 1 && number >= KEPT) {
      writer.write(kept[random.nextInt(KEPT)]);
    }
    if (fault == 2) {
      writeDamaged(writer);
    }
    if (lateIn > 0) {
      lateIn--;
      if (lateIn == 0) {
        writer.write(late);
      }
    }
  }

  private void begin(final int fault) {
    switch (fault) {
      case 3 -> sequence += 1 + random.nextInt(5);
      case 4 -> leaping = 1 + random.nextInt(8);
      case 5 -> swelling = 1 + random.nextInt(8);
      case 6 -> {
        mistimed = 1 + random.nextInt(2);
        mistimedBy = random.nextBoolean() ? MONTH : -HOURS;
      }
      default -> {}
    }
  }

  private void fill() {
    final long at = time + (mistimed > 0 ? mistimedBy : 0);
    mistimed = Math.max(0, mistimed - 1);
    final int id = random.nextInt(INSTRUMENTS);
    final int instrument = first + id;
    final double step = (random.nextDouble() * 2 - 1) * STEP;
    away[id] += Math.abs(away[id] + step) > BAND ? -step : step;
    openInterest[id] *= 1 + (random.nextDouble() - .5) * 1e-3;
    final long price = Math.round(CENTRE * (1 + away[id])) * (leaping > 0 ? 100 : 1);
    leaping = Math.max(0, leaping - 1);
    final long quantity = random.nextLong(1, 5_000);
    final int side = random.nextInt(1, 3);
    final int kind = random.nextInt(100);
    final int units = BenchmarkSettings.PRICE_EXPONENT;
    final int parts = BenchmarkSettings.QUANTITY_EXPONENT;
    if (kind < 80) {
      event.trade(sequence, at, at, instrument, units, parts, price, quantity, side);
    } else if (kind < 92) {
      event.markPrice(sequence, at, at, instrument, units, price, price, 100_000, 0);
    } else if (kind < 95) {
      event.liquidation(sequence, at, at, instrument, units, parts, price, quantity, side);
    } else {
      final long held = ((long) openInterest[id]) * (swelling > 0 ? 1_000 : 1);
      swelling = Math.max(0, swelling - 1);
      event.openInterest(sequence, at, at, instrument, parts, held);
    }
  }

  private void writeDamaged(final FeedFileWriter writer) throws IOException {
    final long damaged =
        switch (random.nextInt(4)) {
          case 0 -> Long.MIN_VALUE;
          case 1 -> -1;
          case 2 -> sequence + (1L << 50);
          default -> 0;
        };
    event.heartbeat(damaged, time, time);
    writer.write(event);
  }
}
