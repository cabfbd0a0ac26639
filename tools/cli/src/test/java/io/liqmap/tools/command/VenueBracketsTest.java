package io.liqmap.tools.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.margin.Bracket;
import io.liqmap.engine.core.margin.BracketCatalog;
import io.liqmap.engine.core.margin.BracketTable;
import io.liqmap.engine.core.margin.Dated;
import io.liqmap.engine.core.margin.InstrumentName;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.settings.LiqmapConfig;
import io.liqmap.engine.support.RealData;
import io.liqmap.tools.command.Cli.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables in the form that Bybit, OKX and Hyperliquid publish. */
final class VenueBracketsTest {
  /** The first rows that Bybit shows for BTCUSDT, in the form of its API. */
  private static final String LINEAR =
      bybit(
          "linear",
          risk("BTCUSDT", 1, 2_600_000, "0.0056", "0.0111", "90", "1200"),
          risk("BTCUSDT", 1, 2_000_000, "0.005", "0.01", "100.00", "")
              .replace("'isLowestRisk':0", "'isLowestRisk':1"),
          risk("BTCUSDT", 1, 3_200_000, "0.0063", "0.0125", "80", "3020"));

  /** As OKX gave them on 2026-09-18 (contracts of 0.01 BTC). */
  private static final String OKX =
      "{'code':'0','msg':'','data':[%s,%s,%s]}"
          .formatted(
              tier(2, "1000.01", "5000", "0.005", "66.66"),
              tier(1, "0", "1000", "0.004", "100"),
              tier(3, "5000.01", "20000", "0.0075", "50"));

  private static final String META =
      "{'universe':[{'szDecimals':5,'name':'BTC','maxLeverage':40,'marginTableId':56},"
          + "{'name':'ATOM','maxLeverage':5,'marginTableId':5},"
          + "{'name':'MATIC','maxLeverage':20,'marginTableId':20,'isDelisted':true}],'marginTables':[[56,{'description':'tiered"
          + " 40x','marginTiers':["
          + "{'lowerBound':'0.0','maxLeverage':40},{'lowerBound':'150000000.0','maxLeverage':20}]}]],"
          + "'collateralToken':0}";

  @TempDir private Path folder;

  private static String bybit(final String category, final String... rows) {
    return "{'retCode':0,'retMsg':'OK','result':{'category':'"
        + category
        + "','list':[\n"
        + String.join(",\n", rows)
        + "],'nextPageCursor':''},'time':1}";
  }

  private static String risk(
      final String symbol,
      final int id,
      final double limit,
      final String rate,
      final String initial,
      final String leverage,
      final String deduction) {
    return "{'id':%d,'symbol':'%s','riskLimitValue':'%.0f','maintenanceMargin':'%s','initialMargin':'%s','isLowestRisk':0,'maxLeverage':'%s','mmDeduction':'%s'}"
        .formatted(id, symbol, limit, rate, initial, leverage, deduction);
  }

  private static String tier(
      final int number,
      final String from,
      final String to,
      final String rate,
      final String leverage) {
    return "\n{'instFamily':'BTC-USDT','uly':'BTC-USDT','instId':'','tier':'%d','minSz':'%s','maxSz':'%s','mmr':'%s','imr':'0.01','maxLever':'%s'}"
        .formatted(number, from, to, rate, leverage);
  }

  private Path out() {
    return folder.resolve("brackets.conf");
  }

  private Ran brackets(final String format, final String json, final Object... words)
      throws IOException {
    final Path input = Files.writeString(folder.resolve("answer.json"), json.replace('\'', '"'));
    return Cli.run(
        Stream.concat(
                Stream.of("brackets", "--format", format, "--seen", "2026-09-18", "--out", out()),
                Stream.concat(Stream.of(words), Stream.of(input)))
            .toArray());
  }

  private LiqmapConfig config() {
    return LiqmapConfig.load(out(), RealData.root().resolve("config"));
  }

