package io.liqmap.tools.command;

import static io.liqmap.tools.command.JsonText.flag;
import static io.liqmap.tools.command.JsonText.list;
import static io.liqmap.tools.command.JsonText.map;
import static io.liqmap.tools.command.JsonText.number;
import static io.liqmap.tools.command.JsonText.objects;
import static io.liqmap.tools.command.JsonText.string;
import static io.liqmap.tools.command.JsonText.whole;
import static io.liqmap.tools.command.MapChecks.between;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.calibration.OnlineScore;
import io.liqmap.tools.answer.Format;
import io.liqmap.tools.command.Cli.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers to an execution system: as text, as JSON, and against the map of the same moment. */
@Tag("slow")
final class AskCommandTest {
  private static final String QUESTIONS =
      "between, cascade, cumulative, imbalance, largest, market, max-pain, nearest, reach, reactions, stop,"
          + " touch";

  /** What sums over hundreds of buckets lose to numbers of twelve digits, as a part of them. */
  private static final double LOSS = 1e-8;

  private static final List<String> SHARED_BY_MAP_AND_ASK =
      List.of("id", "side", "priceLow", "priceHigh", "peakPrice", "notional", "distanceBps");

  @TempDir private static Path folder;
  private static Path journal;
  private static Path pair;
  private static Map<String, Object> picture;
  private static double mark;

  @BeforeAll
  static void importAndRun() throws IOException {
    final Path[] feeds = Bars.feeds(folder);
    journal = folder.resolve("journal");
    pair = folder.resolve("pair");
    Cli.run("run", "--feed", feeds[0], "--journal", journal, "--mode", "inline").done();
    Cli.run("run", "--feed", feeds[0], feeds[1], "--journal", pair, "--mode", "inline").done();
    picture = Cli.run("map", "--journal", journal, "--format", "json").done().json();
    mark = number(picture, "markPrice");
  }

  /** Asks in words that blanks part. */
  private static Ran ask(final Path of, final String words) {
    return Cli.run(
        Stream.concat(Stream.of("ask", "--journal", of), Arrays.stream(words.split(" ", -1)))
            .toArray());
  }

  private static Ran ask(final String words) {
    return ask(journal, words);
  }

  private static Map<String, Object> answer(final String words) {
    return ask(words + " --json").done().json();
  }

  /** What the text says of a side's calibration by the figures in JSON. */
  private static String calibration(final Map<?, ?> sides, final String side) {
    final Map<?, ?> of = map(sides, side);
    final String status = string(of, "status");
    final double days = number(of, "days");
    if (status.equals("unproven") && days < OnlineScore.LEAST_DAYS) {
      return "unproven (" + (long) days + " of " + OnlineScore.LEAST_DAYS + " days)";
    }
    final double ratio = number(of, "expectedOverRealised");
    assertTrue(number(of, "low") <= ratio && ratio <= number(of, "high"), of::toString);
    return String.format(
        Locale.ROOT, "%.2f [%.2f, %.2f] %s", ratio, number(of, "low"), number(of, "high"), status);
  }

