package io.liqmap.tools.command;

import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedFileWriter;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.settings.LiqmapConfig;
import io.liqmap.engine.support.RealData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** A journal of a linear and an inverse contract on BTC, whose group has a third member. */
final class GroupSession {
  static final String LINEAR = "binance-usdm:BTCUSDT";
  static final String INVERSE = "bybit:BTCUSD";
  static final String ABSENT = "okx:BTC-USDT-SWAP";

  /** Opens by rises of open interest alone, some of it near. */
  private static final String SETTINGS =
      """
      map.models = [ladder, oi-delta]
      models.ladder.entries.turnover = 0
      groups { BTC { members = ["%s", "%s", "%s"] }, BTCUSD { members = ["%s", "%s"] } }
      """
          .formatted(LINEAR, INVERSE, ABSENT, LINEAR, INVERSE);

  private static final long SECOND = 1_000_000_000L;
  private static final long START = Instant.parse("2024-10-24T12:00:00Z").getEpochSecond() * SECOND;

  private final FeedEvent event = new FeedEvent();
  private final FeedFileWriter writer;
  private long sequence;

  private GroupSession(final FeedFileWriter writer) {
    this.writer = writer;
  }

  /**
   * Makes the journal; the inverse contract's last event is older than a minute.
   *
   * @return its folder
   */
  static Path run(final Path folder) throws IOException {
    final Path file = folder.resolve("group.feed");
    try (FeedFileWriter writer = new FeedFileWriter(file)) {
      new GroupSession(writer).write();
    }
    final Path journal = folder.resolve("journal");
    final Path config = Files.writeString(folder.resolve("my.conf"), SETTINGS);
    Cli.run("run", "--feed", file, "--journal", journal, "--config", config, "--mode", "inline")
        .done();
    return journal;
  }

  private void write() throws IOException {
    final InstrumentDefinition linear = definition("BTCUSDT");
    final InstrumentDefinition inverse = definition("BTCUSD");
    define(linear);
    define(inverse);
    final double[] prices = {60_000, 60_600, 59_400, 60_300};
    for (int i = 0; i < prices.length; i++) {
      open(linear, START + i * SECOND, prices[i], 1_000 * (i + 1));
      open(inverse, START + i * SECOND, prices[i] * 1.0005, 20e6 * (i + 1));
    }
    mark(linear, START + 100 * SECOND, 60_200);
    writer.complete();
  }

  private static InstrumentDefinition definition(final String symbol) {
    return LiqmapConfig.load(null, RealData.root().resolve("config")).instruments().stream()
        .filter((instrument) -> instrument.symbol().equals(symbol))
        .findFirst()
        .orElseThrow();
  }

  private void define(final InstrumentDefinition definition) throws IOException {
    event.instrument(++sequence, START, START, definition);
    writer.write(event);
  }

  private static long mantissa(final double value, final int exponent) {
    return Math.round(value * Math.pow(10, -exponent));
  }

  private void mark(final InstrumentDefinition of, final long time, final double price)
      throws IOException {
    final int exponent = of.priceExponent();
    event.markPrice(
        ++sequence,
        time,
        time,
        of.id(),
        exponent,
        mantissa(price, exponent),
        FeedEvent.ABSENT,
        FeedEvent.ABSENT,
        0);
    writer.write(event);
  }

  private void open(
      final InstrumentDefinition of, final long time, final double price, final double interest)
      throws IOException {
    mark(of, time, price);
    event.trade(
        ++sequence,
        time,
        time,
        of.id(),
        of.priceExponent(),
        of.quantityExponent(),
        mantissa(price, of.priceExponent()),
        mantissa(interest, of.quantityExponent()),
        FeedEvent.BUY);
    writer.write(event);
    event.openInterest(
        ++sequence,
        time,
        time,
        of.id(),
        of.quantityExponent(),
        mantissa(interest, of.quantityExponent()));
    writer.write(event);
  }
}
