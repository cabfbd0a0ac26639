package io.liqmap.tools.command;

import static io.liqmap.tools.command.JsonText.map;
import static io.liqmap.tools.command.JsonText.number;
import static io.liqmap.tools.command.JsonText.objects;
import static io.liqmap.tools.command.JsonText.string;
import static io.liqmap.tools.command.JsonText.whole;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scores of ten days of hourly bars, of which one symbol has liquidations. */
final class ScoreCommandTest {
  private static final Instant START = Instant.parse("2024-07-01T00:00:00Z");
  private static final int HOURS = 10 * 24;

  @TempDir private static Path folder;
  private static Path journal;
  private static Cli.Ran text;
  private static Map<String, Object> json;
  private static Path page;

  @BeforeAll
  static void scoreOnce() throws IOException {
    final Path bars = Files.createDirectories(folder.resolve("bars"));
    write(bars, "BTCUSDT", 60_000, true);
    write(bars, "ETHUSDT", 3_000, false);
    journal = folder.resolve("journal");
    final Path[] feeds = {folder.resolve("btc.feed"), folder.resolve("eth.feed")};
    Cli.run("import", "--format", "coinalyze", "--symbol", "BTCUSDT", "--out", feeds[0], bars)
        .done();
    Cli.run("import", "--format", "coinalyze", "--symbol", "ETHUSDT", "--out", feeds[1], bars)
        .done();
    Cli.run("run", "--feed", feeds[0], feeds[1], "--journal", journal, "--mode", "inline").exits(0);
    page = folder.resolve("score.html");
    text = Cli.run("score", "--journal", journal, "--html", page).done();
    json = Cli.run("score", "--journal", journal, "--symbol", "BTCUSDT", "--json").done().json();
  }

  private static void write(
      final Path to, final String symbol, final double price, final boolean hasLiquidations)
      throws IOException {
    final SplittableRandom random = new SplittableRandom(3);
    final StringBuilder bars = new StringBuilder();
    final StringBuilder interest = new StringBuilder();
    final StringBuilder liquidations = new StringBuilder();
    double close = price;
    for (int hour = 0; hour < HOURS; hour++) {
      final String time =
          START.plusSeconds(hour * 3_600L).toString().replace('T', ' ').replace("Z", "");
      final double open = close;
      close *= 1 + 0.03 * (random.nextDouble() - 0.5);
      bars.append(
          String.format(
              Locale.ROOT,
              "%s,%.2f,%.2f,%.2f,%.2f,5000,2500,9000,4500%n",
              time,
              open,
              Math.max(open, close) * 1.003,
              Math.min(open, close) * 0.997,
              close));
      interest.append(
          String.format(Locale.ROOT, "%s,%d,%d,%d,%d%n", time, 70_000, 70_100, 69_900, 70_000));
      liquidations.append(
          String.format(
              Locale.ROOT,
              "%s,%.3f,%.3f%n",
              time,
              random.nextDouble() * 20,
              random.nextDouble() * 20));
    }
    Files.writeString(to.resolve(symbol + "-ohlcv.csv"), bars);
    Files.writeString(to.resolve(symbol + "-open-interest.csv"), interest);
    if (hasLiquidations) {
      Files.writeString(to.resolve(symbol + "-liquidation.csv"), liquidations);
    }
  }

  private static Map<?, ?> card() {
    assertEquals(1, objects(json, "instruments").size());
    return objects(json, "instruments").get(0);
  }

  @Test
  void shouldScoreWhatHasReportsAndSayWhyTheRestHasNoScore() {
    text.says("BTCUSDT", "binance-usdm", "not scored", "ETHUSDT: ");
  }

  @Test
  void shouldSayWhatItIsAndWhatItLeftOut() {
    text.says(
        "an account of the past and no forecast",
        "at most one liquidation a second and symbol",
        "floors",
        "to warm up",
        "can't tell leverage distances apart",
        "excursion only",
        "persistence");
  }

  @Test
  void shouldFitATerminal() {
    for (final String line : text.lines()) {
      assertTrue(line.length() <= 120, line);
    }
  }

  @Test
  void shouldGiveCountsThatAddUp() {
    final Map<?, ?> counts = map(card(), "counts");
    final Map<?, ?> leftOut = map(card(), "leftOut");
    assertEquals(
        whole(counts, "windows"),
        whole(counts, "scored")
            + whole(leftOut, "warmUp")
            + whole(leftOut, "noReports")
            + whole(leftOut, "gaps")
            + whole(leftOut, "staleOpenInterest"));
    assertEquals(2 * whole(counts, "scored"), whole(counts, "sideWindows"));
    assertEquals(HOURS - 1, whole(counts, "windows"));
    assertEquals(60, number(card(), "windowMinutes"), 1e-6);
    assertEquals(2.8, number(card(), "forcedPerReported"));
    assertEquals("BAR_SUMS", string(card(), "reports"));
  }

