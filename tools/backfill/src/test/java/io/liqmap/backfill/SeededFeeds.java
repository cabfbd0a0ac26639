package io.liqmap.backfill;

import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedFileWriter;
import io.liqmap.engine.support.TestInstruments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Days of seeded markets as feed files: each instrument has its own. */
final class SeededFeeds {
  static final String VENUE = "test";
  static final long FIRST_DAY = 20_454;
  private static final long START = FIRST_DAY * DayScan.DAY;

  private final SplittableRandom random;
  private final int days;
  private final int eventsOfDay;

  private SeededFeeds(final long seed, final int days, final int eventsOfDay) {
    random = new SplittableRandom(seed);
    this.days = days;
    this.eventsOfDay = eventsOfDay;
  }

  static String symbol(final int instrument) {
    return "I" + instrument;
  }

  /**
   * Writes the files of some instruments.
   *
   * @return by instrument
   */
  static List<Path> write(
      final Path folder,
      final long seed,
      final int instruments,
      final int days,
      final int eventsOfDay)
      throws IOException {
    final List<Path> files = new ArrayList<>();
    for (int i = 0; i < instruments; i++) {
      final Path file = folder.resolve(symbol(i) + ".feed");
      new SeededFeeds(seed + i, days, eventsOfDay).write(file, i);
      files.add(file);
    }
    return files;
  }

  private void write(final Path file, final int instrument) throws IOException {
    final FeedEvent event = new FeedEvent();
    final double mean = 60_000 / (1.0 + instrument);
    final long step = DayScan.DAY / eventsOfDay;
    double price = mean;
    double openInterest = 1_000;
    long sequence = 1;
    try (FeedFileWriter writer = new FeedFileWriter(file)) {
      event.instrument(
          sequence,
          START,
          START,
          TestInstruments.linear(0, symbol(instrument), VENUE, "B" + instrument, "USDT", 10));
      writer.write(event);
      for (long i = 0; i < (long) days * eventsOfDay; i++) {
        // Some numbers are missing.
        sequence += random.nextInt(300) == 0 ? 2 : 1;
        final long time = START + i * step + random.nextLong(step);
        price *= StrictMath.exp((random.nextDouble() - 0.5) * 0.004);
        price *= StrictMath.exp(-0.001 * StrictMath.log(price / mean));
        final long cents = Math.max(1, (long) (price * 100));
        final int kind = random.nextInt(100);
        if (kind < 80) {
          event.trade(
              sequence, time, time, 0, -2, -3, cents, random.nextLong(1, 5_000), 1 + (int) (i % 2));
        } else if (kind < 92) {
          event.markPrice(
              sequence, time, time, 0, -2, cents, FeedEvent.ABSENT, FeedEvent.ABSENT, 0);
        } else if (kind < 97) {
          openInterest *= 1 + (random.nextDouble() - 0.5) * 0.02;
          event.openInterest(sequence, time, time, 0, -3, (long) (openInterest * 1_000));
        } else {
          event.liquidation(
              sequence,
              time,
              time,
              0,
              -2,
              -3,
              cents,
              random.nextLong(1, 1_000),
              random.nextInt(1, 3));
        }
        writer.write(event);
      }
      writer.complete();
    }
  }
}
