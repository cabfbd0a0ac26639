package io.liqmap.engine.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.codecs.feed.OpenInterestSides;
import io.liqmap.engine.core.margin.BracketCatalog;
import io.liqmap.engine.core.margin.InstrumentName;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiqmapConfigTest extends UserSettings {
  private static final String DOGE =
      """
      id = 7, symbol = "DOGEUSDT", venue = "binance-usdm", base = "DOGE", quote = "USDT"
      contract = linear, tick-size = "0.00001", lot-size = 1, open-interest { unit = base, sides = one }
      """;

  private static final String BYBIT =
      """
      id = 6, symbol = BTCUSDT, venue = bybit, base = BTC, quote = USDT, contract = linear
      tick-size = "0.1", lot-size = "0.001", open-interest { unit = base, sides = both }
      brackets = ${standard-brackets}
      """;

  @Test
  void shouldLayTheUsersFileOverTheDefaults() throws IOException {
    final EngineSettings engine =
        load("map { resolution-bps = 2.5 }", "snapshot.interval = 90m").engine();

    assertEquals(2.5, engine.map().resolutionBps());
    assertEquals(5_400_000_000_000L, engine.snapshotIntervalNanos());
    assertEquals(60_000_000_000L, engine.map().markStaleNanos());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "include \"other.conf\"",
        "include file(\"/etc/hostname\")",
        "include url(\"http://127.0.0.1:1/settings\")",
        "include classpath(\"reference.conf\")",
        "include required(file(\"../../other.conf\"))",
        "map { include \"other\" }"
      })
  void shouldIncludeNothingFromElsewhere(final String include) throws IOException {
    Files.writeString(folder.resolve("other.conf"), "map.resolution-bps = 2");

    for (final ConfigException refused :
        new ConfigException[] {
          assertThrows(ConfigException.class, () -> load(include)),
          assertThrows(ConfigException.class, () -> EngineConfig.parse(include))
        }) {
      assertTrue(refused.getMessage().contains("settings include nothing"), refused.getMessage());
    }
  }

  @Test
  void shouldRefuseWhatNoEngineWrites() {
    final String nested = "[".repeat(100_000);
    assertThrows(ConfigException.class, () -> load("a = " + nested));
    for (final String text :
        new String[] {"a = " + nested, "a = [x], b = ${a} ${a}", "a = ${?PATH}"}) {
      assertThrows(ConfigException.class, () -> EngineConfig.parse(text));
    }
  }

  /** Thirty-four lines that double each other took all memory, twenty thousand pieces 45 s. */
  @Test
  void shouldRefuseSettingsThatGrowBeyondTheirSize() {
    final List<String> doubling = new ArrayList<>(List.of("a0 = [x, x]"));
    for (int i = 1; i <= 34; i++) {
      doubling.add("a" + i + " = ${a" + (i - 1) + "} ${a" + (i - 1) + "}");
    }
    assertTooMany(doubling, 14, "more than 24 substitutions");
    final List<String> pieces = new ArrayList<>(List.of("a = []"));
    for (int i = 0; i < 20_000; i++) {
      pieces.add("a += " + i);
    }
    assertTooMany(pieces, 17, "more than 15 substitutions");
    final List<String> keys = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      keys.add(i % 2 == 0 ? "a.k" + i + " = 1" : "a { k" + i + " : 1 }");
    }
    assertTooMany(keys, 4_097, "more than 4096 keys in one object");
  }

  private void assertTooMany(final List<String> lines, final int line, final String what) {
    final List<String> problems =
        assertTimeout(Duration.ofSeconds(20), () -> problems(lines.toArray(String[]::new)));
    assertEquals(1, problems.size());
    assertTrue(problems.get(0).startsWith(at(line) + what), problems::toString);
  }

  @Test
  void shouldTakeSubstitutionsWithinReason() throws IOException {
    final List<String> lines = new ArrayList<>(List.of("# ${no} += ${substitution}", "x = 7"));
    lines.set(1, "map.resolution-bps = 7 // ${a} ${b}");
    lines.add("levels.half-life = \"1d\" # \"${c}");
    assertEquals(7, load(lines.toArray(String[]::new)).engine().map().resolutionBps());
  }

  @Test
  void shouldNotLookIntoTheEnvironment() throws IOException {
    for (final String name : List.of("${PATH}", "${java.home}", "\"a\"${HOME}")) {
      final List<String> problems = problems("preset = " + name);
      assertEquals(1, problems.size());
      assertTrue(problems.get(0).startsWith(at(1) + "reading failed: "), problems::toString);
      assertFalse(problems.get(0).contains(System.getenv("PATH")), problems::toString);
      assertFalse(problems.get(0).contains(System.getProperty("java.home")), problems::toString);
    }
    assertEquals(
        7,
        load("map.resolution-bps = 7, map.resolution-bps = ${?PATH}")
            .engine()
            .map()
            .resolutionBps());
  }

  @Test
  void shouldRefuseAFileThatIsLargerThanSettingsAre() throws IOException {
    final Path file = folder.resolve("large.conf");
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength((16L << 20) + 1);
    }
    final ConfigException refused =
        assertThrows(ConfigException.class, () -> LiqmapConfig.load(file, DEFAULTS));
    assertTrue(refused.getMessage().contains("is larger than"), refused.getMessage());
  }

  @Test
  void shouldTakeNumbersThatAreWrittenAsTexts() throws IOException {
    assertEquals(7.5, load("map.resolution-bps = \"7.5\"").engine().map().resolutionBps());
  }

  @Test
  void shouldAddTheSymbolOfAnotherVenueBesideTheOneThatHasIt() throws IOException {
    final LiqmapConfig config = load("instruments = [ {", BYBIT, "} ]");

    assertEquals(7, config.instruments().size());
    assertEquals("binance-usdm:BTCUSDT", config.instruments().get(0).name().toString());
    final InstrumentDefinition bybit = config.instruments().get(6);
    assertEquals("bybit:BTCUSDT", bybit.name().toString());
    assertEquals(OpenInterestSides.BOTH, bybit.openInterestSides());
    final BracketCatalog catalog = config.engine().map().brackets();
    assertEquals(catalog.standard().value(0), catalog.of(bybit.name()).value(0));
    assertEquals(1, catalog.of(bybit.name()).size());
    assertEquals(2, catalog.of(config.instruments().get(0).name()).size());
    assertEquals(config.engine(), EngineConfig.parse(config.engine().text()));
  }

  @Test
  void shouldLayAnEntryOverTheInstrumentOfItsVenueOrOfTheOnlyOne() throws IOException {
    for (final String venue : List.of("", "venue = binance-usdm, ")) {
      final LiqmapConfig config =
          load("instruments = [ { " + venue + "symbol = BTCUSDT, tick-size = 0.5 } ]");
      assertEquals(6, config.instruments().size());
      assertEquals(50_000_000, config.instruments().get(0).tickSize());
    }
  }

  @Test
  void shouldAskForTheVenueOfAnEntryWhoseSymbolSeveralVenuesHave() throws IOException {
    final Path directory = Files.createDirectory(folder.resolve("config"));
    for (final String file : List.of("engine.conf", "instruments.conf")) {
      Files.copy(DEFAULTS.resolve(file), directory.resolve(file));
    }
    Files.writeString(
        directory.resolve("instruments.conf"),
        "instruments = ${instruments} [ {\n" + BYBIT + "} ]\n",
        StandardOpenOption.APPEND);
    final Path user = folder.resolve("user.conf");
    Files.writeString(user, "instruments = [ { symbol = BTCUSDT, tick-size = 0.5 } ]");
    final String refusal =
        assertThrows(ConfigException.class, () -> LiqmapConfig.load(user, directory)).getMessage();
    assertTrue(
        refusal.contains("BTCUSDT is an instrument of binance-usdm and bybit: give its venue"),
        refusal);

    Files.writeString(
        user, "instruments = [ { venue = bybit, symbol = BTCUSDT, tick-size = 0.5 } ]");
    final List<InstrumentDefinition> instruments = LiqmapConfig.load(user, directory).instruments();
    assertEquals(10_000_000, instruments.get(0).tickSize());
    assertEquals(50_000_000, instruments.get(6).tickSize());
  }

  @Test
  void shouldRefuseAVenueWithAColon() throws IOException {
    final List<String> problems =
        problems("instruments = [ {", BYBIT.replace("= bybit", "= \"by:bit\""), "} ]");
    assertEquals(1, problems.size());
    assertTrue(problems.get(0).contains("expected a name without a colon"), problems.get(0));
  }

  @Test
  void shouldAddAnInstrumentThatTakesTheStandardBrackets() throws IOException {
    final LiqmapConfig config = load("instruments = [ {", DOGE, "} ]");

    assertEquals(7, config.instruments().size());
    final InstrumentDefinition doge = config.instruments().get(6);
    assertEquals(1_000, doge.tickSize());
    assertEquals(100_000_000, doge.lotSize());
    assertEquals(100_000_000, doge.contractMultiplier());
    final BracketCatalog catalog = config.engine().map().brackets();
    assertFalse(catalog.isConfigured(InstrumentName.parse("binance-usdm:DOGEUSDT")));
    assertEquals(catalog.standard(), catalog.of(InstrumentName.parse("binance-usdm:DOGEUSDT")));
  }

  @Test
  void shouldAppendAnInstrumentAsHoconDoes() throws IOException {
    assertEquals(7, load("instruments = ${instruments} [ {", DOGE, "} ]").instruments().size());
  }

  @Test
  void shouldReplaceTheKeysThatAnInstrumentOfTheUserGives() throws IOException {
    final LiqmapConfig config = load("instruments = [ { symbol = ETHUSDT, tick-size = 0.05 } ]");

    assertEquals(6, config.instruments().size());
    assertEquals(5_000_000, config.instruments().get(1).tickSize());
    assertEquals(100_000, config.instruments().get(1).lotSize());
  }

  @Test
  void shouldNameFileAndLineOfEachUnknownKey() throws IOException {
    final List<String> problems =
        problems(
            "map.resolution_bps = 3",
            "models.blend.entries { takerLaen = 0.5 }",
            "ring-size = 1024",
            "colour = red");

    assertEquals(
        List.of(
            at(1) + "map.resolution_bps: unknown key, did you mean map.resolution-bps?",
            at(2)
                + "models.blend.entries.takerLaen: unknown key, did you mean"
                + " models.blend.entries.taker-lean?",
            at(3) + "ring-size: unknown key, did you mean pipeline.ring-size?",
            at(4)
                + "colour: unknown key, expected one of cluster, forced-per-reported, groups, instruments,"
                + " journal, levels, map, max-instruments, models, pipeline, positions, preset, presets, profiles,"
                + " sharing, size-classes, snapshot, standard-brackets, structure"),
        problems);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "map.resolution-bps = ten | got \"ten\", expected a number, 0.5 to 100",
        "map.resolution-bps = 0.1 | got 0.1, expected a number, 0.5 to 100",
        "map.resolution-bps = NaN | got \"NaN\", expected a number, 0.5 to 100",
        "map.resolution-bps = [5] | got a list, expected a number, 0.5 to 100",
        "map.resolution-bps = null | missing, expected a number, 0.5 to 100",
        "map = 5 | got 5, expected an object { … }",
        "max-instruments = 6.5 | got 6.5, expected a whole number, 1 to 65536",
        "max-instruments = 1e99 | got 1e99, expected a whole number, 1 to 65536",
        "map.mark-stale = 60 | got 60, expected a duration with its unit, 1ms to 36500d, such as"
            + " 60s",
        "map.mark-stale = 60 parsecs | got \"60 parsecs\", expected a duration with its unit, 1ms"
            + " to 36500d, such as 60s",
        "map.mark-stale = -1s | got \"-1s\", expected a duration with its unit, 1ms to 36500d, such"
            + " as 60s",
        "snapshot.interval = 10ms | got \"10ms\", expected a duration with its unit, 1s to 36500d,"
            + " such as 60s",
        "journal.block-size = 64KB | got \"64KB\", expected a size with its unit, 4KiB to 1MiB,"
            + " such as 64KiB",
        "journal.block-size = 2MiB | got \"2MiB\", expected a size with its unit, 4KiB to 1MiB,"
            + " such as 64KiB",
        "pipeline.mode = fast | got \"fast\", expected inline or pipelined",
        "pipeline.force-wait = 1 | got 1, expected true or false",
        "pipeline.ring-size = 1000 | got 1000, expected a power of two, 64 to 1048576",
        "pipeline.claim = 5000 | got 5000, expected at most 4096, a quarter of ring-size (16384)",
        "pipeline.shards = 65 | got 65, expected a whole number, 1 to 64",
        "preset = fast | got \"fast\", expected latency or throughput",
        "models.blend.profile = \" \" | got \" \", expected a text of 1 to 64 characters",
        "models.blend.entries.turnover = 1.01 | got 1.01, expected a number, 0 to 1",
        "profiles.fine-low = 5 | got 5, expected a list [ … ] of 1 to 64 objects",
        "profiles.fine-low = [] | got 0 of them, expected a list [ … ] of 1 to 64 objects",
      })
  void shouldSayWhatItGotAndWhatItExpected(final String line, final String complaint)
      throws IOException {
    final List<String> problems = problems("", line);

    final String key = line.substring(0, line.indexOf(' '));
    assertEquals(List.of(at(2) + key + ": " + complaint), problems);
  }

  @Test
  void shouldReportAllProblemsAtOnce() throws IOException {
    final List<String> problems =
        problems(
            "map.resolution-bps = ten",
            "profiles.fine-low = [",
            "  { leverage = 10, share = 0.5, size = small }",
            "  { leverage = 1, share = 0.25, size = small, color = 1 }",
            "]",
            "pipeline { ring-size = 1000, wait = sleep }",
            "instruments = [ { symbol = ETHUSDT, id = 0 } ]",
            "standard-brackets = [ { from = 2024, table = [] } ]");

    assertEquals(
        List.of(
            at(1) + "map.resolution-bps: got \"ten\", expected a number, 0.5 to 100",
            at(4) + "profiles.fine-low[1].leverage: got 1, expected a number, above 1, at most 500",
            at(4)
                + "profiles.fine-low[1].color: unknown key, expected one of from, leverage, long,"
                + " out-of-reach, share, short, size, to",
            at(6) + "pipeline.wait: got \"sleep\", expected park, yield or spin",
            at(6) + "pipeline.ring-size: got 1000, expected a power of two, 64 to 1048576",
            at(7)
                + "instruments[ETHUSDT].id: got 0, expected one of its own: it is taken by the"
                + " instrument at "
                + shipped("id = 0"),
            at(8)
                + "standard-brackets[0].from: got 2024, expected a date such as 2024-10-24, or a"
                + " time such as 2024-10-24T09:00:00Z, in quotes, from 1970 to 2262",
            at(8)
                + "standard-brackets[0].table: got 0 of them, expected a list [ … ] of 1 to 1000"
                + " objects"),
        problems);
  }

  @Test
  void shouldRefuseASymbolThatAFileGivesTwice() throws IOException {
    final List<String> problems =
        problems("instruments = [ {", DOGE.strip(), "}, {", DOGE.strip().replace("7", "8"), "} ]");

    assertEquals(
        List.of(
            at(5)
                + "instruments[DOGEUSDT].symbol: got \"binance-usdm:DOGEUSDT\", expected one of its"
                + " own: it is taken by the instrument at "
                + folder.resolve("my.conf")
                + ":2"),
        problems);
  }

  @Test
  void shouldRefuseAnInstrumentThatThereIsNoRoomFor() throws IOException {
    assertEquals(
        List.of(
            shipped("id = 5")
                + ": instruments[BTCUSD].id: got 5, expected a whole number, 0 to 4: below"
                + " max-instruments"),
        problems("max-instruments = 5"));
  }

  @Test
  void shouldRefuseATickThatIsNoWholeMantissa() throws IOException {
    assertEquals(
        List.of(
            at(1)
                + "instruments[BTCUSDT].tick-size: got 0.15, expected a whole multiple of 1e-1,"
                + " above 0"),
        problems("instruments = [ { symbol = BTCUSDT, price-exponent = -1, tick-size = 0.15 } ]"));
  }

  @Test
  void shouldNameTheRowThatBreaksABracketTable() throws IOException {
    final List<String> problems =
        problems(
            "instruments = [ { symbol = SOLUSDT, brackets = [ { from = \"2025-01-01\", table = [",
            "  { floor = 0, cap = 50000, rate = 0.004, amount = 0, max-leverage = 125 }",
            "  { floor = 50000, cap = 600000, rate = 0.005, amount = 51, max-leverage = 100 }",
            "  { floor = 600000, cap = 700000, rate = 0.01, amount = 3050, max-leverage = 75 }",
            "  { floor = 600001, cap = 800000, rate = 0.009, amount = 2450, max-leverage = 80 }",
            "] } ] } ]");

    assertEquals(3, problems.stream().filter((text) -> text.startsWith(at(5))).count());
    assertEquals(
        at(3)
            + "instruments[SOLUSDT].brackets[0].table[1].amount: got 51, expected 50"
            + " (floor · (rate − rate before) + amount before)",
        problems.get(0));
  }

  @Test
  void shouldRefuseBracketTablesWhoseDatesDontRise() throws IOException {
    final String table =
        "table = [ { floor = 0, cap = 1e9, rate = 0.004, amount = 0, max-leverage = 125 } ]";

    assertEquals(
        List.of(
            at(3)
                + "standard-brackets[1].from: got 2025-01-01T00:00:00Z, expected a time after"
                + " 2025-01-01T00:00:00Z"),
        problems(
            "standard-brackets = [",
            "  { from = \"2025-01-01\", " + table + " }",
            "  { from = \"2025-01-01T00:00:00Z\", " + table + " }",
            "]"));
  }

  @Test
  void shouldRefuseSharesThatDontAddUpToOne() throws IOException {
    assertEquals(
        List.of(
            at(1)
                + "profiles.fine-low: got shares of longs that add up to 0.5, expected 1"
                + " altogether, with a line { out-of-reach = true, … } for what no price"
                + " liquidates"),
        problems("profiles.fine-low = [ { leverage = 5, share = 0.5, size = small } ]"));
  }

  @Test
  void shouldNameFileAndLineOfWhatIsNotHocon() throws IOException {
    final List<String> problems = problems("map {", "  resolution-bps = 5", "models {");

    assertEquals(1, problems.size());
    assertTrue(problems.get(0).startsWith(at(3) + "reading failed: "), problems::toString);
  }

  @Test
  void shouldNameFileAndLineOfAnUnknownSubstitution() throws IOException {
    final List<String> problems = problems("", "map.resolution-bps = ${nothing}");

    assertEquals(1, problems.size());
    assertTrue(problems.get(0).startsWith(at(2) + "reading failed: "), problems::toString);
  }

  @Test
  void shouldNameEachFileThatIsMissing() {
    final ConfigException e =
        assertThrows(
            ConfigException.class,
            () -> LiqmapConfig.load(folder.resolve("none.conf"), folder.resolve("nowhere")));

    assertEquals(
        List.of(
            folder.resolve("none.conf") + ": there is no such file",
            folder.resolve("nowhere/engine.conf") + ": there is no such file",
            folder.resolve("nowhere/instruments.conf") + ": there is no such file"),
        e.problems());
  }

  @Test
  void shouldListTheProblemsInTheMessage() throws IOException {
    final Path file = write("map.resolution-bps = 0", "models.blend.entries.turnover = 2");
    final ConfigException e =
        assertThrows(ConfigException.class, () -> LiqmapConfig.load(file, DEFAULTS));

    assertEquals(
        "2 problems in the settings:\n  "
            + at(1)
            + "map.resolution-bps: got 0, expected a number, 0.5 to 100\n  "
            + at(2)
            + "models.blend.entries.turnover: got 2, expected a number, 0 to 1",
        e.getMessage());
  }

  @Test
  void shouldTakeFromThePresetWhatTheUserDoesNotName() throws IOException {
    final EngineSettings usual = load("preset = throughput").engine();
    final EngineSettings fast = load("preset = latency", "pipeline.claim = 3").engine();

    assertEquals(load("").engine(), usual);
    assertEquals(
        new PipelineSettings(ThreadingMode.PIPELINED, 4096, 3, WaitMode.SPIN, false),
        fast.pipeline());
    assertEquals(16 << 10, fast.journal().blockBytes());
    assertEquals(usual.journal().minFreeBytes(), fast.journal().minFreeBytes());
    assertEquals(usual.map(), fast.map());
    assertEquals(fast, EngineConfig.parse(fast.text()));
  }

  @Test
  void shouldLetAPresetDecideNothingOfTheMap() throws IOException {
    assertEquals(
        List.of(at(2) + "presets.mine.map: got this section, expected journal or pipeline"),
        problems("preset = mine", "presets.mine { map { resolution-bps = 3 } }"));
  }

  @Test
  void shouldHaveShardsOnlyWhereThereAreThreads() throws IOException {
    final LiqmapConfig sharded = load("pipeline.shards = 4");

    assertEquals(4, sharded.engine().pipeline().shards());
    assertEquals(1, sharded.engine().withMode(ThreadingMode.INLINE).pipeline().shards());
    assertEquals(
        List.of(
            at(2) + "pipeline.shards: got 4, expected 1, or mode pipelined: inline has one thread"),
        problems("pipeline.mode = inline", "pipeline.shards = 4"));
  }

  @Test
  void shouldReadJournalsThatWereMadeBeforeThereWereShards() throws IOException {
    final EngineSettings engine = load("").engine();
    final String older = engine.text().replaceFirst("pipeline.shards = 1\n", "");

    assertNotEquals(older, engine.text());
    assertEquals(engine, EngineConfig.parse(older));
  }

  @Test
  void shouldChangeTheModeAlone() throws IOException {
    final EngineSettings config = load("pipeline.claim = 64").engine();
    final EngineSettings inline = config.withMode(ThreadingMode.INLINE);

    assertEquals(ThreadingMode.INLINE, inline.pipeline().mode());
    assertEquals(64, inline.pipeline().claim());
    assertEquals(inline, EngineConfig.parse(inline.text()));
    assertEquals(config, inline.withMode(ThreadingMode.PIPELINED));
  }

  /** The place of a line in the shipped instruments. */
  private static String shipped(final String line) throws IOException {
    final Path file = DEFAULTS.resolve("instruments.conf");
    return file + ":" + (Files.readAllLines(file).indexOf("    " + line) + 1);
  }
}
