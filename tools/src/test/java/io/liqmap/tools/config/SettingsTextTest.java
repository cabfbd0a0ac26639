package io.liqmap.tools.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.liqmap.engine.journal.JournalSettings;
import io.liqmap.engine.map.MapSettings;
import io.liqmap.engine.margin.Bracket;
import io.liqmap.engine.margin.BracketCatalog;
import io.liqmap.engine.margin.BracketTable;
import io.liqmap.engine.margin.DatedBrackets;
import io.liqmap.engine.model.LeverageTier;
import io.liqmap.engine.model.ModelSettings;
import io.liqmap.engine.pipeline.EngineSettings;
import io.liqmap.engine.pipeline.PipelineSettings;
import io.liqmap.engine.pipeline.ThreadingMode;
import io.liqmap.engine.pipeline.WaitMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTextTest {
  private static final Path DEFAULTS = Path.of("..", "config");

  @TempDir Path folder;

  @Test
  void shouldReadTheShippedSettingsBack() {
    final EngineSettings engine = LiqmapConfig.load(null, DEFAULTS).engine();
    final EngineSettings back = LiqmapConfig.parseJournalText(engine.text());

    assertEquals(engine, back);
    assertEquals(engine.hashCode(), back.hashCode());
  }

  @Test
  void shouldReadAnySettingsBackToTheVerySameNumbers() {
    final Random random = new Random(4101);
    for (int round = 0; round < 100; round++) {
      final EngineSettings engine = anySettings(random);
      assertEquals(engine, LiqmapConfig.parseJournalText(engine.text()));
    }
  }

  @Test
  void shouldGiveOneTextHoweverTheFileIsWritten() throws IOException {
    final String one =
        text("map { resolution-bps = 4, mark-stale = 120s }\nmodel.taker-lean = 0.25\n");
    final String other =
        text(
            "model { taker-lean = 2.5e-1 }\nmap.mark-stale = 2 minutes\nmap.resolution-bps = 4.00");

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
                LiqmapConfig.parseJournalText(
                    text.replace("map.resolution-bps = 5", "map.resolution-bps = -5")));
    assertEquals(
        List.of(
            "settings in the journal:2: map.resolution-bps: got -5, expected a number, 0.5 to 100"),
        wrong.problems());
    assertThrows(
        ConfigException.class,
        () -> LiqmapConfig.parseJournalText(text.substring(0, text.length() / 2)));
    assertThrows(ConfigException.class, () -> LiqmapConfig.parseJournalText("map = ${map}"));
  }

  private String text(final String lines) throws IOException {
    final Path file = Files.writeString(folder.resolve("my.conf"), lines);
    return LiqmapConfig.load(file, DEFAULTS).engine().text();
  }

  private static EngineSettings anySettings(final Random random) {
    final double share = 0.01 + 0.98 * random.nextDouble();
    final ModelSettings model =
        new ModelSettings(
            "a \"model\" no. " + random.nextInt() + " \\ ${x} = #",
            List.of(
                new LeverageTier(2 + 8 * random.nextDouble(), share, 1e5 * random.nextDouble()),
                new LeverageTier(2 + 8 * random.nextDouble(), 1 - share, random.nextDouble())),
            random.nextDouble(),
            1e-9 * random.nextDouble());
    final MapSettings map =
        new MapSettings(
            0.5 + 99 * random.nextDouble(),
            1_000_000 + (random.nextLong() >>> 4),
            60_000_000_000L * (1 + random.nextInt(1_000)),
            model,
            new BracketCatalog(
                Map.of("A.B\"{", anyBrackets(random), "BTCUSDT", anyBrackets(random)),
                anyBrackets(random)));
    final int max = 1 + random.nextInt(65_536);
    final long interval = 1_000_000_000L + random.nextInt();
    final PipelineSettings pipeline =
        new PipelineSettings(
            ThreadingMode.INLINE, 1 << 12, 17, WaitMode.SPIN, random.nextBoolean());
    final JournalSettings journal =
        new JournalSettings(4096 + random.nextInt(1_000_000), (1L << 24) + random.nextInt(1 << 30));
    final long positive = Math.max(interval, 1_000_000_000L);
    return new EngineSettings(
        max,
        map,
        positive,
        pipeline,
        journal,
        SettingsText.of(max, map, positive, pipeline, journal));
  }

  private static DatedBrackets anyBrackets(final Random random) {
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
    return new DatedBrackets(
        new long[] {from, from + 1 + (random.nextLong() >>> 3)}, List.of(table, table));
  }
}
