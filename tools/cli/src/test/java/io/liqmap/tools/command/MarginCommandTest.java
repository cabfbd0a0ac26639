package io.liqmap.tools.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.tools.command.Cli.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Liquidation prices of single positions, and formulas that a person can check. */
@Tag("slow")
final class MarginCommandTest {
  @TempDir private Path folder;

  private static Ran margin(final String words) {
    return Cli.run((Object[]) ("margin " + words).split(" "));
  }

  /** Each formula, with its numbers put in, is worked out apart from the engine. */
  @ParameterizedTest
  @CsvSource({
    "--venue binance --contract linear --side long --entry 60000 --quantity 50 --leverage 50"
        + " --symbol BTCUSDT, 59165.576246",
    "--venue binance --contract linear --side short --entry 60000 --quantity 50 --leverage 50"
        + " --symbol BTCUSDT, 60820.792079",
    "--venue binance-usdm --contract LINEAR --side LONG --entry 1456.84 --quantity 3683.979"
        + " --leverage 10 --wallet 1535443.01 --other-maintenance 71200.811444 --other-pnl"
        + " -56354.56848 --mmr 0.1 --amount 135365, 1153.256464",
    "--venue binance --contract inverse --side long --entry 2000 --quantity 1000 --leverage 10"
        + " --mmr 0.005, 1827.272727",
    "--venue bybit --contract linear --side long --entry 20000 --quantity 1 --leverage 50, 19700",
    "--venue bybit --contract inverse --side short --entry 50000 --quantity 60000 --leverage 10"
        + " --mmr 0.005 --at 2026-05-26, 55248.618785",
    "--venue bybit --contract inverse --side long --entry 50000 --quantity 60000 --leverage 10"
        + " --mmr 0.005 --at 2020-01-01, 45662.100457",
    "--venue bybit --contract inverse --side long --entry 8000 --quantity 10000 --leverage 1"
        + " --wallet 0.5 --fee 0.00075 --mmr 0.005 --at 2020-01-01, 5739.083528",
    "--venue bybit --contract inverse --side long --entry 2000 --quantity 1000 --leverage 10 --mmr"
        + " 0.005, 1827.272727",
    "--venue bybit --contract inverse --side short --entry 2000 --quantity 1000 --leverage 10"
        + " --wallet 0.06 --fee 0.00055 --mmr 0.005, 2261.391919",
    "--venue okx --contract linear --side long --entry 0.4 --quantity 500 --leverage 5 --wallet"
        + " 40.096 --fee 0.0006 --mmr 0.01, 0.323234283",
    "--venue okx --contract inverse --side short --entry 2000 --quantity 1000 --leverage 10 --mmr"
        + " 0.005, 2211.111111",
    "--venue hyperliquid --contract linear --side short --entry 60000 --quantity 1 --leverage 20"
        + " --mmr 0.0125, 62222.222222",
    "--venue bitmex --contract inverse --side long --entry 40000 --quantity 30000 --leverage 25"
        + " --fee 0.00075 --mmr 0.005, 38619.357953"
  })
  void shouldPrintAFormulaThatGivesItsPrice(final String words, final double expected) {
    final Map<String, Object> json = margin(words + " --json").done().json();
    assertEquals(expected, JsonText.number(json, "liquidationPrice"), 6e-7);
    final String calculation = JsonText.string(json, "calculation");
    assertTrue(calculation.startsWith("LP = "), calculation);
    assertEquals(
        JsonText.number(json, "liquidationPrice"),
        new Arithmetic(calculation.substring(5)).result(),
        1e-9 * expected,
        calculation);
    margin(words).done().says("liquidation price   ", calculation, "One hypothetical position");
  }

  @Test
  void shouldNameEveryTerm() {
    final String words =
        "--venue binance --contract linear --side long --entry 60000 --quantity 10.2 --leverage 20"
            + " --symbol BTCUSDT";
    final Map<String, Object> json = margin(words + " --json").done().json();
    final Map<?, ?> bracket = JsonText.map(json, "bracket");
    assertEquals(2, JsonText.whole(bracket, "number"));
    assertEquals(50_000, JsonText.number(bracket, "floor"));
    assertEquals(600_000, JsonText.number(bracket, "cap"));
    assertEquals(.005, JsonText.number(json, "mmr"));
    assertEquals(50, JsonText.number(json, "maintenanceAmount"));
    assertEquals(57_000, JsonText.number(json, "bankruptcyPrice"), 1e-6);
    assertEquals("at-price", JsonText.string(json, "outcome"));
    assertEquals("isolated", JsonText.string(json, "margin"));
    margin(words)
        .done()
        .says(
            "57281.505567",
            "2: from 50000 to 600000 quote, at most 100x, by the notional at liquidation (BTCUSDT,"
                + " binance-usdm's table as seen on 2024-10-24)",
            "LP = (WB − TMM + UPNL + cum − side·Q·EP) / (Q·MMR − side·Q)",
            "b3c689c1f50a44cabb3a84e663b81d93",
            "isolated margin");
    margin(words + " --at 2022-01-01")
        .done()
        .says("BTCUSDT, binance-usdm's table in force from 2021-03-18");
  }

  @Test
  void shouldSayWhatHasNoPrice() {
    final String paid =
        "--venue binance --contract linear --side long --entry 100 --quantity 1 --leverage 1";
    margin(paid).done().says("none: no price uses the margin up");
    final Map<String, Object> json = margin(paid + " --json").done().json();
    assertTrue(json.containsKey("liquidationPrice"));
    assertNull(json.get("liquidationPrice"));
    assertEquals("never", JsonText.string(json, "outcome"));
    final String steep =
        "--venue binance --contract linear --side short --entry 100 --quantity 1 --leverage 500";
    margin(steep)
        .done()
        .says("liquidated at once", "grants at most 100x: the venue would not open it at 500x");
    assertEquals("at-once", JsonText.string(margin(steep + " --json").done().json(), "outcome"));
  }

