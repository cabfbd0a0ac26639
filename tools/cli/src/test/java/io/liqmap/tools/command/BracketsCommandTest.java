package io.liqmap.tools.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.liqmap.engine.core.margin.BracketTable;
import io.liqmap.engine.core.margin.Dated;
import io.liqmap.engine.core.margin.InstrumentName;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.settings.LiqmapConfig;
import io.liqmap.engine.support.RealData;
import io.liqmap.tools.brackets.BracketFormat;
import io.liqmap.tools.brackets.VenueBrackets;
import io.liqmap.tools.brackets.VenueTiers;
import io.liqmap.tools.command.Cli.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Leverage tiers to settings. */
@Tag("slow")
final class BracketsCommandTest {
  private static final InstrumentName BITCOIN = InstrumentName.parse("binance-usdm:BTCUSDT");

  private static final String FIRST = tier(0, 5_000, .01, 50, 0);
  private static final String SECOND = tier(5_000, 50_000, .02, 25, 50);

  @TempDir private Path folder;

  private static String tier(
      final double floor,
      final double cap,
      final double rate,
      final double leverage,
      final double amount) {
    return "{\"tier\": 1.0, \"currency\": \"USDT\", \"minNotional\": "
        + floor
        + ", \"maxNotional\": "
        + cap
        + ", \"maintenanceMarginRate\": "
        + rate
        + ", \"maxLeverage\": "
        + leverage
        + ", \"info\": {\"bracket\": \"1\", \"cum\": \""
        + amount
        + "\"}}";
  }

  private static LiqmapConfig load(final Path config) {
    return LiqmapConfig.load(config, RealData.root().resolve("config"));
  }

  private static List<VenueBrackets> tables(final Path input) throws IOException {
    return new VenueTiers(List.of(), OptionalDouble.empty())
        .read(BracketFormat.BINANCE, input, List.of());
  }

  private Path write(final String json) throws IOException {
    return Files.writeString(folder.resolve("tiers.json"), json);
  }

  private Path out() {
    return folder.resolve("brackets.conf");
  }

  private Ran brackets(final Object... words) {
    return Cli.run(
        Stream.concat(
                Stream.of("brackets", "--from", "2024-10-24", "--out", out()), Stream.of(words))
            .toArray());
  }

  @Test
  void shouldDefineWhatIsNewAndExtendWhatIsKnown() throws IOException {
    final Path input =
        write(
            "{\"XRP/USDT:USDT\": ["
                + FIRST
                + ",\n"
                + SECOND
                + "],\n"
                + "\"BTC/USDT:USDT\": ["
                + FIRST
                + "],\n"
                + "\"BTC/USDT:USDT-241227\": ["
                + FIRST
                + "]}");
    Cli.run("brackets", "--from", "2025-01-01", "--out", out(), input)
        .done()
        .says("3 instruments, 4 brackets, from 2025-01-01", "2 newly defined, 1 of config");
    final LiqmapConfig config = load(out());
    final int shipped = load(null).instruments().size();
    assertEquals(
        List.of("XRPUSDT", "BTCUSDT_241227"),
        config.instruments().stream().skip(shipped).map(InstrumentDefinition::symbol).toList());
    for (int i = 0; i < shipped + 2; i++) {
      assertEquals(i, config.instruments().get(i).id());
    }
    assertEquals(10_000_000, config.instruments().get(0).tickSize());
    assertEquals(1, config.instruments().get(shipped).tickSize());
    final Dated<BracketTable> bitcoin = config.engine().map().brackets().of(BITCOIN);
    assertEquals(3, bitcoin.size());
    assertEquals(tables(input).get(1).table(), bitcoin.value(2));
    assertEquals(load(null).engine().map().brackets().of(BITCOIN).value(1), bitcoin.value(1));
  }

  @Test
  void shouldKeepToTheSymbolsAndIdsThatAreAskedFor() throws IOException {
    final Path input =
        write("{\"XRP/USDT:USDT\": [" + FIRST + "], \"ADA/USDT:USDT\": [" + FIRST + "]}");
    brackets("--symbols", "ADAUSDT", "--first-id", 100, input).done();
    final LiqmapConfig config = load(out());
    final int shipped = load(null).instruments().size();
    assertEquals(shipped + 1, config.instruments().size());
    assertEquals(100, config.instruments().get(shipped).id());
    assertEquals(101, config.engine().maxInstruments());
    brackets("--symbols", "ADA", input).exits(2).complains("--symbols ADA: ", "no such symbol");
  }

