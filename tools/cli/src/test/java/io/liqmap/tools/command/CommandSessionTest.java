package io.liqmap.tools.command;

import static io.liqmap.tools.command.JsonText.flag;
import static io.liqmap.tools.command.JsonText.list;
import static io.liqmap.tools.command.JsonText.map;
import static io.liqmap.tools.command.JsonText.number;
import static io.liqmap.tools.command.JsonText.objects;
import static io.liqmap.tools.command.JsonText.string;
import static io.liqmap.tools.command.JsonText.whole;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.model.ProfileTier;
import io.liqmap.engine.settings.LiqmapConfig;
import io.liqmap.engine.support.RealData;
import io.liqmap.tools.answer.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From files to maps, with each command that lies on the way. */
@Tag("slow")
final class CommandSessionTest {
  /** The last open interest before the fall. */
  private static final Instant BEFORE = Bars.CRASH.minusNanos(1);

  /** The last open interest of the fall. */
  private static final Instant AFTER = Bars.CALM.minusNanos(1);

  private static final double LOSS = 1e-9;

  /** Of the first model's profile, rising. */
  private static final List<String> LEVERAGES =
      LiqmapConfig.load(null, RealData.root().resolve("config"))
          .engine()
          .map()
          .models()
          .get(0)
          .profile()
          .stream()
          .map(ProfileTier::leverage)
          .sorted()
          .map(Format::plain)
          .toList();

  @TempDir private static Path folder;
  private static Path[] feeds;
  private static Path journal;
  private static Path pipelinedJournal;
  private static Map<String, Object> run;
  private static Map<String, Object> pipelinedRun;

  @BeforeAll
  static void importAndRun() throws IOException {
    feeds = Bars.feeds(folder);
    journal = folder.resolve("inline");
    pipelinedJournal = folder.resolve("pipelined");
    run = run("inline", journal);
    pipelinedRun = run("pipelined", pipelinedJournal);
  }

  private static Map<String, Object> run(final String mode, final Path to) {
    return Cli.run("run", "--feed", feeds[0], feeds[1], "--journal", to, "--mode", mode, "--json")
        .done()
        .json();
  }

  private static Map<String, Object> mapAt(final String symbol, final Object at) {
    return Cli.run("map", "--journal", journal, "--symbol", symbol, "--at", at, "--format", "json")
        .done()
        .json();
  }

  @Test
  void shouldSayWhatAnImportTookIn() {
    Cli.line(
            "import --format coinalyze --symbol BTCUSDT --utc-offset +06:00 --out %s %s",
            folder.resolve("shifted.feed"), folder.resolve("bars"))
        .done()
        .says(
            "ohlcv                      60          60         0       0         0  none ",
            "open-interest              60          60         0       0         0  none ",
            "liquidation                60          60         0       0         0  none ",
            "61 open interest, 0 mark prices, 120 liquidations",
            "2024-08-02T18:00:00Z to 2024-08-05T05:59:59.999999999Z",
            "times of the files read as UTC+06:00");
    Cli.line(
            "import --format coinalyze --symbol BTCUSDT --utc-offset -03:00 --out %s %s",
            folder.resolve("shifted.feed"), folder.resolve("bars"))
        .done()
        .says("2024-08-03T03:00:00Z to ", "times of the files read as UTC-03:00");
  }

  @Test
  void shouldSumUpARun() {
    for (final Map<String, Object> summary : List.of(run, pipelinedRun)) {
      assertEquals(2, whole(summary, "instruments"));
      assertTrue(whole(summary, "events") > 5_000);
      assertEquals(Bars.START.toString(), string(summary, "firstTime"));
      assertEquals(
          Bars.START.plusSeconds(Bars.HOURS * 3_600L).minusNanos(1).toString(),
          string(summary, "lastTime"));
      assertEquals(whole(summary, "events"), whole(summary, "lastSequence"));
      assertEquals(0, whole(summary, "gaps"));
      assertEquals(0, whole(summary, "rejected"));
      assertTrue(number(summary, "sweptNotionalLong") > 0);
      assertTrue(number(summary, "sweptNotionalShort") > 0);
      assertTrue(whole(summary, "snapshots") > 0);
      assertTrue(string(summary, "stateHash").matches("[0-9a-f]{16}"));
      assertTrue(number(summary, "elapsedSeconds") > 0);
      assertTrue(number(summary, "eventsPerSecond") > 0);
      assertTrue(flag(summary, "journaled"));
    }
    assertEquals(9, whole(run, "snapshots"), "one each six hours, after the first six");
  }

