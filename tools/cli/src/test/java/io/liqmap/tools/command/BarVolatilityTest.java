package io.liqmap.tools.command;

import static io.liqmap.tools.command.JsonText.number;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.support.RealData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Volatility of feeds made from bars, held against the files' own text. */
@Tag("slow")
final class BarVolatilityTest {
  private static final double HALF_LIFE_HOURS = 6;
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  @TempDir private Path folder;

  /** The two estimates that a person makes of a file's bars. */
  private record Estimates(double parkinson, double closeToOpen) {}

  /** From the lines of a file: each bar that is over at a time, by its age. */
  private static Estimates estimates(
      final Path file, final ZoneOffset clock, final Instant until, final double barHours)
      throws IOException {
    double ranges = 0;
    double moves = 0;
    double weights = 0;
    for (final String line : Files.readAllLines(file)) {
      final String[] cell = line.split(",", -1);
      final Instant start = LocalDateTime.parse(cell[0], CLOCK).toInstant(clock);
      final double age = (until.getEpochSecond() - start.getEpochSecond()) / 3_600.0 - barHours;
      if (age < 0) {
        continue;
      }
      final double weight = Math.pow(2, -age / HALF_LIFE_HOURS);
      final double range = Math.log(Double.parseDouble(cell[2]) / Double.parseDouble(cell[3]));
      final double move = Math.log(Double.parseDouble(cell[4]) / Double.parseDouble(cell[1]));
      ranges += weight * range * range;
      moves += weight * move * move;
      weights += weight;
    }
    return new Estimates(
        Math.sqrt(ranges / weights / barHours / (4 * Math.log(2))),
        Math.sqrt(moves / weights / barHours));
  }

  private Path importBars(final String symbol, final String clock, final Path bars) {
    final Path feed = folder.resolve(symbol + ".feed");
    Cli.line(
            "import --format coinalyze --symbol %s --utc-offset %s --out %s %s",
            symbol, clock, feed, bars)
        .done();
    return feed;
  }

  private static Map<String, Object> json(final Object... words) {
    return Cli.run(words).done().json();
  }

  /** The fall of August 2024: between what close to open and what high to low give. */
  @Test
  void shouldGiveTheVolatilityOfRealBarsAndTheChanceThatFollows() throws IOException {
    final Path data = daysOf(RealData.folder("binance-usdm-1h"));
    final Path journal = folder.resolve("journal");
    Cli.line(
            "run --feed %s %s --journal %s --mode inline",
            importBars("BTCUSDT", "+06:00", data), importBars("ETHUSDT", "+06:00", data), journal)
        .done();
    final Instant noon = Instant.parse("2024-08-05T12:00:00Z");
    for (final String symbol : List.of("BTCUSDT", "ETHUSDT")) {
      final Estimates expected =
          estimates(data.resolve(symbol + "-ohlcv.csv"), ZoneOffset.ofHours(6), noon, 1);
      final double price = symbol.equals("BTCUSDT") ? 48_900 : 2_150;
      final Map<String, Object> touch =
          json(
              "ask",
              "--journal",
              journal,
              "--symbol",
              symbol,
              "--at",
              noon,
              "--json",
              "touch",
              "--price",
              price,
              "--horizon",
              "4h");
      final double volatility = number(touch, "volatilityPerHour");
      assertEquals(expected.parkinson, volatility, 1e-9 * volatility, symbol);
      final double probability = number(touch, "probability");
      final double mark = number(touch, "markPrice");
      assertTrue(probability > chance(mark, price, expected.closeToOpen), symbol);
      assertEquals(chance(mark, price, expected.parkinson), probability, 1e-6, symbol);
      if (symbol.equals("BTCUSDT")) {
        assertTrue(volatility > .0153 && volatility < .0203, "volatility " + volatility);
        assertTrue(probability > .12 && probability < .235, "probability " + probability);
      }
    }
  }

  /** The fall and some days before it: eighteen half-lives. */
  private Path daysOf(final Path all) throws IOException {
    final Path some = Files.createDirectories(folder.resolve("some"));
    for (final String symbol : List.of("BTCUSDT", "ETHUSDT")) {
      for (final String kind : List.of("ohlcv", "open-interest", "liquidation")) {
        final String name = symbol + "-" + kind + ".csv";
        final List<String> rows = Files.readAllLines(all.resolve(name));
        rows.removeIf((row) -> row.compareTo("2024-08") < 0 || row.compareTo("2024-08-06") > 0);
        Files.write(some.resolve(name), rows);
      }
    }
    return some;
  }

  /** 2 (1 − Φ(x)), by the integral of the density. */
  private static double chance(final double from, final double to, final double hourly) {
    final double end = Math.abs(Math.log(to / from)) / (hourly * Math.sqrt(4));
    final int steps = 200_000;
    double inside = 0;
    for (int i = 0; i < steps; i++) {
      final double x = (i + .5) * end / steps;
      inside += Math.exp(-x * x / 2) * end / steps;
    }
    return 1 - 2 * inside / Math.sqrt(2 * Math.PI);
  }