  private static void assertClose(final double expected, final double actual, final String what) {
    assertEquals(expected, actual, LOSS * Math.abs(expected) + 1e-3, what);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nearest --side long",
        "nearest --side short --min-notional 1e6",
        "largest",
        "largest --n 3 --within-bps 5000",
        "between --low 40000 --high 60000",
        "cumulative --to 45000,60000",
        "reach --side long --notional 1e6",
        "imbalance --within-bps 800",
        "cascade --shock-bps -300",
        "stop --side long --entry 49000 --low 45000 --high 48000",
        "stop --side short --entry 49000 --low 50500 --high 52000 --own 51000",
        "touch --price 45000 --horizon 4h",
        "reactions",
        "max-pain",
        "market",
      })
  void shouldAnswerInTextAndInJson(final String words) {
    final Ran text = ask(words).done();
    final String name = words.split(" ", -1)[0];
    text.says(
        "BTCUSDT  " + string(picture, "time"),
        "sequence " + whole(picture, "sequence"),
        "state " + string(picture, "stateHash"),
        "mark " + Format.price(mark),
        "model blend",
        "coverage long ",
        "lacking ",
        "prices         bars of 1 h (coinalyze): order of prices inside a bar is assumed\n",
        "volatility     0.",
        " an hour (range of bars of 1 h, Parkinson)\n");

    final Map<String, Object> json = answer(words);
    assertEquals(name, string(json, "question"));
    text.says(
        "calibration    long "
            + calibration(map(json, "calibration"), "long")
            + ", short "
            + calibration(map(json, "calibration"), "short"));
    for (final String field : List.of("instrument", "time", "stateHash")) {
      assertEquals(string(picture, field), string(json, field), field);
    }
    assertEquals(whole(picture, "sequence"), whole(json, "sequence"));
    assertEquals("blend", string(json, "model"));
    assertEquals("USDT", string(json, "notionalUnit"));
    assertEquals(mark, number(json, "markPrice"));
    assertClose(number(picture, "openInterest"), number(json, "openInterest"), "open interest");
    for (final String side : MapChecks.SIDES) {
      assertClose(
          number(map(picture, "coverage"), side), number(map(json, "coverage"), side), side);
    }
    for (final String flag : List.of("openInterestStale", "markMissing", "journaled")) {
      assertEquals(flag(map(picture, "quality"), flag), flag(map(json, "quality"), flag), flag);
    }
    assertEquals(0, whole(map(json, "quality"), "gaps"));
    assertEquals(0, whole(map(json, "quality"), "missing"));
    for (final String line : text.lines()) {
      assertTrue(line.length() <= 120, line);
    }
    assertEquals(map(picture, "market"), map(json, "market"));
    assertEquals(map(map(picture, "assumptions"), "bracketTable"), map(json, "bracketTable"));
    text.says("brackets       binance-usdm's table as seen on 20");
    assertEquals(0, whole(map(json, "quality"), "rejected"));
    assertTrue(
        text.out().replace('\n', ' ').contains("  " + string(json, "assumption") + " "),
        text.out());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%1$s --symbol BTCUSDT --at 2024-08-04T05:00:00Z --json nearest --side long",
        "nearest %1$s --symbol BTCUSDT --at 2024-08-04T05:00:00Z --json --side long",
        "nearest --side long --json --at 2024-08-04T05:00:00Z --symbol BTCUSDT %1$s",
        "--json %1$s nearest --at 2024-08-04T05:00:00Z --side long --symbol BTCUSDT",
      })
  void shouldTakeWhatAllQuestionsShareBeforeAndBehindThem(final String words) {
    final String typed = "ask " + words.formatted("--journal " + pair);
    final String usual =
        Cli.line(
                "ask --journal %s --symbol BTCUSDT --at 2024-08-04T05:00:00Z --json nearest"
                    + " --side LONG",
                pair)
            .done()
            .out();
    final Ran ran = Cli.run((Object[]) typed.split(" ", -1)).done();
    assertEquals("BTCUSDT", string(ran.json(), "instrument"));
    assertEquals(usual, ran.out());
  }

  @Test
  void shouldAddUpTheMapsBuckets() {
    final double bucket = number(MapChecks.of(picture, "long").get(0), "priceLow");
    for (final double[] range :
        new double[][] {
          {1, 1e9},
          {mark * 0.8, mark * 1.2},
          {mark * 0.912345, mark * 0.954321},
          {mark * 1.01, mark * 1.1},
          {bucket * 1.00001, bucket * 1.0002},
          {mark * 0.95, mark * 0.95},
        }) {
      final Map<String, Object> answer =
          answer("between --low " + range[0] + " --high " + range[1]);
      for (final String side : MapChecks.SIDES) {
        final String what = side + " " + Arrays.toString(range);
        assertClose(between(picture, side, range[0], range[1]), number(answer, side), what);
      }
    }
    assertTrue(number(answer("between --low 1 --high 1e9"), "long") > 1e6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--model consensus",
        "--window 1d",
        "--model consensus --window 12h",
        "--model ladder"
      })
  void shouldAnswerByTheModelAndTheWindowThatTheMapShows(final String options) {
    final Map<String, Object> answer = answer("between --low 1 --high 1e9 " + options);
    final Map<String, Object> shown =
        Cli.run(
                Stream.concat(
                        Stream.of("map", "--journal", journal, "--format", "json"),
                        Arrays.stream(options.split(" ", -1)))
                    .toArray())
            .done()
            .json();
    for (final String side : MapChecks.SIDES) {
      assertClose(between(shown, side, 1, 1e9), number(answer, side), side);
      assertClose(
          number(map(shown, "coverage"), side), number(map(answer, "coverage"), side), side);
      if (options.contains("consensus")) {
        assertClose(
            number(map(shown, "dispersion"), side), number(map(answer, "dispersion"), side), side);
      }
    }
    assertEquals(string(map(shown, "assumptions"), "model"), string(answer, "model"));
    assertEquals(string(shown, "window"), string(answer, "window"));
    assertEquals(map(shown, "market"), map(answer, "market"));
  }

  @Test
  void shouldRefuseMapsThatAreNot() {
    ask("imbalance --within-bps 10 --model other").exits(2).complains("--model other: the journal");
    ask("imbalance --within-bps 10 --window 2h").exits(2).complains("--window 2h: give 12h, 1d");
    ask("reactions --window 1d").exits(2).complains("leave --model and --window out");
  }

  @Test
  void shouldRunOutwardFromMarkAsTheMapDoes() {
    for (final String side : MapChecks.SIDES) {
      final List<?> points = list(map(picture, "cumulative"), side);
      for (int i = 0; i < points.size(); i += 1 + points.size() / 7) {
        final double price = (Double) ((List<?>) points.get(i)).get(0);
        final Map<?, ?> level = objects(answer("cumulative --to " + price), "levels").get(0);
        // The map counts the bucket of mark whole; from mark on, only a part of it lies ahead.
        final boolean isLong = side.equals("long");
        final double behind =
            isLong ? between(picture, side, mark, 1e9) : between(picture, side, 1, mark);
        final double expected = (Double) ((List<?>) points.get(i)).get(1) - behind;
        assertEquals(price, number(level, "price"));
        if (isLong == price < mark) {
          assertEquals(side, string(level, "side"));
          assertClose(expected, number(level, "notional"), side + " to " + price);
        }
      }
    }
  }

  @Test
  void shouldAnswerForSeveralPricesInTheirOrder() {
    final List<Map<?, ?>> levels =
        objects(answer("cumulative --to " + mark * 0.9 + "," + mark * 1.1 + "," + mark), "levels");
    assertEquals(
        List.of("long", "short", "short"),
        levels.stream().map((level) -> string(level, "side")).toList());
    assertClose(
        between(picture, "long", mark * 0.9, mark), number(levels.get(0), "notional"), "down");
    assertClose(
        between(picture, "short", mark, mark * 1.1), number(levels.get(1), "notional"), "up");
    assertEquals(0, number(levels.get(2), "notional"));
  }

  @Test
  void shouldReachANotionalWhereTheCumulativeHasIt() {
    for (final String side : MapChecks.SIDES) {
      final double half = MapChecks.sum(picture, side, "notional") / 2;
      final double price = number(answer("reach --side " + side + " --notional " + half), "price");
      final double there =
          side.equals("long")
              ? between(picture, side, price, mark)
              : between(picture, side, mark, price);
      assertEquals(half, there, 1e-6 * half, side);
    }
    final String all = "reach --side long --notional 1e14";
    assertNull(answer(all).get("price"));
    assertTrue(answer(all).containsKey("price"));
    ask(all).done().says("none");
  }

  @Test
  void shouldWeighLongsAgainstShorts() {
    final Map<String, Object> answer = answer("imbalance --within-bps 1500");
    final double longs = between(picture, "long", mark * 0.85, mark);
    final double shorts = between(picture, "short", mark, mark * 1.15);
    assertClose(longs, number(answer, "long"), "longs");
    assertClose(shorts, number(answer, "short"), "shorts");
    assertEquals((longs - shorts) / (longs + shorts), number(answer, "imbalance"), 1e-8);
  }

  @Test
  void shouldFindTheClustersThatTheMapShows() {
    final List<Map<?, ?>> found = objects(answer("largest --n 64 --within-bps 1e6"), "clusters");
    assertFalse(found.isEmpty());
    double before = Double.MAX_VALUE;
    final Set<Long> ids = new TreeSet<>();
    for (final Map<?, ?> cluster : found) {
      final double low = number(cluster, "priceLow");
      final double high = number(cluster, "priceHigh");
      final String side = string(cluster, "side");
      assertTrue(number(cluster, "notional") <= before, cluster::toString);
      before = number(cluster, "notional");
      assertTrue(ids.add(whole(cluster, "id")), cluster::toString);
      assertTrue(number(cluster, "largestNotional") >= before, cluster::toString);
      assertTrue(number(cluster, "peakPrice") > low && number(cluster, "peakPrice") < high);
      // As of the last refresh, at most ten seconds and no sweep or open interest ago.
      assertEquals(between(picture, side, low, high), before, 1e-6 * before, cluster::toString);
      final double away = side.equals("long") ? mark - high : low - mark;
      assertEquals(Math.max(0, away / mark * 1e4), number(cluster, "distanceBps"), 1e-6);
      final DoubleStream tiers =
          map(cluster, "tiers").values().stream().mapToDouble((part) -> (Double) part);
      assertEquals(before, tiers.sum(), 1e-6 * before, cluster::toString);
    }
    assertEquals(found.size(), whole(answer("largest --n 64 --within-bps 1e6"), "found"));
    final List<Map<?, ?>> shown = objects(picture, "clusters");
    assertEquals(found.size(), shown.size());
    for (int i = 0; i < found.size(); i++) {
      for (final String field : SHARED_BY_MAP_AND_ASK) {
        assertEquals(found.get(i).get(field), shown.get(i).get(field), field);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"long, below", "short, above"})
  void shouldNameTheSameNearestClusterAsTheMap(final String side, final String where) {
    for (final String at :
        List.of("", " --at 2024-08-04T05:00:00Z", " --at 2024-08-05T03:30:00Z")) {
      final Map<?, ?> asked = map(answer("nearest --side " + side + at), "cluster");
      final String words = "map --journal " + journal + at;
      final Map<?, ?> nearest =
          objects(
                  Cli.run((Object[]) (words + " --format json").split(" ")).done().json(),
                  "clusters")
              .stream()
              .filter((cluster) -> string(cluster, "side").equals(side))
              .min((a, b) -> Double.compare(number(a, "distanceBps"), number(b, "distanceBps")))
              .orElseThrow();
      for (final String field : SHARED_BY_MAP_AND_ASK) {
        assertEquals(asked.get(field), nearest.get(field), field + at);
      }
      final String line =
          Cli.run((Object[]) words.split(" ")).done().lines().stream()
              .filter((text) -> text.startsWith("nearest " + where))
              .findFirst()
              .orElseThrow();
      assertTrue(line.contains("  no. " + whole(asked, "id")), line);
    }
  }

  @Test
  void shouldSayWhichClustersAreNotTracked() {
    final String alone = "These clusters are found in this map alone";
    final String map = "map --journal " + journal;
    assertFalse(Cli.run((Object[]) map.split(" ")).done().out().contains(alone));
    for (final String other : List.of(" --window 3d", " --model consensus", " --model oi-delta")) {
      Cli.run((Object[]) (map + other).split(" ")).done().says(alone);
      for (final Map<?, ?> cluster :
          objects(
              Cli.run((Object[]) (map + other + " --format json").split(" ")).done().json(),
              "clusters")) {
        assertNull(cluster.get("id"));
      }
    }
  }

  @Test
  void shouldNameTheLargestAndTheNearestOfAllClusters() {
    final List<Map<?, ?>> all = objects(answer("largest --n 64 --within-bps 1e6"), "clusters");
    assertEquals(all.subList(0, 2), objects(answer("largest --n 2 --within-bps 1e6"), "clusters"));
    final double within =
        all.stream()
            .mapToDouble((cluster) -> number(cluster, "distanceBps"))
            .sorted()
            .toArray()[all.size() / 2];
    assertEquals(
        all.stream().filter((cluster) -> number(cluster, "distanceBps") <= within + 1).toList(),
        objects(answer("largest --n 64 --within-bps " + (within + 1)), "clusters"));
    for (final String side : MapChecks.SIDES) {
      final List<Map<?, ?>> ours = new ArrayList<>(all);
      ours.removeIf((cluster) -> !string(cluster, "side").equals(side));
      for (final double least : new double[] {0, number(ours.get(0), "notional") * 0.99}) {
        final Map<?, ?> expected =
            ours.stream()
                .filter((cluster) -> number(cluster, "notional") >= least)
                .min((a, b) -> Double.compare(number(a, "distanceBps"), number(b, "distanceBps")))
                .orElseThrow();
        final String words = "nearest --side " + side + " --min-notional " + least;
        assertEquals(expected, map(answer(words), "cluster"), words);
      }
    }
    final String none = "nearest --side long --min-notional 1e15";
    assertNull(answer(none).get("cluster"));
    ask(none).done().says("nearest        none");
  }

  @ParameterizedTest
  @CsvSource({"-300, long", "300, short", "-9999, long", "100000, short"})
  void shouldFollowAShockAtLeastAsFarAsItGoes(final double shock, final String side) {
    final Map<String, Object> answer = answer("cascade --shock-bps " + shock);
    assertEquals(side, string(answer, "side"));
    final double to = number(answer, "shockPrice");
    final double reach = number(answer, "reachPrice");
    assertEquals(mark * (1 + shock / 10_000), to, 1e-8 * mark * Math.abs(shock));
    assertTrue(shock < 0 ? reach <= to * (1 + LOSS) : reach >= to * (1 - LOSS), answer::toString);
    final double swept =
        shock < 0 ? between(picture, side, reach, mark) : between(picture, side, mark, reach);
    assertEquals(swept, number(answer, "notional"), 1e-6 * swept + 1e-3);
    final double moved = Math.abs(Math.log(reach / mark)) - Math.abs(Math.log(to / mark));
    final double impact = answer.get("impactPerMillion") == null ? 0 : impact(answer);
    assertEquals(impact * swept, moved, 1e-6);
    assertFalse(flag(answer, "isCutShort"));
  }

  private static double impact(final Map<String, Object> answer) {
    return number(answer, "impactPerMillion") / 1e6;
  }

  @ParameterizedTest
  @CsvSource({"long, 0.9, 0.98", "short, 1.02, 1.1"})
  void shouldPlaceAStopInTheThinnestPlace(final String side, final double from, final double to) {
    final double low = mark * from;
    final double high = mark * to;
    final double own = mark * (from + to) / 2;
    final String words =
        String.join(" ", "stop --side", side, "--entry " + mark, "--low " + low, "--high " + high);
    final Map<String, Object> answer = answer(words + " --noise-sigmas 0 --own " + own);
    final double price = number(answer, "price");
    assertEquals(price, number(answer, "quietestPrice"));
    assertTrue(price >= low && price <= high, answer::toString);
    assertClose(around(price), number(answer, "notionalAround"), "around it");
    assertClose(around(own), number(answer, "ownNotionalAround"), "around the own one");
    for (double other = low; other <= high; other *= 1.0005) {
      assertTrue(around(price) <= around(other) * 1.05 + 1, price + " isn't better than " + other);
    }
    final double sign = side.equals("long") ? 1 : -1;
    assertEquals(sign * (mark - price) / mark * 1e4, number(answer, "lossBps"), 1e-6);
    assertEquals(sign * (mark - own) / mark * 1e4, number(answer, "ownLossBps"), 1e-6);
    assertEquals(
        number(answer, "lossBps") - number(answer, "ownLossBps"), number(answer, "costBps"), 1e-6);
    assertNotNull(map(answer, "avoid"));
    assertEquals(side.equals("long") ? high : low, number(answer(words), "ownPrice"), 1e-6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"long", "short"})
  void shouldAdviseNoStopWithinTheNoiseOfTheHorizon(final String side) {
    final boolean isLong = side.equals("long");
    final double near = mark * (isLong ? 0.9999 : 1.0001);
    final double far = mark * (isLong ? 0.8 : 1.2);
    final String range =
        "stop --side %s --entry %s --low %s --high %s"
            .formatted(side, mark, Math.min(near, far), Math.max(near, far));
    final double sigma = number(answer("touch --price 1 --horizon 1h"), "volatilityPerHour");
    final Map<String, Object> answer = answer(range + " --noise-sigmas 3 --horizon 4h");
    final double noise = 3 * sigma * 2;
    assertEquals(noise * 1e4, number(answer, "noiseBps"), 1e-3 * noise * 1e4);
    assertEquals(14_400, whole(answer, "horizonSeconds"));
    final double distance = Math.abs(Math.log(number(answer, "price") / mark));
    assertTrue(distance >= noise * (1 - 1e-6), answer::toString);
    assertEquals(distance / (2 * sigma), number(answer, "distanceSigmas"), 1e-4);
    final double quietest = Math.abs(Math.log(number(answer, "quietestPrice") / mark));
    assertEquals(quietest / (2 * sigma), number(answer, "quietestDistanceSigmas"), 1e-4);
    assertTrue(
        number(answer, "quietestNotionalAround") <= number(answer, "notionalAround") + 1,
        answer::toString);
    assertTrue(string(answer, "assumption").contains("3 standard deviations over 4h"));

    final double close = mark * (isLong ? 1 - sigma / 10 : 1 + sigma / 10);
    final String within =
        "stop --side %s --entry %s --low %s --high %s"
            .formatted(side, mark, Math.min(near, close), Math.max(near, close));
    final Map<String, Object> none = answer(within);
    assertNull(none.get("price"));
    assertNull(none.get("lossBps"));
    assertTrue(number(none, "quietestPrice") > 0);
    final Ran text = ask(within).done();
    text.says(
        "stop at        none", "loses          unknown", "isn't advised: all of the range is");
    assertFalse(text.out().contains("NaN"), text.out());
  }

  @ParameterizedTest
  @CsvSource({
    "long, 0.9, 1.1, --high, below",
    "long, 1.01, 1.1, --low, below",
    "short, 0.9, 1.1, --low, above",
    "short, 0.8, 0.9, --low, above",
  })
  void shouldRefuseAStopOnTheWrongSideOfMark(
      final String side,
      final double from,
      final double to,
      final String option,
      final String where) {
    final String words =
        "stop --side " + side + " --entry 50000 --low " + mark * from + " --high " + mark * to;
    for (final String form : List.of("", " --json")) {
      final Ran ran = ask(words + form).exits(2);
      ran.complains(
          option + " ",
          ": a " + side + "'s stop lies " + where + " mark, which is " + Format.price(mark));
      assertEquals("", ran.out());
    }
    final boolean isLong = side.equals("long");
    final double low = mark * (isLong ? .9 : 1.05);
    ask("stop --side "
            + side
            + " --entry 50000 --low "
            + low
            + " --high "
            + low * 1.05
            + " --own "
            + mark * (isLong ? 1.01 : .99))
        .exits(2)
        .complains("--own ");
  }

  @Test
  void shouldSayWhereTheMapIsDensestAroundAPrice() {
    final Map<String, Object> answer = answer("max-pain");
    final Map<?, ?> shown = map(picture, "maxPain");
    double most = 0;
    for (final String side : MapChecks.SIDES) {
      final double price = number(answer, side + "Price");
      final double notional = number(answer, side + "Notional");
      assertEquals(number(map(shown, side), "price"), price, 1e-6 * price, side);
      assertEquals(number(map(shown, side), "notional"), notional, 1e-6 * notional, side);
      assertEquals(heaviest(side), notional, 1e-6 * notional, side);
      most = Math.max(most, notional);
    }
    assertTrue(number(answer, "longPrice") < mark && number(answer, "shortPrice") > mark);
    assertTrue(number(answer, "notional") >= most * (1 - 1e-9));
    assertEquals(number(map(shown, "both"), "price"), number(answer, "price"), 1e-3);
    assertEquals(25, number(answer, "aroundBps"));
    assertEquals(25, number(shown, "aroundBps"));
    Cli.run("map", "--journal", journal).done().says("max pain       ");
  }

  /** The most that eleven buckets of 5 bp in a row hold, added up from the map. */
  private static double heaviest(final String side) {
    final List<Map<?, ?>> buckets = MapChecks.of(picture, side);
    double most = 0;
    for (final Map<?, ?> first : buckets) {
      final double low = number(first, "priceLow");
      double sum = 0;
      for (final Map<?, ?> bucket : buckets) {
        final double place = Math.log(number(bucket, "priceLow") / low) / Math.log1p(5e-4);
        sum += place > -.5 && place < 10.5 ? number(bucket, "notional") : 0;
      }
      most = Math.max(most, sum);
    }
    return most;
  }

  private static double around(final double price) {
    final double low = price * (1 - 15e-4);
    final double high = price * (1 + 15e-4);
    return between(picture, "long", low, high) + between(picture, "short", low, high);
  }

  @Test
  void shouldGiveATouchMoreChanceWithTimeAndLessWithDistance() {
    final double near = touch(mark * 0.99, "1h");
    assertTrue(near > 0 && near < 1, () -> "was " + near);
    assertTrue(touch(mark * 0.99, "4h") > near);
    assertEquals(touch(mark * 0.99, "4h"), touch(mark * 0.99, "240m"));
    assertEquals(touch(mark * 0.99, "4h"), touch(mark * 0.99, "14400s"));
    assertTrue(touch(mark * 0.98, "1h") < near);
    assertEquals(near, touch(mark / 0.99, "1h"), 1e-9, "the same either way");
    assertEquals(1, touch(mark, "1h"));
    final double never = touch(1e-9, "36500d");
    assertTrue(never >= 0 && never <= 1, () -> "was " + never);
  }

  private static double touch(final double price, final String horizon) {
    return number(answer("touch --price " + price + " --horizon " + horizon), "probability");
  }

  @Test
  void shouldCountReactionsBySideAndHorizon() {
    final List<Map<?, ?>> reactions = objects(answer("reactions"), "reactions");
    assertEquals(
        List.of(300L, 1_800L, 14_400L, 300L, 1_800L, 14_400L),
        reactions.stream().map((reaction) -> whole(reaction, "horizonSeconds")).toList());
    long counted = 0;
    for (final Map<?, ?> reaction : reactions) {
      if (whole(reaction, "horizonSeconds") < 3_600) {
        assertNull(reaction.get("count"), "within less than a bar");
        assertNull(reaction.get("reversals"), reaction::toString);
        assertNull(reaction.get("continuations"), reaction::toString);
        assertNull(reaction.get("meanBps"), reaction::toString);
        continue;
      }
      final long moved = whole(reaction, "continuations") + whole(reaction, "reversals");
      assertTrue(moved <= whole(reaction, "count"), reaction::toString);
      assertEquals(
          whole(reaction, "count") == 0, reaction.get("meanBps") == null, reaction::toString);
      counted += whole(reaction, "count");
    }
    assertTrue(counted > 0, "the fall has cleared clusters");
    final Map<String, Object> early =
        ask("--at 2024-08-03T02:00:00Z reactions --json").done().json();
    assertEquals(
        0,
        objects(early, "reactions").stream()
            .filter((part) -> part.get("count") != null)
            .mapToLong((part) -> whole(part, "count"))
            .sum());
    ask("reactions")
        .done()
        .says(
            "cleared        long clusters, 30m later\n  times        unknown\n",
            "with their counts; unknown where the time is shorter than a bar of prices.");
  }

  @Test
  void shouldAnswerTheSameTwice() {
    for (final String words : List.of("largest --json", "largest", "reactions")) {
      assertEquals(ask(words).done().out(), ask(words).done().out());
    }
  }

  /** What was answered while the market was younger is answered now. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "largest --n 64 --within-bps 1e6",
        "nearest --side short",
        "cascade --shock-bps -200",
        "touch --price 50000 --horizon 1d",
        "reactions",
      })
  void shouldAnswerAsOfThenWhateverCameLater(final String words) throws IOException {
    final Path young = young();
    final Map<String, Object> then = ask(young, words + " --json").done().json();
    final long sequence = whole(then, "sequence");
    assertTrue(sequence < whole(picture, "sequence"));
    for (final String form : List.of("", " --json")) {
      assertEquals(
          ask(young, words + form).done().out(),
          ask("--at " + sequence + " " + words + form).done().out());
    }
    assertNotEquals(string(picture, "stateHash"), string(then, "stateHash"));
  }

  /** A journal of the first 40 of the hours. */
  private static Path young() throws IOException {
    final Path young = folder.resolve("young");
    if (!Files.exists(young)) {
      final Path bars = Files.createDirectories(folder.resolve("young-bars"));
      try (Stream<Path> files = Files.list(folder.resolve("bars"))) {
        for (final Path file : files.toList()) {
          Files.write(bars.resolve(file.getFileName()), Files.readAllLines(file).subList(0, 40));
        }
      }
      final Path feed = folder.resolve("young.feed");
      Cli.run("import", "--format", "coinalyze", "--symbol", "BTCUSDT", "--out", feed, bars).done();
      Cli.run("run", "--feed", feed, "--journal", young, "--mode", "inline").done();
    }
    return young;
  }

  @Test
  void shouldWantAQuestion() {
    ask("").exits(2).complains("is no question; ask one of " + QUESTIONS);
    Cli.run("ask").exits(2).complains("name a question: " + QUESTIONS);
    Cli.run("ask", "--json").exits(2).complains("name a question: " + QUESTIONS);
  }

  @Test
  void shouldListTheQuestionsToWhoMisspellsOne() {
    final Ran ran = ask("nearst --side long").exits(2);
    ran.complains("'nearst' is no question; ask one of " + QUESTIONS, "Usage: liqmap ask ");
    assertEquals("", ran.out());
  }

  @Test
  void shouldNotPassOverAWordThatItDoesNotKnow() {
    ask("--jsn largest").exits(2).complains("'--jsn'");
    ask("largest --m 3").exits(2).complains("--m");
    ask("largest 3").exits(2).complains("'3'");
  }

  @Test
  void shouldWantAJournal() {
    Cli.run("ask", "largest")
        .exits(2)
        .complains("Missing required option: '--journal=DIR'", "Usage: liqmap ask largest");
    final Path nowhere = folder.resolve("nowhere");
    ask(nowhere, "largest").exits(3).complains(nowhere + ": is no journal", "liqmap run");
    assertFalse(Files.exists(nowhere));
  }

  @Test
  void shouldWantAnInstrumentThatTheJournalHas() {
    ask(pair, "largest")
        .exits(2)
        .complains("name one instrument with --symbol: BTCUSDT, ETHUSDT", "liqmap ask largest");
    ask(pair, "--symbol DOGEUSDT largest")
        .exits(2)
        .complains("--symbol DOGEUSDT: at that time the journal has BTCUSDT, ETHUSDT");
    ask("largest --symbol btcusdt")
        .exits(2)
        .complains("--symbol btcusdt: at that time the journal has BTCUSDT");
    ask(pair, "--symbol ETHUSDT largest").done().says("ETHUSDT  ");
  }

  @Test
  void shouldWantAMomentThatHasAPrice() {
    ask("--at 0 reactions")
        .exits(2)
        .complains("--at 0 is before the first event: there are events");
    ask("--at 2020-01-01 reactions").exits(2).complains("is before the first event");
    ask("--at 1 largest")
        .exits(2)
        .complains("BTCUSDT has no price at that time: ask about a later moment");
    ask("--at yesterday largest")
        .exits(2)
        .complains("'yesterday' is neither a time nor a sequence; give a time as");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nearest --side up | '--side': expected one of [LONG, SHORT] (case-insensitive) but was"
            + " 'up'",
        "nearest | Missing required option: '--side=long|short'",
        "nearest --side long --min-notional -1 | --min-notional has to be 0 to 1e15, was -1.0",
        "nearest --side long --min-notional NaN | --min-notional has to be 0 to 1e15, was NaN",
        "nearest --side long --min-notional much | 'much' is not a double",
        "largest --n 0 | --n has to be 1 to 64, was 0",
        "largest --n -1 | --n has to be 1 to 64, was -1",
        "largest --n 65 | --n has to be 1 to 64, was 65",
        "largest --n 2.5 | '2.5' is not an int",
        "largest --n 99999999999 | '99999999999' is not an int",
        "largest --within-bps 0 | --within-bps has to be above 0, at most 1e15, was 0.0",
        "largest --within-bps -5 | --within-bps has to be above 0, at most 1e15, was -5.0",
        "largest --within-bps NaN | --within-bps has to be above 0, at most 1e15, was NaN",
        "between --low 2 --high 1 | --low 2.0 is above --high 1.0: turn them round",
        "between --low 0 --high 1 | --low has to be above 0, at most 1e15, was 0.0",
        "between --low -1 --high 1 | --low has to be above 0, at most 1e15, was -1.0",
        "between --low NaN --high 1 | --low has to be above 0, at most 1e15, was NaN",
        "between --low 1 --high NaN | --high has to be above 0, at most 1e15, was NaN",
        "between --low 1 --high 1e400 | --high has to be above 0, at most 1e15, was Infinity",
        "between --low 1 --high 1e16 | --high has to be above 0, at most 1e15, was 1.0E16",
        "between --low x --high 1 | 'x' is not a double",
        "between --low 1 | Missing required option: '--high=P'",
        "cumulative --to 0 | --to has to be above 0, at most 1e15, was 0.0",
        "cumulative --to 5,-5 | --to has to be above 0, at most 1e15, was -5.0",
        "cumulative --to 5,,6 | '' is not a double",
        "cumulative | Missing required option: '--to=P'",
        "reach --side long --notional 0 | --notional has to be above 0, at most 1e15, was 0.0",
        "reach --side both --notional 5 | expected one of [LONG, SHORT]",
        "imbalance --within-bps 10000 | --within-bps has to be above 0 and below 10000, was"
            + " 10000.0",
        "imbalance --within-bps NaN | --within-bps has to be above 0 and below 10000, was NaN",
        "cascade --shock-bps 0 | --shock-bps has to be -9999 to 100000 and not 0, was 0.0",
        "cascade --shock-bps -10000 | --shock-bps has to be -9999 to 100000 and not 0, was"
            + " -10000.0",
        "cascade --shock-bps NaN | --shock-bps has to be -9999 to 100000 and not 0, was NaN",
        "cascade | Missing required option: '--shock-bps=BPS'",
        "stop --side long --entry 0 --low 1 --high 2 | --entry has to be above 0, at most 1e15, was"
            + " 0.0",
        "stop --side long --entry 5 --low 2 --high 1 | --low 2.0 is above --high 1.0: turn them"
            + " round",
        "stop --side long --entry 5 --low 1 --high 2 --own NaN | --own has to be above 0, at most"
            + " 1e15, was NaN",
        "stop --side long --entry 5 --low 1 --high 2 --own -1 | --own has to be above 0, at most"
            + " 1e15, was -1.0",
        "stop --side long --entry 5 --low 1 --high 2 --around-bps 10000 | --around-bps has to be"
            + " above 0 and below 10000, was 10000.0",
        "stop --side long --entry 5 --low 1 --high 2 --noise-sigmas NaN | --noise-sigmas has to be"
            + " 0 to 100, was NaN",
        "stop --side long --entry 5 --low 1 --high 2 --noise-sigmas 101 | --noise-sigmas has to be"
            + " 0 to 100, was 101.0",
        "stop --side long --entry 5 --low 1 --high 2 --horizon 5 | '5' is no duration of 1s to"
            + " 36500d",
        "stop --side up --entry 5 --low 1 --high 2 | expected one of [LONG, SHORT]",
        "touch --price 0 --horizon 1h | --price has to be above 0, at most 1e15, was 0.0",
        "touch --price 5 --horizon 0m | '0m' is no duration of 1s to 36500d; give one as 30m, 4h or"
            + " 1d",
        "touch --price 5 --horizon -1h | '-1h' is no duration of 1s to 36500d",
        "touch --price 5 --horizon 4 | '4' is no duration of 1s to 36500d",
        "touch --price 5 --horizon 36501d | '36501d' is no duration of 1s to 36500d",
        "touch --price 5 --horizon 9999999999d | '9999999999d' is no duration of 1s to 36500d",
        "touch --price 5 --horizon soon | 'soon' is no duration of 1s to 36500d",
        "touch --price 5 | Missing required option: '--horizon=30m|4h|1d'",
      },
      quoteCharacter = '`')
  void shouldRefuseWhatNoAnswerCanBeGivenTo(final String words, final String complaint) {
    final Ran ran = ask(words).exits(2);
    ran.complains(complaint, "Usage: liqmap ask " + words.split(" ", -1)[0]);
    assertEquals("", ran.out());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "between --low 1e-15 --high 1e15",
        "cumulative --to 1e-15,1e15",
        "largest --n 64 --within-bps 1e15",
        "reach --side short --notional 1e-9",
        "stop --side short --entry 1e-9 --low 1e6 --high 1e15 --around-bps 9999",
        "stop --side long --entry 1e15 --low 1e-15 --high 1 --around-bps 1e-9 --noise-sigmas 100"
            + " --horizon 36500d",
        "touch --price 1e15 --horizon 1s",
      })
  void shouldBearTheEndsOfEachRange(final String words) {
    final Ran ran = ask(words + " --json").done();
    assertEquals(words.split(" ", -1)[0], string(ran.json(), "question"));
    assertFalse(ran.out().contains("NaN") || ran.out().contains("Infinity"), ran.out());
  }

  @Test
  void shouldPointAtADamagedJournal() throws IOException {
    final Path copy = folder.resolve("damaged");
    try (Stream<Path> files = Files.walk(journal)) {
      for (final Path file : files.toList()) {
        Files.copy(file, copy.resolve(journal.relativize(file)));
      }
    }
    Cli.flip(Cli.queueFile(copy), Cli.documents(copy).get(0) + 200);
    final Ran ran = ask(copy, "largest").exits(4).complains(copy + ": document 0");
    assertEquals("", ran.out());
  }
}
