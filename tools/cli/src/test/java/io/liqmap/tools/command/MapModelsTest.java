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

import io.liqmap.engine.core.model.DistanceTier;
import io.liqmap.engine.core.model.LearningMode;
import io.liqmap.engine.core.model.LeverageTier;
import io.liqmap.engine.core.model.Maintenance;
import io.liqmap.engine.core.model.ModelSettings;
import io.liqmap.engine.core.model.ProfileTier;
import io.liqmap.engine.settings.LiqmapConfig;
import io.liqmap.engine.support.RealData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One journal, as each of its models sees it, and as all of them do. */
@Tag("slow")
final class MapModelsTest {
  private static final List<String> MODELS =
      List.of("blend", "oi-delta", "taker-volume", "ladder", "volume-ladder");

  /** Those with a weight: the consensus is their mean, all weigh 1. */
  private static final List<String> WEIGHTY = List.of("blend", "oi-delta", "taker-volume");

  @TempDir private static Path folder;
  private static Path feed;
  private static Path journal;
  private static Map<String, Object> run;
  private static final Map<String, Map<String, Object>> MAPS = new LinkedHashMap<>();

  @BeforeAll
  static void importAndRun() throws IOException {
    feed = Bars.feeds(folder)[0];
    journal = folder.resolve("journal");
    run =
        Cli.run("run", "--feed", feed, "--journal", journal, "--mode", "inline", "--json")
            .done()
            .json();
    for (final String model : MODELS) {
      MAPS.put(model, mapOf(journal, model));
    }
    MAPS.put("consensus", mapOf(journal, "consensus"));
  }

  private static Map<String, Object> mapOf(final Path of, final String model) {
    return print(of, "--model", model, "--format", "json").json();
  }

  private static Cli.Ran print(final Path of, final Object... words) {
    return Cli.run(Stream.concat(Stream.of("map", "--journal", of), Arrays.stream(words)).toArray())
        .done();
  }

  /** Runs the feed with settings of its own. */
  private static Path run(final String name, final String settings) throws IOException {
    final Path config = Files.writeString(folder.resolve(name + ".conf"), settings);
    final Path to = folder.resolve(name);
    Cli.run("run", "--feed", feed, "--journal", to, "--config", config, "--mode", "inline").done();
    return to;
  }

  private static ModelSettings shipped(final String model) {
    final LiqmapConfig config = LiqmapConfig.load(null, RealData.root().resolve("config"));
    return config.engine().map().models().get(config.engine().map().model(model));
  }