  /** Ticks of a random walk as bars of several lengths and clocks. */
  @ParameterizedTest
  @CsvSource({"1, 60, +00:00", "2, 60, +05:30", "3, 15, +06:00", "4, 5, -03:30"})
  void shouldRecoverTheVolatilityOfTicksFromTheirBars(
      final long seed, final int barMinutes, final String clock) throws IOException {
    final double hourly = .01;
    final Path bars = folder.resolve("bars");
    final int count = 60 * 60 / barMinutes;
    final ZoneOffset offset = ZoneOffset.of(clock);
    final Instant end = writeWalk(bars, seed, hourly, barMinutes, count);
    final Path journal = folder.resolve("journal");
    Cli.line(
            "run --feed %s --journal %s --mode inline", importBars("BTCUSDT", clock, bars), journal)
        .done();
    // The last bar isn't over at the end of the feed, the one before it is.
    final Instant before = end.minusSeconds(offset.getTotalSeconds() + 60L * barMinutes);
    final Map<String, Object> map = json("map", "--journal", journal, "--format", "json");
    final Map<?, ?> volatility = (Map<?, ?>) map.get("volatility");
    final double expected =
        estimates(bars.resolve("BTCUSDT-ohlcv.csv"), offset, before, barMinutes / 60.0).parkinson;
    assertEquals(expected, number(volatility, "perHour"), 1e-9 * expected);
    assertEquals(hourly, number(volatility, "perHour"), .3 * hourly);
    assertEquals("parkinson", volatility.get("estimator"));
    assertEquals(60 * barMinutes, number(volatility, "barSeconds"));
    final Map<?, ?> madeFrom = (Map<?, ?>) map.get("madeFrom");
    assertEquals("coinalyze", madeFrom.get("source"));
    assertEquals(60 * barMinutes, number(madeFrom, "tradeBarSeconds"));
    assertNull(madeFrom.get("markBarSeconds"));
    assertEquals(true, madeFrom.get("orderInsideBarsAssumed"));
    assertEquals(
        clock.equals("+00:00") ? List.of() : List.of("clock_offset"), madeFrom.get("conventions"));
  }

  @Test
  void shouldSayUnknownWhileThereAreTooFewBars() throws IOException {
    final Path bars = folder.resolve("bars");
    writeWalk(bars, 5, .01, 60, 10);
    final Path journal = folder.resolve("journal");
    final Path feed = importBars("BTCUSDT", "+00:00", bars);
    Cli.run("run", "--feed", feed, "--journal", journal, "--mode", "inline").done();
    final Object[] words = {"ask", "--journal", journal, "touch", "--price", 5, "--horizon", "4h"};
    Cli.run(words)
        .done()
        .says("volatility     unknown (fewer than 10 bars of 1 h)\n", "probability    unknown\n");
    final List<Object> inJson = new ArrayList<>(List.of(words));
    inJson.add("--json");
    final Map<String, Object> touch = json(inJson.toArray());
    assertNull(touch.get("probability"));
    assertNull(((Map<?, ?>) touch.get("volatility")).get("perHour"));
    final String table = Cli.run("map", "--journal", journal).done().out();
    assertTrue(table.contains("volatility     unknown (fewer than 10 bars of 1 h)\n"), table);
    assertTrue(table.contains("trend          1h unknown, 6h "), table);
    assertFalse(table.contains("NaN"), table);
  }

  /** Bars by a clock, of 600 ticks each; returns the end of the last one by that clock. */
  private static Instant writeWalk(
      final Path to, final long seed, final double hourly, final int barMinutes, final int count)
      throws IOException {
    final SplittableRandom random = new SplittableRandom(seed);
    final int ticks = 600;
    final double step = hourly * Math.sqrt(barMinutes / 60.0 / ticks);
    final List<String> bars = new ArrayList<>();
    final List<String> openInterest = new ArrayList<>();
    Instant start = Instant.parse("2024-08-03T00:00:00Z");
    double log = Math.log(60_000);
    for (int bar = 0; bar < count; bar++) {
      final double open = Math.exp(log);
      double high = open;
      double low = open;
      for (int tick = 0; tick < ticks; tick++) {
        log +=
            step
                * Math.sqrt(-2 * Math.log(1 - random.nextDouble()))
                * Math.cos(2 * Math.PI * random.nextDouble());
        high = Math.max(high, Math.exp(log));
        low = Math.min(low, Math.exp(log));
      }
      final String time = CLOCK.format(start.atOffset(ZoneOffset.UTC));
      bars.add(
          String.format(
              Locale.ROOT,
              "%s,%.1f,%.1f,%.1f,%.1f,1000,%.3f,100,50",
              time,
              open,
              high,
              low,
              Math.exp(log),
              1_000 * random.nextDouble()));
      openInterest.add(time + ",70000,70000,70000,70000");
      start = start.plusSeconds(60L * barMinutes);
    }
    Files.createDirectories(to);
    Files.write(to.resolve("BTCUSDT-ohlcv.csv"), bars);
    Files.write(to.resolve("BTCUSDT-open-interest.csv"), openInterest);
    return start;
  }
}
