package io.liqmap.tools.command;

import static io.liqmap.tools.command.JsonText.map;
import static io.liqmap.tools.command.JsonText.number;
import static io.liqmap.tools.command.JsonText.objects;
import static io.liqmap.tools.command.JsonText.string;
import static io.liqmap.tools.command.MapChecks.LOSS;
import static io.liqmap.tools.command.MapChecks.SIDES;
import static io.liqmap.tools.command.MapChecks.quantities;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Maps of windows, over forty days in which open interest rises every hour while price goes up and
 * down by three hundredths: too little for positions of low leverage to be swept.
 */
@Tag("slow")
final class MapWindowsTest {
  private static final Instant START = Instant.parse("2024-07-01T00:00:00Z");
  private static final int HOURS = 40 * 24;
  private static final List<String> WINDOWS = List.of("12h", "1d", "3d", "7d", "30d", "all");

  @TempDir private static Path folder;
  private static Path journal;
  private static Map<String, Object> run;

  @BeforeAll
  static void importAndRun() throws IOException {
    final Path bars = writeBars(Files.createDirectories(folder.resolve("bars")));
    final Path feed = folder.resolve("btc.feed");
    Cli.run("import", "--format", "coinalyze", "--symbol", "BTCUSDT", "--out", feed, bars).done();
    journal = folder.resolve("journal");
    run =
        Cli.run("run", "--feed", feed, "--journal", journal, "--mode", "inline", "--json")
            .done()
            .json();
  }

  private static Path writeBars(final Path to) throws IOException {
    final StringBuilder bars = new StringBuilder();
    final StringBuilder interest = new StringBuilder();
    for (int hour = 0; hour < HOURS; hour++) {
      final String time =
          START.plusSeconds(hour * 3_600L).toString().replace('T', ' ').replace("Z", "");
      final double open = price(hour);
      final double close = price(hour + 1);
      bars.append(
          String.format(
              Locale.ROOT,
              "%s,%.1f,%.1f,%.1f,%.1f,1000,500,9000,4500%n",
              time,
              open,
              Math.max(open, close),
              Math.min(open, close),
              close));
      final int held = 10_000 + 50 * hour;
      interest.append(
          String.format(Locale.ROOT, "%s,%d,%d,%d,%d%n", time, held, held + 50, held, held + 50));
    }
    Files.writeString(to.resolve("BTCUSDT-ohlcv.csv"), bars);
    Files.writeString(to.resolve("BTCUSDT-open-interest.csv"), interest);
    return to;
  }

  private static double price(final int hour) {
    return 60_000 * (1 + 0.03 * Math.sin(hour / 17.0));
  }

