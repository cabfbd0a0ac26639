package io.liqmap.tools.command;

import static io.liqmap.tools.command.JsonText.flag;
import static io.liqmap.tools.command.JsonText.map;
import static io.liqmap.tools.command.JsonText.number;
import static io.liqmap.tools.command.JsonText.string;
import static io.liqmap.tools.command.JsonText.whole;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.support.RealData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two months of real hours, from the venue's figures to maps. */
@Tag("slow")
final class RealSessionTest {
  private static final String SYMBOL = "BTCUSDT";
  private static final String START = "2024-06-19T21:00:00Z";

  /** The steepest hours of the fall of August 2024. */
  private static final Instant CRASH = Instant.parse("2024-08-05T00:00:00Z");

  @TempDir private static Path folder;
  private static Path journal;
  private static Map<String, Object> run;

  @BeforeAll
  static void importAndRun() {
    final Path data = RealData.folder("binance-usdm-1h");
    final Path feed = folder.resolve("real.feed");
    journal = folder.resolve("journal");
    Cli.line(
            "import --format coinalyze --symbol %s --utc-offset +06:00 --out %s %s",
            SYMBOL, feed, data)
        .done();
    run =
        Cli.run("run", "--feed", feed, "--journal", journal, "--mode", "inline", "--json")
            .done()
            .json();
  }

  private static Map<String, Object> mapAt(final Object at, final String... more) {
    final List<Object> words =
        new ArrayList<>(List.of("map", "--journal", journal, "--format", "json", "--at", at));
    words.addAll(List.of(more));
    return Cli.run(words.toArray()).done().json();
  }

  @Test
  void shouldStartWithTheFirstHourOfTheFiles() {
    assertEquals(START, string(run, "firstTime"));
    assertEquals("2024-08-19T21:59:59.999999999Z", string(run, "lastTime"));
    assertEquals(0, whole(run, "gaps"));
    assertEquals(0, whole(run, "rejected"));
  }

  /**
   * Nothing is known before the first trade. Turnover brings it in, as long as no fall of price
   * takes more off the map than open interest loses; in two months nearly all is turned over.
   */
  @Test
  void shouldCoverMoreAndMoreOfTheOpenInterest() {
    final Map<String, Object> first = mapAt(2);
    final Map<String, Object> days = mapAt("2024-06-22T00:00:00Z");
    final Map<String, Object> week = mapAt("2024-06-27T00:00:00Z");
    final Map<String, Object> last = mapAt(string(run, "lastTime"));
    assertTrue(number(first, "openInterest") > 0);
    for (final String side : MapChecks.SIDES) {
      assertEquals(0, coverage(first, side), side);
      assertTrue(coverage(days, side) > 0, side);
      assertTrue(mapped(week, side) > mapped(days, side), side);
      assertTrue(mapped(last, side) > mapped(week, side), side);
      assertTrue(mapped(last, side) > 0.8, side + " " + mapped(last, side));
      assertTrue(mapped(last, side) <= 1, side);
      assertTrue(coverage(last, side) > 0 && coverage(last, side) < 1, "a part is out of reach");
    }
  }

  /** Whether within reach or out of it. */
  private static double mapped(final Map<String, Object> map, final String side) {
    return coverage(map, side) + number(map(map, "outOfReach"), side);
  }

  private static double coverage(final Map<String, Object> map, final String side) {
    return number(map(map, "coverage"), side);
  }

  /** Within an hour trades count provisionally, and sweeps take away what open interest holds. */
  @ParameterizedTest
  @ValueSource(
      strings = {"blend", "oi-delta", "taker-volume", "ladder", "volume-ladder", "consensus"})
  void shouldNeverCoverMoreThanAll(final String model) {
    for (int minute = 0; minute < 180; minute += 30) {
      final Map<String, Object> map = mapAt(CRASH.plusSeconds(minute * 60L), "--model", model);
      MapChecks.checkBuckets(map);
      for (final String side : MapChecks.SIDES) {
        final double covered = coverage(map, side);
        assertTrue(covered > 0 && covered <= 1, side + " " + covered);
      }
    }
  }