  @Test
  void shouldHaveAllModelsOfTheJournalAndControlsAsRows() {
    final List<String> names =
        objects(card(), "rows").stream().map((row) -> string(row, "name")).toList();
    final Map<String, Object> map =
        Cli.run("map", "--journal", journal, "--symbol", "BTCUSDT", "--format", "json")
            .done()
            .json();
    for (final Map<?, ?> model : objects(map(map, "assumptions"), "models")) {
      assertTrue(names.contains(string(model, "name")), names.toString());
    }
    assertTrue(names.containsAll(List.of("persistence", "excursion only")), names.toString());
    for (final Map<?, ?> row : objects(card(), "rows")) {
      assertEquals(
          List.of("long", "short", "both"),
          objects(row, "sides").stream().map((side) -> string(side, "side")).toList());
      for (final Map<?, ?> side : objects(row, "sides")) {
        assertEquals(5, objects(side, "classes").size());
        final Map<?, ?> ratio = map(side, "ratio");
        assertTrue(number(ratio, "low") <= number(ratio, "high"));
        assertEquals(
            number(ratio, "value") * 2.8,
            number(map(side, "ratioAsReported"), "value"),
            1e-6 * number(ratio, "value") + 1e-12);
      }
    }
    assertEquals(3, objects(card(), "verdicts").size());
  }

  @Test
  void shouldScoreTheSameAgain() {
    assertEquals(
        json,
        Cli.run("score", "--journal", journal, "--symbol", "BTCUSDT", "--json").done().json());
  }

  @Test
  void shouldScoreFromATimeOn() {
    final Map<String, Object> later =
        Cli.line("score --journal %s --symbol BTCUSDT --from 2024-07-08T00:00:00Z --json", journal)
            .done()
            .json();
    assertEquals(
        "2024-07-08T00:59:59.999999999Z", string(objects(later, "instruments").get(0), "from"));
  }

  @Test
  void shouldWriteAPageOfItsOwn() throws IOException {
    final String html = Files.readString(page);
    assertTrue(html.startsWith("<!DOCTYPE html>"));
    assertTrue(html.contains("<svg") && html.contains("prefers-color-scheme: dark"));
    for (final String outside : List.of("http:", "https:", "<script", "<link", "url(", "@import")) {
      assertFalse(html.contains(outside), outside);
    }
    for (final String broken : List.of("NaN", "Infinity", "null")) {
      assertFalse(html.contains(broken), broken);
    }
  }

  @Test
  void shouldNameTheInstrumentsOfTheJournal() {
    Cli.line("score --journal %s --symbol XRPUSDT", journal)
        .exits(ExitCodes.USAGE)
        .complains("--symbol XRPUSDT: the journal has BTCUSDT, ETHUSDT");
  }

  @Test
  void shouldSayWhatIsMissing() {
    Cli.line("score --journal %s --symbol ETHUSDT", journal)
        .exits(ExitCodes.BAD_INPUT)
        .complains("ETHUSDT: none of its 239 windows can be scored", "without report data");
    Cli.line("score --journal %s --symbol BTCUSDT --warm-up 9d", journal)
        .exits(ExitCodes.BAD_INPUT)
        .complains("BTCUSDT: of 10.0 days 1.0 are left to score", "shorter --warm-up");
    Cli.line("score --journal %s", folder.resolve("none"))
        .exits(ExitCodes.BAD_INPUT)
        .complains("none");
  }

  @Test
  void shouldRefuseOptionsThatMakeNoSense() {
    Cli.line("score --journal %s --controls 10", journal)
        .exits(ExitCodes.USAGE)
        .complains("--controls has to be 100 to 10000, was 10");
    Cli.line("score --journal %s --from 12", journal)
        .exits(ExitCodes.USAGE)
        .complains("--from 12 is a sequence");
    Cli.line("score --journal %s --html %s", journal, folder)
        .exits(ExitCodes.USAGE)
        .complains("is a folder");
  }

  @Test
  void shouldLeaveNoPartOfAPageBehind() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertTrue(files.noneMatch((file) -> file.toString().endsWith(".part")));
    }
  }
}