  @Test
  void shouldCountTheLiquidationsOfTheFiles() throws IOException {
    double longs = 0;
    double shorts = 0;
    for (final String symbol : List.of("BTCUSDT", "ETHUSDT")) {
      final List<String> bars = rows(symbol + "-ohlcv.csv");
      final List<String> liquidations = rows(symbol + "-liquidation.csv");
      for (int i = 0; i < bars.size(); i++) {
        final String[] bar = bars.get(i).split(",", -1);
        final String[] liquidation = liquidations.get(i).split(",", -1);
        longs += Double.parseDouble(liquidation[1]) * Double.parseDouble(bar[3]);
        shorts += Double.parseDouble(liquidation[2]) * Double.parseDouble(bar[2]);
      }
    }
    assertEquals(longs, number(run, "observedLiquidationNotionalLong"), 1e-9 * longs);
    assertEquals(shorts, number(run, "observedLiquidationNotionalShort"), 1e-9 * shorts);
  }

  private static List<String> rows(final String file) throws IOException {
    return Files.readAllLines(folder.resolve("bars").resolve(file));
  }

  @Test
  void shouldEndInTheSameStateInlineAndPipelined() {
    assertEquals(string(run, "stateHash"), string(pipelinedRun, "stateHash"));
    for (final String sum :
        List.of(
            "sweptNotionalLong",
            "sweptNotionalShort",
            "observedLiquidationNotionalLong",
            "observedLiquidationNotionalShort")) {
      assertEquals(number(run, sum), number(pipelinedRun, sum), sum);
    }
  }