  /**
   * Open quantity over its share of the whole is the whole, unmapped included: right after an open
   * interest, before mark has moved on, that is the open interest.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-06-19T21:59:59.999999999Z",
        "2024-07-05T05:59:59.999999999Z",
        "2024-08-05T05:59:59.999999999Z",
        "2024-08-19T21:59:59.999999999Z"
      })
  void shouldMeetTheOpenInterestInEveryModel(final String at) {
    for (final String model :
        List.of("blend", "oi-delta", "taker-volume", "ladder", "volume-ladder", "consensus")) {
      for (final String window : List.of("12h", "all")) {
        final Map<String, Object> map = mapAt(at, "--model", model, "--window", window);
        MapChecks.checkBuckets(map);
        MapChecks.checkCoverage(map);
      }
    }
  }

  @Test
  void shouldShowTheOpenInterestOfTheFile() throws IOException {
    final List<String> rows =
        Files.readAllLines(
            RealData.folder("binance-usdm-1h").resolve(SYMBOL + "-open-interest.csv"));
    final String row =
        rows.stream().filter((line) -> line.startsWith("2024-07-05 12:00:00,")).findFirst().get();
    assertEquals(
        Double.parseDouble(row.split(",", -1)[4]),
        number(mapAt("2024-07-05T06:59:59.999999999Z"), "openInterest"),
        1e-6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"start", "snapshot"})
  void shouldReplayToTheSameState(final String from) {
    final Map<String, Object> replay =
        Cli.run("replay", "--journal", journal, "--from", from, "--json").done().json();
    assertEquals(string(run, "stateHash"), string(replay, "stateHash"));
    assertTrue(flag(replay, "matches"));
    assertEquals(whole(run, "events"), whole(replay, "events"));
  }

  @Test
  void shouldFindTheSameStateOnAnotherThread() {
    final Map<String, Object> pipelined =
        Cli.line(
                "run --feed %s --journal %s --mode pipelined --json",
                folder.resolve("real.feed"), folder.resolve("pipelined"))
            .done()
            .json();
    assertEquals(string(run, "stateHash"), string(pipelined, "stateHash"));
  }

  /** Noon after the fall. */
  @Test
  void shouldAnswerQuestionsAsTheMapOfThatMoment() {
    final Map<String, Object> map = mapAt("2024-08-05T12:00:00Z");
    final double then = number(map, "markPrice");
    final Map<String, Object> below = askAtNoon("between", "--low", 45_000, "--high", then);
    assertEquals(string(map, "stateHash"), string(below, "stateHash"));
    final double longs = MapChecks.between(map, "long", 45_000, then);
    assertEquals(longs, number(below, "long"), 1e-8 * longs + 1e-3);
    final Map<?, ?> cluster = map(askAtNoon("nearest", "--side", "long"), "cluster");
    assertTrue(number(cluster, "notional") > 1e6, cluster::toString);
    assertTrue(number(cluster, "distanceBps") > 0, cluster::toString);
    final Map<String, Object> shock = askAtNoon("cascade", "--shock-bps", -200);
    assertTrue(number(shock, "reachPrice") < number(shock, "shockPrice"), shock::toString);
    assertTrue(number(shock, "impactPerMillion") > 0, shock::toString);
  }

  private static Map<String, Object> askAtNoon(final Object... words) {
    final List<Object> all =
        new ArrayList<>(
            List.of("ask", "--journal", journal, "--at", "2024-08-05T12:00:00Z", "--json"));
    all.addAll(List.of(words));
    return Cli.run(all.toArray()).done().json();
  }

  /** The map that learns has the level; the textbooks' ladder is far from it, and ranks as well. */
  @Test
  void shouldScoreTheLevelOfTheLearnedMapAndOfTheLadder() {
    final Map<?, ?> card =
        JsonText.objects(
                Cli.run("score", "--journal", journal, "--json").done().json(), "instruments")
            .get(0);
    assertEquals("blend", string(card, "model"));
    for (final Map<?, ?> side : sides(card, "blend")) {
      final double ratio = number(map(side, "ratio"), "value");
      assertTrue(ratio > 0.5 && ratio < 2, string(side, "side") + " " + ratio);
    }
    for (final Map<?, ?> side : sides(card, "ladder")) {
      assertTrue(number(map(side, "ratio"), "low") > 5, string(side, "side"));
    }
    assertTrue(error(card, "blend + background", "high") < error(card, "random, same mass", "low"));
    assertTrue(error(card, "blend + background", "value") < error(card, "ladder", "low") / 3);
  }

  private static List<Map<?, ?>> sides(final Map<?, ?> card, final String name) {
    return JsonText.objects(card, "rows").stream()
        .filter((row) -> string(row, "name").equals(name))
        .map((row) -> JsonText.objects(row, "sides"))
        .findFirst()
        .orElseThrow();
  }

  private static double error(final Map<?, ?> card, final String name, final String part) {
    return number(map(sides(card, name).get(2), "calibrationError"), part);
  }
}