  @Test
  void shouldNameWhatBreaksATableAndWriteNothing() throws IOException {
    Files.writeString(out(), "what was there before");
    for (final String[] wrong :
        new String[][] {
          {
            tier(5_000, 50_000, .02, 25, 51),
            "bracket 2: its maintenance amount is 51.0, the recurrence gives 50.0"
          },
          {
            tier(6_000, 50_000, .02, 25, 60),
            "bracket 2: its floor is 6000.0, the cap of the one before 5000.0"
          },
          {
            tier(5_000, 4_000, .02, 25, 50),
            "bracket 2: its cap is 4000.0, not above its floor 5000.0"
          },
          {
            tier(5_000, 50_000, .01, 25, 0),
            "bracket 2: its maintenance rate is 0.01, expected above 0.01 and below 1"
          },
          {tier(5_000, 50_000, .02, 75, 50), "bracket 2: its leverage is 75.0, expected 1 to 50.0"},
          {
            SECOND.replace("\"50.0\"", "\"many\""),
            "bracket 2, info.cum is 'many', expected a number of 0 or more"
          },
          {
            SECOND.replace("\"50.0\"", "\"NaN\""),
            "bracket 2, info.cum is 'NaN', expected a number of 0 or more"
          },
          {SECOND.replace("maxNotional", "cap"), "bracket 2 has no maxNotional"},
        }) {
      final Path input = write("{\"XRP/USDT:USDT\": [\n" + FIRST + ",\n" + wrong[0] + "]}");
      brackets(input)
          .exits(3)
          .complains("liqmap: " + input + ": line 3, column ", "XRP/USDT:USDT, " + wrong[1]);
    }
    assertEquals("what was there before", Files.readString(out()));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(2, files.count(), "a draft is left");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"XRP/USDT:USDT\": [ | line 1, column ",
        "{\"XRP/USDT:USDT\": x} | no JSON here",
        "[] | expected an object of symbols",
        "{} | there is no instrument in it",
        "{} {} | something follows the end of the JSON value",
        "{\"XRPUSDT\": []} | isn't of the form BTC/USDT:USDT",
        "{\"BTC/USD:BTC\": []} | is margined in BTC: only linear contracts can be read",
        "{\"XRP/USDT:USDT\": 5} | expected a list of tiers",
        "{\"XRP/USDT:USDT\": [5]} | expected an object of fields at XRP/USDT:USDT, bracket 1",
        "{\"XRP/USDT:USDT\": []} | a bracket table has at least one bracket",
      })
  void shouldSayWhereAFileIsNoTiers(final String json, final String message) throws IOException {
    final Path input = write(json);
    brackets(input).exits(3).complains("liqmap: " + input + ": line 1, column ", message);
    assertFalse(Files.exists(out()));
  }

  @Test
  void shouldRefuseWrongUsage() throws IOException {
    final Path input = write("{\"XRP/USDT:USDT\": [" + FIRST + "]}");
    brackets(folder.resolve("none.json")).exits(3).complains("doesn't exist; check the path");
    brackets(folder).exits(3).complains("isn't a file");
    brackets("--first-id", -1, input).exits(2).complains("--first-id -1: ids are 0 to 65535");
    Cli.run("brackets", "--from", "2024-10-24", "--out", folder, input)
        .exits(2)
        .complains("is a folder; name a file in it");
    Cli.run("brackets", "--from", "2024-10-24", "--out", input, input)
        .exits(2)
        .complains("is the input as well");
    Cli.run("brackets", "--from", "5", "--out", out(), input)
        .exits(2)
        .complains("--from is a date here");
    Cli.run("brackets", "--out", out(), input).exits(2).complains("give the tables' date");
    brackets("--seen", "2024-10-24", input).exits(2).complains("give the tables' date");
    brackets("--price", 60_000, input).exits(2).complains("--price is for okx alone");
    brackets("--format", "okx", input).exits(2).complains("--price is missing");
    brackets("--format", "ftx", input).exits(2).complains("ftx");
    brackets().exits(2).complains("Missing required parameter: 'INPUT'");
    assertFalse(Files.exists(out()));
  }

  @Test
  void shouldKeepAllTablesOfTheRealFile() throws IOException {
    final Path input = RealData.folder("").resolve("binance-usdm-leverage-tiers-2024-10.json");
    assumeTrue(Files.exists(input), "skipped: no " + input);
    Cli.run("brackets", "--seen", "2024-10-24", "--out", out(), input)
        .done()
        .says("349 instruments, 2,805 brackets, as seen on 2024-10-24");
    final LiqmapConfig config = assertTimeout(Duration.ofSeconds(20), () -> load(out()));
    // Two of other venues are shipped.
    assertEquals(349 + 2, config.engine().map().brackets().byName().size());
    final Set<Integer> ids = new HashSet<>();
    for (final InstrumentDefinition instrument : config.instruments()) {
      assertTrue(ids.add(instrument.id()) && instrument.id() < config.engine().maxInstruments());
    }
    for (final VenueBrackets symbol : tables(input)) {
      final Dated<BracketTable> dated =
          config
              .engine()
              .map()
              .brackets()
              .byName()
              .get(new InstrumentName(symbol.venue(), symbol.symbol()));
      assertEquals(symbol.table(), dated.value(dated.size() - 1), symbol.symbol());
    }
    // What the shipped settings say of three of them is the same.
    final LiqmapConfig shipped = load(null);
    for (final InstrumentDefinition instrument : shipped.instruments()) {
      assertEquals(
          shipped.engine().map().brackets().of(instrument.name()),
          config.engine().map().brackets().of(instrument.name()));
    }
  }
}
