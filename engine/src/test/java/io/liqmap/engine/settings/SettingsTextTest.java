package io.liqmap.engine.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.core.map.GroupSettings;
import io.liqmap.engine.core.map.MapSettings;
import io.liqmap.engine.core.map.PositionSettings;
import io.liqmap.engine.core.margin.Bracket;
import io.liqmap.engine.core.margin.BracketCatalog;
import io.liqmap.engine.core.margin.BracketTable;
import io.liqmap.engine.core.margin.Dated;
import io.liqmap.engine.core.margin.InstrumentName;
import io.liqmap.engine.core.model.DistanceTier;
import io.liqmap.engine.core.model.EntrySettings;
import io.liqmap.engine.core.model.ExitSettings;
import io.liqmap.engine.core.model.LearningMode;
import io.liqmap.engine.core.model.LearningSettings;
import io.liqmap.engine.core.model.LeverageTier;
import io.liqmap.engine.core.model.Maintenance;
import io.liqmap.engine.core.model.ModelSettings;
import io.liqmap.engine.core.model.ProfileTier;
import io.liqmap.engine.core.model.SizeClass;
import io.liqmap.engine.core.model.SkewSettings;
import io.liqmap.engine.core.structure.StructureSettings;
import io.liqmap.engine.journal.JournalSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTextTest {
  private static final Path DEFAULTS = Path.of("..", "config");

  @TempDir Path folder;

  @Test
  void shouldReadTheShippedSettingsBack() {
    final EngineSettings engine = LiqmapConfig.load(null, DEFAULTS).engine();
    final EngineSettings back = EngineConfig.parse(engine.text());

    assertEquals(engine, back);
    assertEquals(engine.hashCode(), back.hashCode());
  }

  @Tag("slow")
  @Test
  void shouldReadAnySettingsBackToTheVerySameNumbers() {
    final Random random = new Random(4101);
    for (int round = 0; round < 100; round++) {
      final EngineSettings engine = anySettings(random);
      assertEquals(engine, EngineConfig.parse(engine.text()));
    }
  }

  @Test
  void shouldGiveOneTextHoweverTheFileIsWritten() throws IOException {
    final String one =
        text(
            """
            map { resolution-bps = 4, mark-stale = 120s }
            models.blend.entries.taker-lean = 0.25
            """);
    final String other =
        text(
            """
            models { blend.entries { taker-lean = 2.5e-1 } }
            map.mark-stale = 2 minutes
            map.resolution-bps = 4.00""");

    assertEquals(one, other);
    assertNotEquals(one, text("map.resolution-bps = 4"));
  }

  @Test
  void shouldSayWhatIsWrongWithADamagedText() {
    final String text = LiqmapConfig.load(null, DEFAULTS).engine().text();
    final ConfigException wrong =
        assertThrows(
            ConfigException.class,
            () ->
                EngineConfig.parse(
                    text.replace("map.resolution-bps = 5", "map.resolution-bps = -5")));
    assertEquals(
        List.of(
            "settings in the journal:2: map.resolution-bps: got -5, expected a number, 0.5 to 100"),
        wrong.problems());
    assertThrows(
        ConfigException.class, () -> EngineConfig.parse(text.substring(0, text.length() / 2)));
    assertThrows(ConfigException.class, () -> EngineConfig.parse("map = ${map}"));
  }

  private String text(final String lines) throws IOException {
    final Path file = Files.writeString(folder.resolve("my.conf"), lines);
    return LiqmapConfig.load(file, DEFAULTS).engine().text();
  }

  private static EngineSettings anySettings(final Random random) {
    final int models = 1 + random.nextInt(4);
    final MapSettings map =
        new MapSettings(
            0.5 + 99 * random.nextDouble(),
            1_000_000 + (random.nextLong() >>> 4),
            60_000_000_000L * (1 + random.nextInt(1_000)),
            IntStream.range(0, models).mapToObj((number) -> anyModel(random, number)).toList(),
            anyStructure(random),
            new BracketCatalog(
                Map.of(
                    new InstrumentName("v", "A.B\"{:"),
                    anyBrackets(random),
                    new InstrumentName("", "BTCUSDT"),
                    anyBrackets(random),
                    new InstrumentName("bybit", "BTCUSDT"),
                    anyBrackets(random)),
                anyBrackets(random)),
            random.nextBoolean()
                ? Map.of()
                : Map.of(
                    "a \"venue\"",
                    1 + 99 * random.nextDouble(),
                    "okx.swap",
                    1.0,
                    "binance-usdm",
                    1 + random.nextDouble()),
            MapSettings.MIN_MEMORY + (random.nextLong() >>> 8),
            new PositionSettings(
                1 + random.nextInt(PositionSettings.MAX_CAPACITY),
                PositionSettings.MIN_STALE + (random.nextLong() >>> 4)),
            random.nextBoolean()
                ? List.of()
                : List.of(anyGroup(random, "A"), anyGroup(random, "b{")));
    final int max = 1 + random.nextInt(65_536);
    final long interval = 1_000_000_000L + random.nextInt();
    final PipelineSettings pipeline =
        new PipelineSettings(
            ThreadingMode.PIPELINED,
            1 + random.nextInt(64),
            1 << 12,
            17,
            WaitMode.SPIN,
            random.nextBoolean());
    final JournalSettings journal =
        new JournalSettings(4096 + random.nextInt(1_000_000), (1L << 24) + random.nextInt(1 << 30));
    final long positive = Math.max(interval, 1_000_000_000L);
    final ClusterSettings levels =
        new ClusterSettings(
            5 * random.nextDouble(),
            2 + random.nextDouble(),
            1 + random.nextDouble(),
            random.nextInt(9),
            .01 + random.nextDouble(),
            1_000_000L + random.nextInt(1_000_000),
            List.of(5_000_000_000L + random.nextInt(1_000), 3_600_000_000_000L),
            random.nextDouble(),
            3_600_000_000_000L + random.nextInt(1_000),
            1 + random.nextInt(100),
            2 + random.nextDouble());
    return new EngineSettings(max, map, levels, positive, pipeline, journal);
  }

  private static GroupSettings anyGroup(final Random random, final String name) {
    return new GroupSettings(
        name,
        List.of("a venue:\"x\" " + random.nextInt(), "okx:BTC-USDT-SWAP"),
        1_000_000 + (random.nextLong() >>> 4));
  }

  private static ModelSettings anyModel(final Random random, final int number) {
    final boolean isByDistance = random.nextBoolean();
    return new ModelSettings(
        "a \"model\" no. " + number + " \\ ${x} = # " + random.nextInt(),
        random.nextInt(3) * random.nextDouble(),
        isByDistance ? anyDistances(random) : anyLeverages(random, number),
        isByDistance && random.nextInt(3) > 0 ? anyLearning(random) : LearningSettings.OFF,
        random.nextBoolean() ? Maintenance.VENUE : Maintenance.NONE,
        new EntrySettings(
            random.nextDouble(), 1e-9 * random.nextDouble(), 1e12 * random.nextDouble()),
        new ExitSettings(
            random.nextInt(2) * (60_000_000_000L + (random.nextLong() >>> 4)),
            random.nextInt(2) * (1 + 99_999 * random.nextDouble())),
        new SkewSettings(anyWeights(random), anyWeights(random), anyWeights(random)));
  }

  private static List<ProfileTier> anyLeverages(final Random random, final int number) {
    final double share = 0.01 + 0.98 * random.nextDouble();
    // One name means one size in every model.
    final SizeClass large = new SizeClass("a \"size\" no. " + number, 1e5 * random.nextDouble());
    final SizeClass small = new SizeClass("tiny." + number, random.nextDouble());
    return List.of(
        new LeverageTier(2 + 8 * random.nextDouble(), large, share),
        new LeverageTier(2 + 8 * random.nextDouble(), small, 1 - share));
  }

  private static LearningSettings anyLearning(final Random random) {
    return new LearningSettings(
        random.nextBoolean() ? LearningMode.ON : LearningMode.FROZEN,
        0.001 + 900 * random.nextDouble(),
        3_600_000_000_000L + (random.nextLong() >>> 4));
  }

  /** Shares of their own on each side, and a part out of reach. */
  private static List<ProfileTier> anyDistances(final Random random) {
    final int tiers = 1 + random.nextInt(16);
    final double most = LearningSettings.MOST_MAPPED / tiers;
    final List<ProfileTier> profile = new ArrayList<>();
    double from = 0.001 + 0.01 * random.nextDouble();
    for (int tier = 0; tier < tiers; tier++) {
      final double to = from * (1.01 + 0.3 * random.nextDouble());
      profile.add(
          new DistanceTier(from, to, most * random.nextDouble(), most * random.nextDouble()));
      from = to;
    }
    return profile;
  }

  private static SkewSettings.Weights anyWeights(final Random random) {
    return new SkewSettings.Weights(
        random.nextBoolean() ? 0 : 4 * random.nextDouble() - 2, 2 * random.nextDouble() - 1);
  }

  private static StructureSettings anyStructure(final Random random) {
    return new StructureSettings(
        60_000_000_000L + (random.nextLong() >>> 7),
        0.5 + 0.45 * random.nextDouble(),
        random.ints(1 + random.nextInt(8), 1, 9_001).sorted().distinct().boxed().toList(),
        random
            .longs(1 + random.nextInt(8), 60_000_000_000L, 3_650L * 86_400_000_000_000L)
            .sorted()
            .distinct()
            .boxed()
            .toList(),
        1_000 * random.nextDouble());
  }

  private static Dated<BracketTable> anyBrackets(final Random random) {
    final double rate = 0.001 + 0.01 * random.nextDouble();
    final double next = rate * (1 + random.nextDouble());
    final double floor = 1e6 * random.nextDouble();
    final BracketTable table =
        new BracketTable(
            List.of(
                new Bracket(0, floor, rate, 0, 125),
                new Bracket(
                    floor, 1e10, next, floor * (next - rate), 100 * random.nextDouble() + 1)));
    final long from = random.nextLong() >>> 2;
    return new Dated<>(
        new long[] {from, from + 1 + (random.nextLong() >>> 3)},
        new boolean[] {random.nextBoolean(), random.nextBoolean()},
        List.of(table, table));
  }
}