  @Test
  void shouldWarnOfBracketsThatAreNotTheVenues() {
    final String words =
        "--venue bybit --contract linear --side long --entry 60000 --quantity 1 --leverage 10";
    margin(words).done().says("the standard brackets are no venue's rule for an instrument");
    margin(words + " --symbol BTCUSDT")
        .done()
        .says("these brackets are binance-usdm's, not bybit's");
  }

  @Test
  void shouldTakeBracketsInCoinsFromAFile() throws IOException {
    final Path config = folder.resolve("coin.conf");
    Files.writeString(
        config,
"""
instruments = [ {
  id = 9, symbol = "BTCUSD_PERP", venue = "binance-coin", base = "BTC", quote = "USD", contract = inverse
  tick-size = "0.1", lot-size = 1, contract-multiplier = 100, open-interest { unit = contracts, sides = one }
  brackets = [ { from = "2024-01-01", table = [
    { floor = 0, cap = 5, rate = 0.004, amount = 0, max-leverage = 125 }
    { floor = 5, cap = 10, rate = 0.005, amount = 0.005, max-leverage = 100 }
  ] } ]
} ]
""");
    final String words =
        "--venue binance --contract inverse --side long --entry 50000 --quantity 240000 --leverage"
            + " 10 --config "
            + config;
    // 4.8 BTC at entry are more than 5 BTC at liquidation.
    final Map<String, Object> json = margin(words + " --symbol BTCUSD_PERP --json").done().json();
    assertEquals(2, JsonText.whole(JsonText.map(json, "bracket"), "number"));
    assertEquals(
        240_000 * 1.005 / (.48 + .005 + 4.8), JsonText.number(json, "liquidationPrice"), 1e-6);
    assertEquals(List.of(), JsonText.list(json, "notes"));
    margin(words + " --symbol BTCUSDT")
        .exits(2)
        .complains("--symbol BTCUSDT is linear, --contract inverse");
    margin(words).exits(2).complains("the standard brackets are of linear contracts", "--mmr");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--venue kraken | --venue kraken isn't known; known are binance, binance-usdm,"
            + " binance-coinm, bybit, okx, hyperliquid, bitmex",
        "--venue hyperliquid --contract inverse | --venue hyperliquid has no inverse contracts"
            + " here, only linear",
        "--venue bitmex | --venue bitmex has no linear contracts here, only inverse",
        "--entry 0 | --entry 0.0: has to be a number above 0",
        "--entry NaN | --entry NaN: has to be a number above 0",
        "--entry abc | 'abc' is not a double",
        "--quantity -1 | --quantity -1.0: has to be a number above 0",
        "--quantity Infinity | --quantity Infinity: has to be a number above 0",
        "--quantity 1e300 | beyond what can be calculated",
        "--leverage 0.5 | --leverage 0.5: has to be 1 or more",
        "--leverage NaN | --leverage NaN: has to be 1 or more",
        "--wallet 0 | --wallet 0.0: has to be a number above 0",
        "--other-pnl 5 | are shares in a --wallet",
        "--wallet 5 --other-maintenance -1 | --other-maintenance -1.0: has to be 0 or more",
        "--wallet 5 --other-pnl NaN | --other-pnl NaN: has to be a finite number",
        "--fee 0.001 | --fee: the formula of --venue binance has no fee",
        "--venue okx --fee 5 | --fee 5.0: is a share, such as 0.005 for 0.5 %",
        "--mmr 5 | --mmr 5.0: is a share",
        "--mmr 0 | --mmr 0.0: is a share",
        "--mmr 0.005 --symbol BTCUSDT | --mmr and --symbol both say which bracket holds",
        "--amount 5 | --amount goes with --mmr",
        "--venue okx --mmr 0.005 --amount 5 | has no maintenance amount",
        "--symbol NOPE | --symbol NOPE isn't configured; known are BTCUSDT, ETHUSDT, SOLUSDT",
        "--at 12345 | --at is a time here",
        "--at yesterday | 'yesterday' is neither a time nor a sequence",
        "--side both | expected one of [LONG, SHORT]",
      })
  void shouldRefuseWrongUsage(final String words, final String message) {
    String all = words;
    for (final String given :
        new String[] {
          "--venue binance",
          "--contract linear",
          "--side long",
          "--entry 100",
          "--quantity 1",
          "--leverage 10"
        }) {
      final String option = given.substring(0, given.indexOf(' ') + 1);
      all = all.contains(option) ? all : all + " " + given;
    }
    margin(all).exits(2).complains(message, "Usage: liqmap margin");
  }

  /** Works out what a person would: numbers, brackets, and the four operations. */
  private static final class Arithmetic {
    private final String text;
    private int at;

    Arithmetic(final String expression) {
      text = expression.replace('−', '-').replace(" ", "");
    }

    double result() {
      final double value = sum();
      assertEquals(text.length(), at, text);
      return value;
    }

    private double sum() {
      double value = product();
      while (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
        value += text.charAt(at++) == '+' ? product() : -product();
      }
      return value;
    }

    private double product() {
      double value = factor();
      while (at < text.length() && (text.charAt(at) == '·' || text.charAt(at) == '/')) {
        if (text.charAt(at++) == '·') {
          value *= factor();
        } else {
          value /= factor();
        }
      }
      return value;
    }

    private double factor() {
      if (text.charAt(at) == '(') {
        at++;
        final double value = sum();
        at++;
        return value;
      }
      final int start = at++;
      while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
        at++;
      }
      return Double.parseDouble(text.substring(start, at));
    }
  }
}