  private static Map<String, Object> mapOf(final String model, final String window) {
    return Cli.run(
            "map", "--journal", journal, "--model", model, "--window", window, "--format", "json")
        .done()
        .json();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"blend", "oi-delta", "taker-volume", "ladder", "volume-ladder", "consensus"})
  void shouldNestTheWindows(final String model) {
    final Map<String, Map<String, Object>> maps = new LinkedHashMap<>();
    WINDOWS.forEach((window) -> maps.put(window, mapOf(model, window)));
    for (final String side : SIDES) {
      for (int i = 1; i < WINDOWS.size(); i++) {
        final Map<String, Object> shorter = maps.get(WINDOWS.get(i - 1));
        final Map<String, Object> longer = maps.get(WINDOWS.get(i));
        final Map<Double, Double> all = quantities(longer, side);
        quantities(shorter, side)
            .forEach(
                (price, held) ->
                    assertTrue(
                        held <= all.getOrDefault(price, 0.0) * (1 + LOSS),
                        () -> model + " " + side + " at " + price));
        assertTrue(
            number(map(shorter, "coverage"), side)
                <= number(map(longer, "coverage"), side) * (1 + LOSS),
            () -> model + " " + side);
      }
    }
    for (final Map<String, Object> map : maps.values()) {
      MapChecks.checkBuckets(map);
      MapChecks.checkCoverage(map);
    }
  }

  /** Each hour of rising open interest leaves some that no move of three hundredths takes away. */
  @ParameterizedTest
  @CsvSource({"12h, 1d", "1d, 3d", "3d, 7d", "7d, 30d", "30d, all"})
  void shouldShowMoreInALongerWindow(final String shorter, final String longer) {
    for (final String side : SIDES) {
      final double less = MapChecks.sum(mapOf("oi-delta", shorter), side, "quantity");
      final double more = MapChecks.sum(mapOf("oi-delta", longer), side, "quantity");
      assertTrue(less > 0 && more > less * (1 + LOSS), side + " " + less + " " + more);
    }
  }

  /** No more is open than open interest has risen by, where its rises alone open positions. */
  @ParameterizedTest
  @CsvSource({"12h, 13", "1d, 30", "3d, 78", "7d, 192", "30d, 744"})
  void shouldShowNothingThatIsOlderThanTheWindow(final String window, final int mostHours) {
    final Map<String, Object> map = mapOf("oi-delta", window);
    for (final String side : SIDES) {
      assertTrue(MapChecks.sum(map, side, "quantity") <= 50 * mostHours * (1 + LOSS), side);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"12h", "1d", "3d", "7d", "30d"})
  void shouldSaySinceWhenPositionsWereOpened(final String window) {
    final Map<String, Object> map = mapOf("blend", window);
    assertEquals(window, string(map, "window"));
    final Instant end = Instant.parse(string(map, "time"));
    assertEquals(string(run, "lastTime"), end.toString());
    final Duration reach =
        Duration.ofHours(
            window.endsWith("h")
                ? Long.parseLong(window.replace("h", ""))
                : 24 * Long.parseLong(window.replace("d", "")));
    final Instant latest = end.minus(reach);
    final Instant since = Instant.parse(string(map, "since"));
    assertFalse(since.isAfter(latest), since + " after " + latest);
    assertFalse(since.isBefore(latest.minus(Duration.ofDays(1))), "cohorts last a day at the most");
    Cli.run("map", "--journal", journal, "--window", window)
        .done()
        .says("positions opened within " + window + ", since " + since);
  }

  @Test
  void shouldShowAllByDefault() {
    final Map<String, Object> all = mapOf("blend", "all");
    assertEquals("all", string(all, "window"));
    assertFalse(all.containsKey("since"));
    assertEquals(
        Cli.run("map", "--journal", journal, "--window", "ALL", "--format", "json").done().out(),
        Cli.run("map", "--journal", journal, "--format", "json").done().out());
    assertEquals(all, Cli.run("map", "--journal", journal, "--format", "json").done().json());
  }

  @Test
  void shouldKeepTheStateWhateverTheWindow() {
    for (final String window : WINDOWS) {
      assertEquals(string(run, "stateHash"), string(mapOf("blend", window), "stateHash"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "csv", "table"})
  void shouldWriteAWindowToAFile(final String format) throws IOException {
    final Path file = folder.resolve("window." + format);
    final Object[] words = {
      "map", "--journal", journal, "--window", "3d", "--model", "consensus", "--format", format
    };
    final String printed = Cli.run(words).done().out();
    final Object[] toFile = Arrays.copyOf(words, words.length + 2);
    toFile[words.length] = "--out";
    toFile[words.length + 1] = file;
    assertEquals("", Cli.run(toFile).done().out());
    assertEquals(printed, Files.readString(file));
    assertTrue(printed.length() > 1_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2d", "24h", "1", "", "forever"})
  void shouldNameTheWindowsThatThereAre(final String unknown) {
    final Cli.Ran ran = Cli.run("map", "--journal", journal, "--window", unknown).exits(2);
    ran.complains("--window " + unknown + ": give 12h, 1d, 3d, 7d, 30d or all");
    assertEquals("", ran.out());
  }

  @Test
  void shouldMapAWindowOfThePast() {
    final Instant at = START.plusSeconds(20 * 86_400).minusNanos(1);
    final Map<String, Object> month =
        Cli.line(
                "map --journal %s --at %s --window 30d --model oi-delta --format json", journal, at)
            .done()
            .json();
    final Map<String, Object> all =
        Cli.run("map", "--journal", journal, "--at", at, "--model", "oi-delta", "--format", "json")
            .done()
            .json();
    assertEquals(at.toString(), string(month, "time"));
    for (final String side : SIDES) {
      final Map<Double, Double> ofAll = quantities(all, side);
      final Map<Double, Double> ofMonth = quantities(month, side);
      assertEquals(ofAll.keySet(), ofMonth.keySet(), "nothing is older than thirty days yet");
      ofAll.forEach((price, held) -> assertEquals(held, ofMonth.get(price), LOSS * held));
    }
    assertFalse(objects(month, "buckets").isEmpty());
  }
}