  @ParameterizedTest
  @ValueSource(strings = {"blend", "oi-delta", "taker-volume", "ladder", "volume-ladder"})
  void shouldSayWhatAModelAssumes(final String name) {
    final ModelSettings model = shipped(name);
    final Map<?, ?> assumptions = map(MAPS.get(name), "assumptions");
    assertEquals(name, string(assumptions, "model"));
    final List<Map<?, ?>> tiers = objects(assumptions, "tiers");
    assertEquals(model.profile().size(), tiers.size());
    for (int i = 0; i < tiers.size(); i++) {
      final ProfileTier line = model.profile().get(i);
      assertEquals(line.leverage(), number(tiers.get(i), "leverage"));
      if (line instanceof LeverageTier leveraged) {
        assertEquals(leveraged.size().name(), string(tiers.get(i), "size"));
        assertEquals(leveraged.size().notional(), number(tiers.get(i), "positionNotional"));
        assertEquals(leveraged.longShare(), number(tiers.get(i), "share"), LOSS, "all are granted");
        assertFalse(tiers.get(i).containsKey("distanceFrom") || tiers.get(i).containsKey("prior"));
        assertEquals(
            model.maintenance() == Maintenance.VENUE, number(tiers.get(i), "mmr") > 0, name);
      } else if (line instanceof DistanceTier distances) {
        assertEquals(distances.from(), number(tiers.get(i), "distanceFrom"));
        assertEquals(distances.to(), number(tiers.get(i), "distanceTo"));
        assertEquals(List.copyOf(SIDES), List.copyOf(map(tiers.get(i), "prior").keySet()));
        assertFalse(tiers.get(i).containsKey("size"), "a distance is one of all sizes");
      }
    }
    for (final String share : List.of("share", "shareShort")) {
      final double sum = tiers.stream().mapToDouble((tier) -> number(tier, share)).sum();
      if (model.learning().mode() == LearningMode.OFF) {
        assertEquals(1, sum, LOSS, "no leverage is out of reach");
      } else {
        assertTrue(sum > 0 && sum < 1, share + " " + sum);
      }
    }
    final List<Map<?, ?>> parts = objects(assumptions, "models");
    assertEquals(1, parts.size());
    final Map<?, ?> part = parts.get(0);
    assertEquals(name, string(part, "name"));
    assertEquals(1, number(part, "share"));
    assertEquals(model.learning().mode().name().toLowerCase(Locale.ROOT), string(part, "learning"));
    assertEquals(model.entries().turnover(), number(part, "turnover"));
    assertEquals(model.entries().takerLean(), number(part, "takerLean"));
    assertEquals(model.entries().minTradeNotional(), number(part, "minTradeNotional"));
    assertEquals(
        model.maintenance() == Maintenance.VENUE ? "venue" : "none", string(part, "maintenance"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"blend", "oi-delta", "taker-volume", "ladder", "volume-ladder", "consensus"})
  void shouldMapTheCoveredPartOfTheOpenInterest(final String model) {
    final Map<String, Object> map = MAPS.get(model);
    assertEquals(model, string(map(map, "assumptions"), "model"));
    MapChecks.checkBuckets(map);
    MapChecks.checkCoverage(map);
    for (final String side : SIDES) {
      assertFalse(MapChecks.of(map, side).isEmpty(), side);
      assertTrue(number(map(map, "coverage"), side) > 0, side);
    }
    assertEquals(string(MAPS.get("blend"), "stateHash"), string(map, "stateHash"));
    assertEquals(number(MAPS.get("blend"), "openInterest"), number(map, "openInterest"));
  }

  @Test
  void shouldSeeDifferentMapsInDifferentModels() {
    for (int i = 1; i < MODELS.size(); i++) {
      assertTrue(
          MapChecks.disagreement(MAPS.get(MODELS.get(0)), MAPS.get(MODELS.get(i)), "long") > 0.001,
          MODELS.get(i));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"table", "json", "csv"})
  void shouldAnswerByTheFirstModelWhereNoneIsNamed(final String format) {
    assertEquals(
        print(journal, "--model", "blend", "--format", format).out(),
        print(journal, "--format", format).out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"long", "short"})
  void shouldMakeTheConsensusOfTheModelsWithAWeight(final String side) {
    final List<Map<Double, Double>> maps =
        WEIGHTY.stream().map((model) -> quantities(MAPS.get(model), side)).toList();
    final Map<Double, Double> mean = new LinkedHashMap<>();
    for (final Map<Double, Double> map : maps) {
      map.forEach((price, held) -> mean.merge(price, held / WEIGHTY.size(), Double::sum));
    }
    final List<Map<?, ?>> buckets = MapChecks.of(MAPS.get("consensus"), side);
    assertEquals(mean.size(), buckets.size());
    for (final Map<?, ?> bucket : buckets) {
      final double price = number(bucket, "priceLow");
      final double expected = mean.get(price);
      assertEquals(expected, number(bucket, "quantity"), LOSS * expected);
      double least = Double.MAX_VALUE;
      double most = 0;
      for (final Map<Double, Double> map : maps) {
        final double held = map.getOrDefault(price, 0.0);
        least = Math.min(least, held);
        most = Math.max(most, held);
      }
      final Map<?, ?> spread = map(bucket, "spread");
      assertEquals(least, number(spread, "least"), LOSS * most);
      assertEquals(most, number(spread, "most"), LOSS * most);
      assertTrue(number(spread, "least") <= expected * (1 + LOSS));
      assertTrue(number(spread, "most") >= expected * (1 - LOSS));
    }
  }

  @Test
  void shouldSayWhatTheConsensusIsMadeOf() {
    final Map<?, ?> assumptions = map(MAPS.get("consensus"), "assumptions");
    final List<Map<?, ?>> parts = objects(assumptions, "models");
    assertEquals(WEIGHTY, parts.stream().map((part) -> string(part, "name")).toList());
    for (final Map<?, ?> part : parts) {
      assertEquals(1.0 / WEIGHTY.size(), number(part, "share"), LOSS, "all weigh 1");
    }
    final List<Map<?, ?>> tiers = new ArrayList<>();
    WEIGHTY.forEach((model) -> tiers.addAll(objects(map(MAPS.get(model), "assumptions"), "tiers")));
    final List<Map<?, ?>> shown = objects(assumptions, "tiers");
    assertEquals(tiers.size(), shown.size());
    for (int i = 0; i < tiers.size(); i++) {
      for (final String same : List.of("leverage", "distanceFrom", "distanceTo", "mmr")) {
        assertEquals(number(tiers.get(i), same), number(shown.get(i), same), same);
      }
      for (final String share : List.of("share", "shareShort")) {
        assertEquals(
            number(tiers.get(i), share) / WEIGHTY.size(), number(shown.get(i), share), LOSS);
      }
    }
    final Cli.Ran table =
        print(journal, "--model", "consensus")
            .says("model blend (33%)", "model oi-delta (33%)", "model taker-volume (33%)");
    assertFalse(table.out().contains("ladder"), "those to compare with have no part in it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"long", "short"})
  void shouldSayHowFarTheModelsDisagree(final String side) {
    double dispersion = 0;
    for (final String model : WEIGHTY) {
      dispersion +=
          MapChecks.disagreement(MAPS.get(model), MAPS.get("consensus"), side) / WEIGHTY.size();
    }
    assertTrue(dispersion > 0 && dispersion < 1);
    for (final Map<String, Object> map : MAPS.values()) {
      assertEquals(dispersion, number(map(map, "dispersion"), side), LOSS);
    }
  }

  /** A run sums up what its first model has swept. */
  @ParameterizedTest
  @ValueSource(strings = {"Long", "Short"})
  void shouldSayWhatEachModelHasSwept(final String side) {
    final String swept = "sweptNotional" + side;
    final String observed = "observedNotional" + side;
    double mean = 0;
    for (final String model : MODELS) {
      final Map<?, ?> liquidations = map(MAPS.get(model), "liquidations");
      assertTrue(number(liquidations, swept) > 0, model);
      mean += WEIGHTY.contains(model) ? number(liquidations, swept) / WEIGHTY.size() : 0;
      assertEquals(
          number(run, "observedLiquidationNotional" + side),
          number(liquidations, observed),
          LOSS * number(liquidations, observed),
          "venues report the same whatever the model");
    }
    assertEquals(
        number(run, swept), number(map(MAPS.get("blend"), "liquidations"), swept), LOSS * mean);
    assertEquals(mean, number(map(MAPS.get("consensus"), "liquidations"), swept), LOSS * mean);
  }

  @ParameterizedTest
  @CsvSource({"3, 1, 0.75, 0.25", "0, 2, 0, 1", "0, 0, 0.5, 0.5", "1e6, 1e6, 0.5, 0.5"})
  void shouldWeighTheModelsOfTheConsensus(
      final String first, final String second, final double share, final double other)
      throws IOException {
    final Path weighed =
        run(
            "weighed-" + first + "-" + second,
            "map.models = [blend, taker-volume]\n"
                + "models { blend.weight = "
                + first
                + ", taker-volume.weight = "
                + second
                + " }");
    final Map<String, Object> blend = mapOf(weighed, "blend");
    final Map<String, Object> taker = mapOf(weighed, "taker-volume");
    final Map<String, Object> consensus = mapOf(weighed, "consensus");
    final List<Map<?, ?>> parts = objects(map(consensus, "assumptions"), "models");
    assertEquals(share == 0 ? 1 : 2, parts.size(), "models without weight have no part");
    assertEquals(share == 0 ? other : share, number(parts.get(0), "share"), LOSS);
    assertEquals(other, number(parts.get(parts.size() - 1), "share"), LOSS);
    for (final String side : SIDES) {
      final double expected =
          share * number(map(blend, "coverage"), side)
              + other * number(map(taker, "coverage"), side);
      assertEquals(expected, number(map(consensus, "coverage"), side), LOSS);
    }
    MapChecks.checkBuckets(consensus);
    MapChecks.checkCoverage(consensus);
    assertEquals(
        string(MAPS.get("blend"), "time"), string(consensus, "time"), "weights move no event");
  }

  @Test
  void shouldSeeASingleModelAsTheConsensusOfItself() throws IOException {
    final Path single = run("single", "map.models = [oi-delta]");
    final Map<String, Object> alone = mapOf(single, "oi-delta");
    final Map<String, Object> consensus = mapOf(single, "consensus");
    for (final String side : SIDES) {
      assertEquals(quantities(alone, side), quantities(consensus, side));
      assertEquals(0, number(map(consensus, "dispersion"), side));
      assertEquals(quantities(MAPS.get("oi-delta"), side), quantities(alone, side));
    }
    for (final Map<?, ?> bucket : objects(consensus, "buckets")) {
      assertEquals(number(bucket, "quantity"), number(map(bucket, "spread"), "least"));
      assertEquals(number(bucket, "quantity"), number(map(bucket, "spread"), "most"));
    }
    Cli.run("map", "--journal", single, "--model", "blend")
        .exits(2)
        .complains(
            "--model blend: the journal was made with oi-delta, or ask for consensus or measured");
  }

  /** Of four equal shares the venue grants two. */
  @Test
  void shouldGiveTheSharesOfLeveragesThatAreNotGrantedToTheOthers() throws IOException {
    final Path strict =
        run(
            "strict",
            """
            map.models = [ladder]
            models.ladder.profile = four-equal
            instruments = [ { symbol = BTCUSDT, brackets = [ { from = "2020-01-01", table = [
              { floor = 0, cap = 1e9, rate = 0.004, amount = 0, max-leverage = 25 }
            ] } ] } ]
            """);
    final Map<String, Object> map = mapOf(strict, "ladder");
    final List<Map<?, ?>> tiers = objects(map(map, "assumptions"), "tiers");
    assertEquals(
        List.of(0.5, 0.5, 0.0, 0.0), tiers.stream().map((tier) -> number(tier, "share")).toList());
    final TreeSet<String> held = new TreeSet<>();
    for (final Map<?, ?> bucket : objects(map, "buckets")) {
      map(bucket, "tiers").keySet().forEach((leverage) -> held.add((String) leverage));
    }
    assertEquals(new TreeSet<>(List.of("10", "25")), held);
    MapChecks.checkCoverage(map);
  }

  @ParameterizedTest
  @ValueSource(strings = {"blned", "Blend", "fine-low", "all", "CONSENSUS"})
  void shouldNameTheModelsThatThereAre(final String unknown) {
    final Cli.Ran ran = Cli.run("map", "--journal", journal, "--model", unknown).exits(2);
    ran.complains(
        "--model "
            + unknown
            + ": the journal was made with blend, oi-delta, taker-volume, ladder, volume-ladder, or ask for consensus or measured",
        "Usage: liqmap map");
    assertEquals("", ran.out());
  }

  @Test
  void shouldNameTheSymbolsThatThereAre() {
    final Cli.Ran ran = Cli.run("map", "--journal", journal, "--symbol", "ETHUSDT").exits(2);
    ran.complains("--symbol ETHUSDT: at that time the journal has BTCUSDT", "Usage: liqmap map");
    assertEquals("", ran.out());
  }

  @Test
  void shouldKeepAFileThatItHasNoAnswerFor() throws IOException {
    final Path file = Files.writeString(folder.resolve("kept.json"), "what was there before");
    for (final String[] wrong :
        new String[][] {
          {"--model", "nobody"}, {"--symbol", "DOGEUSDT"}, {"--window", "2d"}, {"--at", "0"}
        }) {
      Cli.run("map", "--journal", journal, "--out", file, wrong[0], wrong[1]).exits(2);
      assertEquals("what was there before", Files.readString(file), wrong[0]);
    }
  }

  @ParameterizedTest
  @CsvSource({"table, blend", "json, consensus", "csv, volume-ladder", "csv, consensus"})
  void shouldWriteTheSameBytesToAFile(final String format, final String model) throws IOException {
    final Path file = folder.resolve("out." + model + "." + format);
    final String printed = print(journal, "--model", model, "--format", format).out();
    assertEquals("", print(journal, "--model", model, "--format", format, "--out", file).out());
    assertFalse(printed.isEmpty());
    assertEquals(printed, Files.readString(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"oi-delta", "ladder", "volume-ladder", "consensus"})
  void shouldPrintTheSameSumsAsCsv(final String model) {
    final Map<String, Object> map = MAPS.get(model);
    final List<String> lines = print(journal, "--model", model, "--format", "csv").lines();
    final List<String> names = List.of(lines.get(0).split(",", -1));
    assertEquals(model.equals("consensus"), names.contains("least") && names.contains("most"));
    for (final String side : SIDES) {
      double quantity = 0;
      double notional = 0;
      double tiers = 0;
      double spread = 0;
      int rows = 0;
      for (final String line : lines.subList(1, lines.size())) {
        final String[] row = line.split(",", -1);
        assertEquals(names.size(), row.length, line);
        if (row[names.indexOf("side")].equals(side)) {
          quantity += Double.parseDouble(row[names.indexOf("quantity")]);
          notional += Double.parseDouble(row[names.indexOf("notional")]);
          for (int column = 0; column < row.length; column++) {
            final String name = names.get(column);
            tiers += name.startsWith("quantity_") ? Double.parseDouble(row[column]) : 0;
            spread += name.equals("most") ? Double.parseDouble(row[column]) : 0;
            spread -= name.equals("least") ? Double.parseDouble(row[column]) : 0;
          }
          rows++;
          assertEquals(
              notional, Double.parseDouble(row[names.indexOf("cumulative_notional")]), 0.01 * rows);
        }
      }
      assertEquals(MapChecks.of(map, side).size(), rows);
      assertEquals(MapChecks.sum(map, side, "quantity"), quantity, 1e-8 * rows);
      assertEquals(MapChecks.sum(map, side, "quantity"), tiers, 1e-8 * rows * names.size());
      assertEquals(MapChecks.sum(map, side, "notional"), notional, 0.01 * rows);
      assertEquals(model.equals("consensus"), spread > 0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"blend", "consensus"})
  void shouldPrintEveryFieldOfTheContract(final String model) {
    final Map<String, Object> map = MAPS.get(model);
    final Map<?, ?> assumptions = map(map, "assumptions");
    requireFields(
        map,
        "instrument time sequence units markPrice openInterest stateHash window assumptions"
            + " coverage outOfReach unmapped dispersion quality liquidations buckets cumulative clusters structure");
    requireFields(map(map, "units"), "quantity notional");
    requireFields(assumptions, "model tiers resolutionBps brackets margin formula models");
    objects(assumptions, "tiers")
        .forEach(
            (tier) ->
                requireFields(
                    tier, "leverage share shareShort mmr mmrShort distanceFrom distanceTo prior"));
    for (final String bySide : List.of("coverage", "outOfReach", "unmapped", "dispersion")) {
      requireFields(map(map, bySide), "long short");
    }
    assertEquals(model.equals("consensus"), !map.containsKey("calibration"));
    if (map.containsKey("calibration")) {
      for (final String side : SIDES) {
        requireFields(map(map(map, "calibration"), side), "status days");
      }
    }
    requireFields(map(map, "quality"), "openInterestStale markMissing gaps journaled");
    requireFields(
        map(map, "liquidations"),
        "sweptNotionalLong sweptNotionalShort observedNotionalLong observedNotionalShort"
            + " backgroundNotionalLong backgroundNotionalShort forcedPerReported"
            + " forcedPerReportedLow forcedPerReportedHigh forcedShareOfFallsLong forcedShareOfFallsShort");
    requireFields(map(map, "cumulative"), "long short");
    requireFields(
        map(map, "structure"),
        "pointOfControl valueAreaLow valueAreaHigh highVolumeNodes swings trends");
    for (final Map<?, ?> bucket : objects(map, "buckets")) {
      requireFields(bucket, "side priceLow priceHigh quantity notional tiers");
      assertEquals(model.equals("consensus"), bucket.containsKey("spread"));
    }
    assertFalse(objects(map, "clusters").isEmpty());
    for (final Map<?, ?> cluster : objects(map, "clusters")) {
      requireFields(cluster, "side priceLow priceHigh peakPrice notional distanceBps confluence");
      for (final Map<?, ?> level : objects(cluster, "confluence")) {
        requireFields(level, "kind price");
      }
    }
    assertEquals("configured", string(assumptions, "brackets"));
    assertEquals(
        string(
            Cli.run(
                    (Object[])
                        ("margin --venue binance-usdm --contract linear --side long --entry 60000"
                                + " --quantity 1 --leverage 10 --symbol BTCUSDT --json")
                            .split(" ", -1))
                .done()
                .json(),
            "formula"),
        string(assumptions, "formula"));
    assertEquals(2.8, number(map(map, "liquidations"), "forcedPerReported"));
  }

  private static void requireFields(final Map<?, ?> object, final String names) {
    for (final String name : names.split(" ", -1)) {
      assertTrue(object.get(name) != null, () -> "no " + name + " in " + object.keySet());
    }
  }

  @Test
  void shouldPutTheConfluenceOfAClusterInsideIt() {
    for (final Map<String, Object> map : MAPS.values()) {
      for (final Map<?, ?> cluster : objects(map, "clusters")) {
        for (final Map<?, ?> level : objects(cluster, "confluence")) {
          assertTrue(
              number(level, "price") > number(cluster, "priceLow")
                  && number(level, "price") < number(cluster, "priceHigh"),
              level + " in " + cluster);
        }
      }
    }
    assertTrue(
        MAPS.values().stream()
            .flatMap((map) -> objects(map, "clusters").stream())
            .anyMatch((cluster) -> !objects(cluster, "confluence").isEmpty()),
        "some cluster meets a level");
  }
}
