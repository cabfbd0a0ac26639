package io.liqmap.tools.command;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedFileWriter;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.settings.LiqmapConfig;
import io.liqmap.engine.support.RealData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table of {@code liqmap map} fits a terminal, however long names and figures are. */
final class MapWidthTest {
  private static final int WIDTH = 120;
  private static final String SYMBOL = "100000LONGER-PERPETUAL";
  private static final long SECOND = 1_000_000_000L;
  private static final long START = 1_767_225_600_000_000_000L;

  @TempDir private static Path folder;
  private static Path journal;

  @BeforeAll
  static void run() throws IOException {
    final StringBuilder settings = new StringBuilder("instruments = [");
    final List<String> venues = List.of("longest-venu", "another-venu");
    for (int i = 0; i < venues.size(); i++) {
      settings.append(
          """
          { id = %d, symbol = "%s", venue = %s, base = 100000LONGER, quote = LONGERQUOTES
            contract = linear, tick-size = "0.01", lot-size = "0.001"
            open-interest { unit = base, sides = one } }
          """
              .formatted(60 + i, SYMBOL, venues.get(i)));
    }
    settings.append("]\ngroups.ALL.members = [");
    venues.forEach((venue) -> settings.append("\"%s:%s\", ".formatted(venue, SYMBOL)));
    settings.append("\"thirdd-venue:").append(SYMBOL).append("\"]\n");
    settings.append("map.models = [ladder, oi-delta]\nmodels.ladder.entries.turnover = 0\n");
    final Path config = Files.writeString(folder.resolve("my.conf"), settings);
    final Path feed = folder.resolve("long.feed");
    try (FeedFileWriter writer = new FeedFileWriter(feed)) {
      write(
          writer,
          LiqmapConfig.load(config, RealData.root().resolve("config")).instruments().stream()
              .filter((instrument) -> instrument.symbol().equals(SYMBOL))
              .toList());
      writer.complete();
    }
    journal = folder.resolve("journal");
    Cli.run("run", "--feed", feed, "--journal", journal, "--config", config, "--mode", "inline")
        .done();
  }

  /** Both open by rises of open interest; the first then says nothing for a minute. */
  private static void write(
      final FeedFileWriter writer, final List<InstrumentDefinition> instruments)
      throws IOException {
    final FeedEvent event = new FeedEvent();
    long sequence = 0;
    for (final InstrumentDefinition one : instruments) {
      event.instrument(++sequence, START, START, one);
      writer.write(event);
    }
    for (int i = 1; i <= 40; i++) {
      for (final InstrumentDefinition one : i <= 30 ? instruments : instruments.subList(1, 2)) {
        final long time = START + i * 10L * SECOND;
        final long price = 12_345_678_000_000L + i % 7 * 100_000_000_000L;
        final long amount = 900_000_000_000L * i;
        event.markPrice(
            ++sequence,
            time,
            time,
            one.id(),
            one.priceExponent(),
            price,
            FeedEvent.ABSENT,
            FeedEvent.ABSENT,
            0);
        writer.write(event);
        event.trade(
            ++sequence,
            time,
            time,
            one.id(),
            one.priceExponent(),
            one.quantityExponent(),
            price,
            amount,
            FeedEvent.BUY);
        writer.write(event);
        event.openInterest(++sequence, time, time, one.id(), one.quantityExponent(), amount);
        writer.write(event);
      }
    }
  }

  @Test
  void shouldFitWhateverIsAsked() {
    for (final String model : List.of("ladder", "oi-delta", "consensus")) {
      for (final String window : List.of("12h", "all")) {
        final Cli.Ran table =
            Cli.run("map", "--journal", journal, "--model", model, "--window", window).done();
        table.says("longest-venu:" + SYMBOL, "ALL  ", "SILENT", "not in the feed", "nearest");
        table
            .lines()
            .forEach(
                (line) -> assertTrue(line.length() <= WIDTH, () -> line.length() + ": " + line));
      }
    }
  }
}
