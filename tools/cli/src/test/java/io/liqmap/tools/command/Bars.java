package io.liqmap.tools.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;

/**
 * Two and a half days of hourly bars of two symbols, with open interest and liquidations, as
 * Coinalyze has them: a quiet market, a fall by a sixth in the middle, a quiet market again.
 */
final class Bars {
  static final int HOURS = 60;
  static final Instant START = Instant.parse("2024-08-03T00:00:00Z");

  /** When the fall begins. */
  static final Instant CRASH = START.plusSeconds(30 * 3_600);

  /** When it is over. */
  static final Instant CALM = START.plusSeconds(33 * 3_600);

  private Bars() {}

  static Path write(final Path folder) throws IOException {
    Files.createDirectories(folder);
    write(folder, "BTCUSDT", 60_000, 70_000);
    write(folder, "ETHUSDT", 3_000, 900_000);
    return folder;
  }

  private static void write(
      final Path folder, final String symbol, final double price, final double openInterest)
      throws IOException {
    final StringBuilder bars = new StringBuilder();
    final StringBuilder interest = new StringBuilder();
    final StringBuilder liquidations = new StringBuilder();
    double close = price;
    double held = openInterest;
    for (int hour = 0; hour < HOURS; hour++) {
      final boolean falling = hour >= 30 && hour < 33;
      final double open = close;
      close *= falling ? 0.94 : 1 + 0.004 * Math.sin(hour);
      final double before = held;
      held *= falling ? 0.95 : 1.004;
      final String time =
          START.plusSeconds(hour * 3_600L).toString().replace('T', ' ').replace("Z", "");
      final double volume = openInterest * (falling ? 0.4 : 0.05);
      line(
          bars,
          "%s,%.1f,%.1f,%.1f,%.1f,%.3f,%.3f,9000,4000",
          time,
          open,
          Math.max(open, close) * 1.001,
          Math.min(open, close) * 0.999,
          close,
          volume,
          volume * (falling ? 0.4 : 0.52));
      line(
          interest,
          "%s,%.3f,%.3f,%.3f,%.3f",
          time,
          before,
          Math.max(before, held),
          Math.min(before, held),
          held);
      line(
          liquidations,
          "%s,%.3f,%.3f",
          time,
          openInterest * (falling ? 0.004 : 0.00001),
          openInterest * 0.00002);
    }
    Files.writeString(folder.resolve(symbol + "-ohlcv.csv"), bars);
    Files.writeString(folder.resolve(symbol + "-open-interest.csv"), interest);
    Files.writeString(folder.resolve(symbol + "-liquidation.csv"), liquidations);
  }

  private static void line(final StringBuilder to, final String format, final Object... values) {
    to.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  /** Imports both symbols and gives the two feeds. */
  static Path[] feeds(final Path folder) throws IOException {
    final Path bars = write(folder.resolve("bars"));
    final Path[] feeds = {folder.resolve("btc.feed"), folder.resolve("eth.feed")};
    Cli.run("import", "--format", "coinalyze", "--symbol", "BTCUSDT", "--out", feeds[0], bars)
        .done();
    Cli.run("import", "--format", "coinalyze", "--symbol", "ETHUSDT", "--out", feeds[1], bars)
        .done();
    return feeds;
  }
}