  @Test
  void shouldPrintTheSameSummaryAsText() {
    Cli.run("run", "--feed", feeds[0], "--feed", feeds[1], "--journal", folder.resolve("text"))
        .done()
        .says(
            "instruments   2\n",
            "sequence      " + run.get("lastSequence") + "\n",
            "time          2024-08-03T00:00:00Z to 2024-08-05T11:59:59.999999999Z\n",
            "state hash    " + run.get("stateHash") + "\n",
            "faults        0 missing, 0 duplicate, 0 reordered, 0 unknown\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"BTCUSDT", "ETHUSDT"})
  void shouldMapBeforeTheFall(final String symbol) throws IOException {
    final Map<String, Object> map = mapAt(symbol, BEFORE);
    checkMap(map, symbol, BEFORE, 29);
    assertTrue(number(map(map, "unmapped"), "long") > 0.5, "30 hours turn over a part");
  }

  @ParameterizedTest
  @ValueSource(strings = {"BTCUSDT", "ETHUSDT"})
  void shouldMapAfterTheFall(final String symbol) throws IOException {
    final Map<String, Object> before = mapAt(symbol, BEFORE);
    final Map<String, Object> after = mapAt(symbol, AFTER);
    checkMap(after, symbol, AFTER, 32);
    assertTrue(
        notional(before, "long", number(after, "markPrice")) > 0,
        "longs stood where price has been since");
    assertEquals(0, notional(after, "long", number(after, "markPrice") * 1.001));
    assertNotEquals(string(before, "stateHash"), string(after, "stateHash"));
  }

  /** Notional of a side above a price. */
  private static double notional(
      final Map<String, Object> map, final String side, final double above) {
    return objects(map, "buckets").stream()
        .filter((bucket) -> string(bucket, "side").equals(side))
        .filter((bucket) -> number(bucket, "priceLow") > above)
        .mapToDouble((bucket) -> number(bucket, "notional"))
        .sum();
  }

  private static void checkMap(
      final Map<String, Object> map, final String symbol, final Instant at, final int bar)
      throws IOException {
    assertEquals(symbol, string(map, "instrument"));
    assertEquals(at.toString(), string(map, "time"));
    assertTrue(whole(map, "sequence") > 0);
    assertEquals(symbol.substring(0, 3), string(map(map, "units"), "quantity"));
    assertEquals("USDT", string(map(map, "units"), "notional"));
    final double close = Double.parseDouble(rows(symbol + "-ohlcv.csv").get(bar).split(",", -1)[4]);
    final double openInterest =
        Double.parseDouble(rows(symbol + "-open-interest.csv").get(bar).split(",", -1)[4]);
    assertEquals(close, number(map, "markPrice"), 1e-9 * close);
    assertEquals(openInterest, number(map, "openInterest"), 1e-9 * openInterest);
    assertTrue(string(map, "stateHash").matches("[0-9a-f]{16}"));
    assertEquals("all", string(map, "window"));
    checkAssumptions(map(map, "assumptions"));
    final Map<?, ?> quality = map(map, "quality");
    assertFalse(flag(quality, "openInterestStale"));
    assertTrue(flag(quality, "markMissing"), "bars have no mark price");
    assertEquals(0, whole(quality, "gaps"));
    assertTrue(flag(quality, "journaled"));
    checkBuckets(map);
    for (final String side : List.of("long", "short")) {
      checkSide(map, side);
    }
    checkClusters(map);
  }

  private static void checkAssumptions(final Map<?, ?> assumptions) {
    assertEquals("blend", string(assumptions, "model"));
    assertEquals(5.0, number(assumptions, "resolutionBps"));
    double longs = 0;
    double shorts = 0;
    double last = 0;
    for (final Map<?, ?> tier : objects(assumptions, "tiers")) {
      assertTrue(number(tier, "leverage") > 1);
      assertTrue(number(tier, "distanceFrom") >= last);
      assertTrue(number(tier, "distanceTo") > number(tier, "distanceFrom"));
      last = number(tier, "distanceTo");
      longs += number(tier, "share");
      shorts += number(tier, "shareShort");
    }
    assertTrue(longs > 0 && longs < 1, "the rest is out of reach: " + longs);
    assertTrue(shorts > 0 && shorts < 1, "the rest is out of reach: " + shorts);
  }

  private static void checkBuckets(final Map<String, Object> map) {
    final double mark = number(map, "markPrice");
    double last = 0;
    String lastSide = "long";
    for (final Map<?, ?> bucket : objects(map, "buckets")) {
      final double low = number(bucket, "priceLow");
      final double high = number(bucket, "priceHigh");
      final String side = string(bucket, "side");
      assertEquals(1.0005, high / low, 1e-7, "five basis points");
      if (side.equals("long")) {
        assertTrue(low <= mark * (1 + LOSS), "a long above mark: " + bucket);
        assertEquals("long", lastSide, "a long behind a short");
        assertTrue(low > last);
      } else {
        assertEquals("short", side);
        assertTrue(high >= mark * (1 - LOSS), "a short below mark: " + bucket);
        assertTrue(lastSide.equals("long") ? low >= last * (1 - LOSS) : low > last);
      }
      final double quantity = number(bucket, "quantity");
      assertTrue(quantity > 0);
      final double notional = number(bucket, "notional");
      assertTrue(
          notional >= quantity * low * (1 - LOSS) && notional <= quantity * high * (1 + LOSS));
      final Map<?, ?> tiers = map(bucket, "tiers");
      assertFalse(tiers.isEmpty());
      double sum = 0;
      for (final Object tier : tiers.keySet()) {
        assertTrue(LEVERAGES.contains(tier));
        assertTrue(number(tiers, (String) tier) > 0);
        sum += number(tiers, (String) tier);
      }
      assertEquals(quantity, sum, LOSS * quantity);
      last = low;
      lastSide = side;
    }
  }

  private static void checkSide(final Map<String, Object> map, final String side) {
    final List<Map<?, ?>> buckets = new ArrayList<>(objects(map, "buckets"));
    buckets.removeIf((bucket) -> !string(bucket, "side").equals(side));
    assertFalse(buckets.isEmpty());
    final double quantity = buckets.stream().mapToDouble((b) -> number(b, "quantity")).sum();
    final double coverage = number(map(map, "coverage"), side);
    assertTrue(coverage > 0 && coverage <= 1);
    final double outOfReach = number(map(map, "outOfReach"), side);
    assertTrue(outOfReach > coverage, "most positions are out of reach: " + outOfReach);
    assertEquals(1 - coverage - outOfReach, number(map(map, "unmapped"), side), LOSS);
    assertEquals(coverage * number(map, "openInterest"), quantity, 1e-7 * quantity);

    final double notional = buckets.stream().mapToDouble((b) -> number(b, "notional")).sum();
    final List<?> cumulative = list(map(map, "cumulative"), side);
    assertEquals(buckets.size(), cumulative.size());
    final boolean isLong = side.equals("long");
    double sum = 0;
    for (int i = 0; i < cumulative.size(); i++) {
      final Map<?, ?> bucket = buckets.get(isLong ? buckets.size() - 1 - i : i);
      final List<?> point = (List<?>) cumulative.get(i);
      sum += number(bucket, "notional");
      assertEquals(2, point.size());
      assertEquals(number(bucket, isLong ? "priceLow" : "priceHigh"), (Double) point.get(0));
      assertEquals(sum, (Double) point.get(1), LOSS * sum);
    }
    assertEquals(notional, sum, LOSS * notional);
  }

  private static void checkClusters(final Map<String, Object> map) {
    final double mark = number(map, "markPrice");
    double last = Double.MAX_VALUE;
    for (final Map<?, ?> cluster : objects(map, "clusters")) {
      final double low = number(cluster, "priceLow");
      final double high = number(cluster, "priceHigh");
      final double peak = number(cluster, "peakPrice");
      assertTrue(low < peak && peak < high);
      final double away = string(cluster, "side").equals("long") ? mark - high : low - mark;
      assertEquals(
          Math.max(0, away / mark) * 10_000, number(cluster, "distanceBps"), 1e-6 * 10_000);
      final double notional =
          objects(map, "buckets").stream()
              .filter((bucket) -> string(bucket, "side").equals(string(cluster, "side")))
              .filter((bucket) -> number(bucket, "priceLow") >= low * (1 - LOSS))
              .filter((bucket) -> number(bucket, "priceHigh") <= high * (1 + LOSS))
              .mapToDouble((bucket) -> number(bucket, "notional"))
              .sum();
      assertEquals(notional, number(cluster, "notional"), LOSS * notional);
      assertTrue(notional <= last, "the largest comes first");
      last = notional;
    }
    assertFalse(objects(map, "clusters").isEmpty());
  }

  @Test
  void shouldPrintTheSameBucketsAsCsv() {
    final Map<String, Object> map = mapAt("BTCUSDT", AFTER);
    final List<String> lines =
        Cli.line("map --journal %s --symbol BTCUSDT --at %s --format csv", journal, AFTER)
            .done()
            .lines();
    assertEquals(
        "instrument,time,sequence,side,price_low,price_high,quantity,notional,cumulative_notional,"
            + LEVERAGES.stream()
                .map((leverage) -> "quantity_" + leverage + "x")
                .collect(Collectors.joining(",")),
        lines.get(0));
    final List<Map<?, ?>> outward = new ArrayList<>();
    for (final Map<?, ?> bucket : objects(map, "buckets")) {
      outward.add(string(bucket, "side").equals("long") ? 0 : outward.size(), bucket);
    }
    assertEquals(outward.size() + 1, lines.size());
    for (int i = 0; i < outward.size(); i++) {
      final Map<?, ?> bucket = outward.get(i);
      final String[] row = lines.get(i + 1).split(",", -1);
      assertEquals(9 + LEVERAGES.size(), row.length);
      assertEquals("BTCUSDT", row[0]);
      assertEquals(AFTER.toString(), row[1]);
      assertEquals(String.valueOf(whole(map, "sequence")), row[2]);
      assertEquals(string(bucket, "side"), row[3]);
      assertEquals(number(bucket, "priceLow"), Double.parseDouble(row[4]), 1e-6);
      assertEquals(number(bucket, "priceHigh"), Double.parseDouble(row[5]), 1e-6);
      assertEquals(number(bucket, "quantity"), Double.parseDouble(row[6]), 1e-6);
      assertEquals(number(bucket, "notional"), Double.parseDouble(row[7]), 0.01);
      final Map<?, ?> tiers = map(bucket, "tiers");
      for (int tier = 0; tier < LEVERAGES.size(); tier++) {
        final Object held = tiers.get(LEVERAGES.get(tier));
        assertEquals(held == null ? 0 : (Double) held, Double.parseDouble(row[9 + tier]), 1e-6);
      }
    }
  }

  @Test
  void shouldDrawEachInstrumentWithItsMarkAndWhatItIsWorth() {
    final Map<String, Object> btc = mapAt("BTCUSDT", AFTER);
    final Map<String, Object> eth = mapAt("ETHUSDT", AFTER);
    Cli.run("map", "--journal", journal, "--at", AFTER)
        .done()
        .says(
            "BTCUSDT  " + AFTER + "  sequence " + whole(btc, "sequence") + "  state ",
            "mark " + Format.price(number(btc, "markPrice")),
            "mark " + Format.price(number(eth, "markPrice")),
            "no mark price: the last price is used",
            "─── mark ───",
            "█",
            "nearest above",
            "nearest below",
            "An estimate from open interest, volume and the distances above; no forecast.",
            "of the long and",
            "of the short open interest",
            "are out of reach",
            "unmapped");
  }

  @Test
  void shouldShowNothingBeforeThereIsAPrice() {
    Cli.run("map", "--journal", journal, "--at", "1", "--symbol", "BTCUSDT")
        .done()
        .says("mark unknown   open interest unknown   gaps 0", "No open positions at that time.");
    final Map<String, Object> map = mapAt("BTCUSDT", 1);
    assertTrue(objects(map, "buckets").isEmpty());
    assertTrue(objects(map, "clusters").isEmpty());
    assertTrue(flag(map(map, "quality"), "markMissing"));
    assertTrue(map.containsKey("markPrice"));
    assertNull(map.get("markPrice"));
    assertTrue(map.containsKey("openInterest"));
    assertNull(map.get("openInterest"));
  }

  @Test
  void shouldWriteToAFileWhatItWouldHavePrinted() throws IOException {
    final Path file = folder.resolve("new").resolve("map.json");
    final Object[] words = {"map", "--journal", journal, "--symbol", "ETHUSDT", "--format", "json"};
    final String printed = Cli.run(words).done().out();
    final List<Object> more = new ArrayList<>(List.of(words));
    more.add("--out");
    more.add(file);
    assertEquals("", Cli.run(more.toArray()).done().out());
    assertEquals(printed, Files.readString(file));
  }

  @Test
  void shouldMapTheLastStateByDefault() {
    final Map<String, Object> map =
        Cli.run("map", "--journal", journal, "--symbol", "BTCUSDT", "--format", "JSON")
            .done()
            .json();
    assertEquals(string(run, "stateHash"), string(map, "stateHash"));
    assertEquals(whole(run, "lastSequence"), whole(map, "sequence"));
    assertEquals(string(run, "lastTime"), string(map, "time"));
  }

  @Test
  void shouldTakeAMomentAsTimeOrAsSequence() {
    final Map<String, Object> byTime = mapAt("BTCUSDT", AFTER);
    final long nanos = AFTER.getEpochSecond() * 1_000_000_000L + AFTER.getNano();
    assertEquals(byTime, mapAt("BTCUSDT", whole(byTime, "sequence")));
    assertEquals(byTime, mapAt("BTCUSDT", nanos + "ns"));
    assertEquals(byTime, mapAt("BTCUSDT", AFTER.toString().replace("Z", "+00:00")));
    assertNotEquals(byTime, mapAt("BTCUSDT", whole(byTime, "sequence") - 1));
    assertEquals(mapAt("BTCUSDT", "2024-08-04"), mapAt("BTCUSDT", "2024-08-04T03:00:00+03:00"));
  }

  @Test
  void shouldMapTheSameFromEitherJournal() {
    final Object[] words = {"--symbol", "BTCUSDT", "--at", BEFORE, "--format", "json"};
    final List<Object> inline = new ArrayList<>(List.of("map", "--journal", journal));
    final List<Object> pipelined = new ArrayList<>(List.of("map", "--journal", pipelinedJournal));
    inline.addAll(List.of(words));
    pipelined.addAll(List.of(words));
    assertEquals(Cli.run(inline.toArray()).done().out(), Cli.run(pipelined.toArray()).done().out());
  }

  @ParameterizedTest
  @CsvSource({"inline, start", "inline, snapshot", "pipelined, start", "pipelined, snapshot"})
  void shouldReplayToTheSameState(final String of, final String from) {
    final Map<String, Object> replay =
        Cli.run("replay", "--journal", folder.resolve(of), "--from", from, "--json").done().json();
    final Map<String, Object> original = of.equals("inline") ? run : pipelinedRun;
    for (final String field :
        List.of(
            "instruments",
            "events",
            "firstTime",
            "lastTime",
            "lastSequence",
            "gaps",
            "rejected",
            "sweptNotionalLong",
            "sweptNotionalShort",
            "observedLiquidationNotionalLong",
            "observedLiquidationNotionalShort",
            "snapshots",
            "stateHash")) {
      assertEquals(original.get(field), replay.get(field), field);
    }
    assertTrue(flag(replay, "matches"));
    assertEquals(string(original, "stateHash"), string(replay, "recordedStateHash"));
    assertEquals(from.equals("snapshot"), whole(replay, "startedBehindEvent") > 0);
    if (from.equals("start")) {
      assertEquals(whole(original, "snapshots"), whole(replay, "comparedSnapshots"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"start", "snapshot"})
  void shouldReplayToAMoment(final String from) {
    final Map<String, Object> map = mapAt("BTCUSDT", BEFORE);
    for (final Object to : new Object[] {BEFORE, whole(map, "sequence")}) {
      final Map<String, Object> replay =
          Cli.run("replay", "--journal", journal, "--from", from, "--to", to, "--json")
              .done()
              .json();
      assertEquals(string(map, "stateHash"), string(replay, "stateHash"));
      assertEquals(whole(map, "sequence"), whole(replay, "lastSequence"));
      assertEquals(BEFORE.toString(), string(replay, "lastTime"));
      assertFalse(replay.containsKey("recordedStateHash"));
    }
  }

  @Test
  void shouldSweepLongsInTheFall() {
    final double before = swept(BEFORE, "sweptNotionalLong");
    final double after = swept(AFTER, "sweptNotionalLong");
    assertTrue(after > 2 * before, before + " before, " + after + " after");
  }

  private static double swept(final Instant to, final String field) {
    return number(
        Cli.run("replay", "--journal", journal, "--to", to, "--json").done().json(), field);
  }

  @Test
  void shouldSayInWordsThatAReplayMatches() {
    Cli.run("replay", "--journal", journal)
        .done()
        .says(
            "state hash    " + run.get("stateHash"),
            "started       from the first event",
            "compared      9 snapshots on the way and the final state: the same");
    Cli.run("replay", "--journal", journal, "--from", "snapshot", "--to", AFTER)
        .done()
        .says("no final state was recorded for this moment");
  }

  @Test
  void shouldVerifyWhatWasRun() {
    final Map<String, Object> check =
        Cli.run("verify", "--journal", journal, "--json").done().json();
    assertTrue(flag(check, "whole"));
    assertEquals(whole(run, "events"), whole(check, "events"));
    assertEquals(whole(run, "events"), whole(check, "acknowledgedEvents"));
    assertEquals(whole(run, "snapshots"), whole(check, "snapshots"));
    assertEquals(1, whole(check, "firstSequence"));
    assertEquals(whole(run, "lastSequence"), whole(check, "lastSequence"));
    assertTrue(flag(check, "closedCleanly"));
    assertFalse(check.containsKey("damage"));
    Cli.run("verify", "--journal", journal)
        .done()
        .says("ended         cleanly", "whole: every checksum, sequence and snapshot holds", "9\n");
  }

  @Test
  void shouldPrintTheEventsOfAFeed() {
    final List<String> all = Cli.run("inspect", "--feed", feeds[0], "--limit", "0").done().lines();
    assertEquals(
        "1  2024-08-03T00:00:00Z  BTCUSDT  instrument 0  binance-usdm, linear, BTC/USDT, price 1e-8, "
            + "quantity 1e-8, open interest in base, one side, source coinalyze, trades from bars of 1 h",
        all.get(0));
    assertEquals("2  2024-08-03T00:00:00Z  BTCUSDT  open-interest  70000", all.get(1));
    assertTrue(all.get(2).startsWith("3  2024-08-03T00:00:00Z  BTCUSDT  trade  buy  "));
    assertTrue(all.get(2).endsWith(" @ 60000"));
    assertTrue(all.stream().anyMatch((line) -> line.contains("liquidation  short  1.4 @ ")));
    assertTrue(all.get(all.size() - 1).contains("BTCUSDT  open-interest  "));
    final List<String> other =
        Cli.run("inspect", "--feed", feeds[1], "--limit", "0").done().lines();
    assertEquals(whole(run, "events"), all.size() + other.size());

    assertEquals(
        all.subList(9, 20),
        Cli.run("inspect", "--feed", feeds[0], "--from", "10", "--to", "20").done().lines());
    final List<String> some =
        Cli.run("inspect", "--feed", feeds[0], "--from", BEFORE, "--limit", "4")
            .exits(0)
            .complains("4 lines printed, as --limit says")
            .lines();
    assertEquals(4, some.size());
    final int first = all.indexOf(some.get(0));
    assertEquals(all.subList(first, first + 4), some);
    assertTrue(some.get(0).contains(BEFORE + "  BTCUSDT  open-interest  "));
    assertFalse(all.get(first - 1).contains(BEFORE.toString()));
  }

  @Test
  void shouldPrintEventsAndSnapshotsOfAJournal() {
    final List<String> all =
        Cli.run("inspect", "--journal", journal, "--limit", "0").done().lines();
    assertTrue(all.get(0).startsWith("document 0  settings, "));
    assertEquals(
        whole(run, "events"), all.stream().filter((line) -> !line.startsWith("document")).count());
    final List<String> snapshots =
        all.stream().filter((line) -> line.contains("snapshot after event")).toList();
    assertEquals(whole(run, "snapshots"), snapshots.size());
    assertTrue(snapshots.get(0).matches(".*, state [0-9a-f]{16}, \\d+ bytes"));
    assertTrue(
        all.get(all.size() - 1)
            .endsWith(
                "end of the run after event "
                    + run.get("events")
                    + ", state "
                    + run.get("stateHash")));
    assertEquals(
        100,
        Cli.run("inspect", "--journal", journal)
            .exits(0)
            .complains("100 lines printed, as --limit says")
            .lines()
            .size());
    final List<String> window =
        Cli.run("inspect", "--journal", journal, "--from", "2000", "--to", AFTER, "--limit", "0")
            .done()
            .lines();
    assertTrue(window.get(0).startsWith("2000  "));
    assertTrue(window.get(window.size() - 1).contains(AFTER + "  ETHUSDT  open-interest"));
    assertEquals(
        window,
        all.subList(all.indexOf(window.get(0)), all.indexOf(window.get(0)) + window.size()));
  }

  @Test
  void shouldSpeedUpTime() {
    final Path to = folder.resolve("fast");
    final Map<String, Object> fast =
        Cli.run("run", "--feed", feeds[0], feeds[1], "--journal", to, "--speed", "2e6", "--json")
            .done()
            .json();
    assertEquals(string(run, "stateHash"), string(fast, "stateHash"));
    assertTrue(number(fast, "elapsedSeconds") > 0.1, "60 hours at 2,000,000 to 1");
  }

  @Test
  void shouldReachTheSameStateWarmedUpOrNot() {
    for (final String word : new String[] {"--warm-up", "--no-warm-up"}) {
      final Path to = folder.resolve(word);
      final Map<String, Object> warm =
          Cli.run("run", "--feed", feeds[0], feeds[1], "--journal", to, word, "--json")
              .done()
              .json();
      assertEquals(string(run, "stateHash"), string(warm, "stateHash"));
      assertEquals(run.get("events"), warm.get("events"));
      Cli.run("verify", "--journal", to).done();
    }
  }
}