  private List<Bracket> rows(final String symbol) {
    final Dated<BracketTable> tables =
        config().engine().map().brackets().byName().get(instrument(symbol).name());
    return tables.value(tables.size() - 1).brackets();
  }

  /** The one that the settings have last: of venues with the same symbol that of the file. */
  private InstrumentDefinition instrument(final String symbol) {
    return config().instruments().stream()
        .filter((i) -> i.symbol().equals(symbol))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  @Test
  void shouldDefineBybitsInstrumentBesideBinancesOfTheSameSymbol() throws IOException {
    brackets("bybit", LINEAR)
        .done()
        .says("1 instruments, 3 brackets, as seen on 2026-09-18", "1 newly defined, 0 of");
    assertEquals(
        List.of(
            new Bracket(0, 2e6, 0.005, 0, 100),
            new Bracket(2e6, 2.6e6, 0.0056, 1_200, 90),
            new Bracket(2.6e6, 3.2e6, 0.0063, 3_020, 80)),
        rows("BTCUSDT").stream().map(VenueBracketsTest::rounded).toList());
    assertEquals("bybit", instrument("BTCUSDT").venue());
    assertEquals("BOTH", instrument("BTCUSDT").openInterestSides().toString());
    assertEquals(6, instrument("BTCUSDT").id());
    final BracketCatalog catalog = config().engine().map().brackets();
    assertEquals(1, catalog.of(InstrumentName.parse("bybit:BTCUSDT")).size());
    assertEquals(2, catalog.of(InstrumentName.parse("binance-usdm:BTCUSDT")).size());
  }

  private static Bracket rounded(final Bracket row) {
    return new Bracket(
        row.floor(),
        row.cap(),
        row.maintenanceRate(),
        Math.rint(row.maintenanceAmount() * 1e6) / 1e6,
        row.maxLeverage());
  }

  /** An older answer has per cent, and no deduction. */
  @Test
  void shouldReadBybitsPerCentAndCoins() throws IOException {
    brackets(
            "bybit",
            bybit(
                "inverse",
                risk("BTCUSD", 2, 300, "1", "1.5", "66.67", ""),
                risk("BTCUSD", 1, 150, "0.5", "1", "100.00", "")
                    .replace("'isLowestRisk':0", "'isLowestRisk':1")))
        .done()
        .says("1 of config/instruments.conf with one more table", "mmDeduction isn't given");
    assertEquals(
        List.of(new Bracket(0, 150, 0.005, 0, 100), new Bracket(150, 300, 0.01, 0.75, 66.67)),
        rows("BTCUSD").stream().map(VenueBracketsTest::rounded).toList());
  }

  @Test
  void shouldTurnOkxSizesIntoNotionalAtAPrice() throws IOException {
    brackets("okx", OKX, "--price", 80_000).done().says("at a price of 80000");
    final List<Bracket> rows = rows("BTC-USDT-SWAP");
    assertEquals(1_000 * 0.01 * 80_000, rows.get(0).cap(), 1e-6);
    assertEquals(5_000 * 0.01 * 80_000, rows.get(1).cap(), 1e-6);
    assertEquals(66.66, rows.get(1).maxLeverage());
    assertEquals(0.0075, rows.get(2).maintenanceRate());
  }

  @Test
  void shouldHalveTheInitialMarginOfHyperliquidsTiers() throws IOException {
    brackets("hyperliquid", META).done().says("2 instruments, 3 brackets");
    assertEquals(
        new Bracket(150e6, 1e18, 1 / 40.0, 150e6 * (1 / 40.0 - 1 / 80.0), 20), rows("BTC").get(1));
    assertEquals(List.of(new Bracket(0, 1e18, 0.1, 0, 5)), rows("ATOM"));
    assertEquals("hyperliquid", instrument("ATOM").venue());
    assertTrue(config().instruments().stream().noneMatch((i) -> i.symbol().equals("MATIC")));
    brackets("hyperliquid", "[" + META + ",[]]", "--symbols", "MATIC").done();
    assertEquals(1 / 40.0, rows("MATIC").get(0).maintenanceRate());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'1200' | '1201' | tier 2: its deduction is 1201, the tiers before it give 1200",
        "'isLowestRisk':1 | 'isLowestRisk':0 | its lowest tier is missing",
        "'0.01' | '0.5' | is neither 1 / maxLeverage nor 100 / maxLeverage",
        "'3200000' | '2600000' | bracket 3: its cap is 2600000.0, not above its floor",
        "'0.0056' | '0.005' | its deduction is 1200, the tiers before it give 0",
        "'80' | '95' | bracket 3: its leverage is 95.0, expected 1 to 90",
        "'maxLeverage' | 'lever' | there is no maxLeverage here",
        "'3020' | 'many' | mmDeduction is 'many', expected a number of 0 or more",
        "'retCode':0 | 'retCode':10001 | the venue refused the request: retCode 10001",
        "BTCUSDT | BTC-27DEC24 | names no base and quote that are known",
        "'list' | 'rows' | there is no list here",
      })
  void shouldRefuseRiskLimitsThatDoNotHoldTogether(
      final String what, final String by, final String message) throws IOException {
    brackets("bybit", LINEAR.replace(what, by))
        .exits(3)
        .complains("answer.json: line ", message, "correct the file or get it again");
    assertFalse(Files.exists(out()));
  }

