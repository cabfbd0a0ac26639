package io.liqmap.tools.command;

import static io.liqmap.tools.command.JsonText.map;
import static io.liqmap.tools.command.JsonText.number;
import static io.liqmap.tools.command.JsonText.objects;
import static io.liqmap.tools.command.JsonText.string;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedFileWriter;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.settings.LiqmapConfig;
import io.liqmap.engine.support.RealData;
import io.liqmap.tools.venue.Scenarios;
import io.liqmap.tools.venue.SimulatedVenue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a map says as text and as CSV, of an odd symbol and a crowd that leans to one side. */
final class MapTextTest {
  private static final String SYMBOL = "A,\"B\"";
  private static final long START = 1_767_225_600_000_000_000L;

  @TempDir private static Path folder;
  private static Path journal;
  private static Map<String, Object> picture;

  @BeforeAll
  static void run() throws IOException {
    final Path settings =
        Files.writeString(
            folder.resolve("my.conf"),
            """
            models.blend.skew {
              funding.leverage = 2, taker-flow.leverage = 2, accounts.leverage = 2
            }
            instruments = [ {
              id = 9, symbol = "A,\\"B\\"", venue = somewhere, base = A, quote = B
              contract = linear, tick-size = "0.01", lot-size = "0.001"
              open-interest { unit = base, sides = one }
            } ]
            """);
    final LiqmapConfig config = LiqmapConfig.load(settings, RealData.root().resolve("config"));
    final InstrumentDefinition definition =
        config.instruments().stream()
            .filter((instrument) -> instrument.symbol().equals(SYMBOL))
            .findFirst()
            .orElseThrow();
    final SimulatedVenue venue =
        new SimulatedVenue(
            1,
            definition,
            config.engine().map().brackets().standard().value(0),
            START,
            Scenarios.load(Home.laboratory()).of(DemoCommand.SCENARIO));
    final Path feed = folder.resolve("odd.feed");
    final FeedEvent event = new FeedEvent();
    try (FeedFileWriter writer = new FeedFileWriter(feed)) {
      for (int i = 0; i < 40_000; i++) {
        venue.next(event);
        writer.write(event);
      }
      writer.complete();
    }
    journal = folder.resolve("journal");
    Cli.run("run", "--feed", feed, "--journal", journal, "--mode", "inline", "--config", settings)
        .done();
    picture = Cli.run("map", "--journal", journal, "--format", "json").done().json();
  }

  @Test
  void shouldQuoteWhatCsvHasToQuote() throws IOException {
    final String csv = Cli.run("map", "--journal", journal, "--format", "csv").done().out();
    final List<Map<?, ?>> buckets = objects(picture, "buckets");
    int rows = 0;
    try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(csv)) {
      for (final CsvRecord row : reader) {
        if (rows > 0) {
          assertEquals(SYMBOL, row.getField(0));
          assertTrue(List.of("long", "short").contains(row.getField(3)), row::toString);
        }
        rows++;
      }
    }
    assertEquals(buckets.size() + 1, rows);
    assertTrue(csv.startsWith("instrument,time,sequence,side,price_low,"), csv.substring(0, 60));
    assertTrue(csv.lines().skip(1).allMatch((line) -> line.startsWith("\"A,\"\"B\"\"\",")));
  }

  @Test
  void shouldShowHowMuchLiesWithinADistance() {
    final String table = Cli.run("map", "--journal", journal).done().out();
    final String model =
        table
            .substring(table.indexOf("model blend"), table.indexOf("isolated"))
            .replaceAll("\\s+", " ");
    double longs = 0;
    double shorts = 0;
    for (final Map<?, ?> tier : objects(map(picture, "assumptions"), "tiers")) {
      longs += number(tier, "share");
      shorts += number(tier, "shareShort");
    }
    final String all = String.format(Locale.ROOT, " 60.0%% %.2f/%.2f", longs * 100, shorts * 100);
    assertTrue(model.contains(all), () -> all + " in " + model);
  }

  @Test
  void shouldSayWhatIsOutOfReach() {
    final String table = Cli.run("map", "--journal", journal).done().out().replaceAll("\\s+", " ");
    final String shown =
        String.format(
            Locale.ROOT,
            "%.1f %% and %.1f %% are out of reach",
            100 * number(map(picture, "outOfReach"), "long"),
            100 * number(map(picture, "outOfReach"), "short"));
    assertTrue(table.contains(shown), () -> shown + " in " + table);
    for (final String side : List.of("long", "short")) {
      assertEquals(
          1,
          number(map(picture, "coverage"), side)
              + number(map(picture, "outOfReach"), side)
              + number(map(picture, "unmapped"), side),
          1e-9);
    }
  }

  @Test
  void shouldFitATerminalAndSayWhoseBracketsItTakes() {
    final Cli.Ran table = Cli.run("map", "--journal", journal).done();
    for (final String line : table.lines()) {
      assertTrue(line.length() <= 120, line);
    }
    table.says(
        "isolated margin, standard brackets, no venue's, as seen on 2024-10-24",
        "warning: the brackets are the");
    final Map<?, ?> brackets = map(map(picture, "assumptions"), "bracketTable");
    assertEquals(null, brackets.get("venue"));
    assertEquals("2024-10-24T00:00:00Z", string(brackets, "date"));
    assertEquals(434, JsonText.whole(brackets, "ageDays"));
    assertTrue(string(brackets, "warning").contains("1.2 years before 2026-01-"));
    assertTrue(string(brackets, "warning").contains("of that time with 'liqmap brackets'"));
  }

  @Test
  void shouldGiveASwingItsOwnPriceInAClusterAsInTheStructure() {
    int swings = 0;
    final List<Map<?, ?>> known = objects(map(picture, "structure"), "swings");
    for (final Map<?, ?> cluster : objects(picture, "clusters")) {
      for (final Map<?, ?> level : objects(cluster, "confluence")) {
        if (string(level, "kind").startsWith("swing_")) {
          final double price = number(level, "price");
          assertTrue(
              known.stream().anyMatch((swing) -> number(swing, "price") == price), level::toString);
          swings++;
        }
      }
    }
    assertTrue(swings > 0 || known.isEmpty(), "no swing in any cluster");
  }
}