  /** A tier that is left out shows in the deduction of the next. */
  @Test
  void shouldFindAHoleInRiskLimits() throws IOException {
    brackets(
            "bybit",
            bybit(
                    "linear",
                    risk("BTCUSDT", 1, 2_000_000, "0.005", "0.01", "100.00", ""),
                    risk("BTCUSDT", 1, 3_200_000, "0.0063", "0.0125", "80", "3020"))
                .replace("'isLowestRisk':0", "'isLowestRisk':1"))
        .exits(3)
        .complains("a tier may be missing");
  }

  @Test
  void shouldSayThatAnAnswerHasMorePages() throws IOException {
    brackets("bybit", LINEAR.replace("'nextPageCursor':''", "'nextPageCursor':'x'"))
        .done()
        .says("the answer has another page");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1000.01 | 1002 | tier 2: its minSz is 1002, the maxSz of the one before 1000",
        "1000.01 | 999 | tier 2: its minSz is 999, the maxSz of the one before 1000",
        "'0.005' | '0.004' | bracket 2: its maintenance rate is 0.004, expected above 0.004",
        "BTC-USDT | XRP-USDT | describe the instrument in the settings first",
        "'instFamily':'BTC-USDT','uly':'BTC-USDT' | 'instFamily':'','uly':'' | as for spot margin",
        "'code':'0' | 'code':'51000' | the venue refused the request: code 51000",
        "'minSz':'0' | 'minSz':'1' | tier 1: its minSz is 1, the maxSz of the one before 0",
      })
  void shouldRefusePositionTiersThatDoNotHoldTogether(
      final String what, final String by, final String message) throws IOException {
    brackets("okx", OKX.replace(what, by), "--price", 80_000)
        .exits(3)
        .complains("answer.json: line ", message);
    assertFalse(Files.exists(out()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'0.0' | '10.0' | its first margin tier begins at 10.0 with 40x, expected 0 with the"
            + " asset's 40x",
        "'maxLeverage':40,'marginTableId' | 'maxLeverage':50,'marginTableId' | expected 0 with the"
            + " asset's 50x",
        "'marginTableId':56 | 'marginTableId':57 | its margin table 57 isn't in the answer",
        "'maxLeverage':20} | 'maxLeverage':40} | bracket 2: its maintenance rate",
        "'collateralToken':0 | 'collateralToken':235 | collateralToken isn't 0 (USDC)",
        "'marginTables' | 'tables' | there is no marginTables here",
        "{'universe' | {{'universe' | no JSON here",
      })
  void shouldRefuseMarginTablesThatDoNotHoldTogether(
      final String what, final String by, final String message) throws IOException {
    brackets("hyperliquid", META.replace(what, by))
        .exits(3)
        .complains("answer.json: line ", message);
    assertFalse(Files.exists(out()));
  }
}
