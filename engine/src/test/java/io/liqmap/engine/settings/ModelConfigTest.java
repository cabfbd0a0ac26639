package io.liqmap.engine.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.map.MapSettings;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.DistanceTier;
import io.liqmap.engine.core.model.LeverageTier;
import io.liqmap.engine.core.model.ModelSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models, their profiles and price structure, as files of settings give them. */
final class ModelConfigTest extends UserSettings {
  private static final String ALONE = "map.models = [mine]";
  private static final String[] MINE = {
    "size-classes.tiny = 1",
    "profiles.one = [ { leverage = 500, size = tiny, share = 1 } ]",
    "models.mine {",
    "  weight = 0, profile = one, maintenance = none",
    "  entries { turnover = 1, taker-lean = 1, min-trade-notional = 1e12 }",
    "  exits { age-half-life = 1m, profit-bps = 1 }",
    "  skew {",
    "    funding { leverage = -2, lean = -1 }, taker-flow { leverage = 2, lean = 1 }",
    "    accounts { leverage = 0.5, lean = -0.5 }",
    "  }",
    "}",
  };

  @Test
  void shouldTakeAModelOfTheUsersOwn() throws IOException {
    final MapSettings map = load(concat(MINE, ALONE)).engine().map();

    final ModelSettings mine = map.models().get(0);
    assertEquals(1, map.models().size());
    assertEquals("mine", mine.name());
    assertEquals(0, mine.weight());
    assertEquals(Duration.ofMinutes(1).toNanos(), mine.exits().ageHalfLifeNanos());
    assertEquals(-2, mine.skew().funding().leverage());
    assertEquals(1, mine.skew().takerFlow().lean());
    assertEquals(-0.5, mine.skew().accounts().lean());
    final LeverageTier tier = (LeverageTier) mine.profile().get(0);
    assertEquals(500, tier.leverage());
    assertEquals("tiny", tier.size().name());
    assertEquals(1, tier.size().notional());
  }

  @Test
  void shouldRunTheModelsInTheOrderThatTheMapNames() throws IOException {
    final MapSettings map = load(concat(MINE, "map.models = [oi-delta, mine]")).engine().map();

    assertEquals(
        List.of("oi-delta", "mine"), map.models().stream().map(ModelSettings::name).toList());
    assertEquals(1, map.model("mine"));
    assertEquals(-1, map.model("blend"));
  }

  @Test
  void shouldTakeModelsThatAllWeighNothing() throws IOException {
    final MapSettings map =
        load("map.models = [blend, oi-delta]", "models { blend.weight = 0, oi-delta.weight = 0 }")
            .engine()
            .map();

    assertEquals(List.of(0.0, 0.0), map.models().stream().map(ModelSettings::weight).toList());
  }

  @Test
  void shouldTakeTheEndsOfEachRangeOfStructure() throws IOException {
    final MapSettings map =
        load(
                "structure { volume-half-life = 1m, value-area = 0.95, swing-bps = [1, 9000]",
                "trend-windows = [1m, 3650d], trend-dead-band-bps = 0 }")
            .engine()
            .map();

    assertEquals(List.of(1, 9_000), map.structure().scalesBps());
    assertEquals(
        List.of(Duration.ofMinutes(1).toNanos(), Duration.ofDays(3_650).toNanos()),
        map.structure().windowsNanos());
    assertEquals(0.95, map.structure().valueArea());
  }

  @Test
  void shouldTakeForcedForReportedOfAnyVenue() throws IOException {
    final MapSettings map = load("forced-per-reported { bybit = 1, \"a.b\" = 100 }").engine().map();

    assertEquals(1, map.forcedPerReported("bybit"));
    assertEquals(100, map.forcedPerReported("a.b"));
    assertEquals(2.8, map.forcedPerReported("binance-usdm"));
    assertEquals(1, map.forcedPerReported("okx"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "size-classes.small = 0 | got 0, expected a number, above 0, at most 1000000000000",
        "size-classes.small = -20000 | got -20000, expected a number, above 0, at most 1000000000000",
        "size-classes.small = 1000000000001 | got 1000000000001, expected a number, above 0, at most 1000000000000",
        "size-classes.small = tiny | got \"tiny\", expected a number, above 0, at most 1000000000000",
        "models.blend = fine-low | got \"fine-low\", expected an object { … }",
        "models.blend.weight = -1 | got -1, expected a number, 0 to 1000000",
        "models.blend.weight = 1000001 | got 1000001, expected a number, 0 to 1000000",
        "models.blend.profile = fine-hgih | got \"fine-hgih\", expected a name under profiles: [fine-low, four-equal, hyperliquid-2026, ladder]",
        "models.blend.maintenance = exchange | got \"exchange\", expected venue or none",
        "models.blend.entries.turnover = -0.01 | got -0.01, expected a number, 0 to 1",
        "models.blend.entries.turnover = NaN | got \"NaN\", expected a number, 0 to 1",
        "models.blend.entries.taker-lean = 1.5 | got 1.5, expected a number, 0 to 1",
        "models.blend.entries.min-trade-notional = -1 | got -1, expected a number, 0 to 1000000000000",
        "models.blend.entries = 1 | got 1, expected an object { … }",
        "models.blend.exits.age-half-life = 59s | got 59s, expected 0s, or 1m or more",
        "models.blend.exits.age-half-life = 3600 | got 3600, expected a duration with its unit, 0s to 36500d, such as 60s",
        "models.blend.exits.age-half-life = -1h | got \"-1h\", expected a duration with its unit, 0s to 36500d, such as 60s",
        "models.blend.exits.age-half-life = 40000d | got \"40000d\", expected a duration with its unit, 0s to 36500d, such as 60s",
        "models.blend.exits.profit-bps = 0.5 | got 0.5, expected 0, or 1 to 100000",
        "models.blend.exits.profit-bps = -1 | got -1, expected a number, 0 to 100000",
        "models.blend.exits.profit-bps = 100001 | got 100001, expected a number, 0 to 100000",
        "models.blend.skew.funding.leverage = 2.5 | got 2.5, expected a number, -2 to 2",
        "models.blend.skew.taker-flow.lean = -1.5 | got -1.5, expected a number, -1 to 1",
        "models.blend.skew.accounts.leverage = -2.01 | got -2.01, expected a number, -2 to 2",
        "models.blend.skew.accounts = 0 | got 0, expected an object { … }",
        "map.models = [] | got a list of 0, expected a list [ … ] of 1 to 16 texts",
        "map.models = blend | got \"blend\", expected a list [ … ] of 1 to 16 texts",
        "map.models = [blend, oi-delta, blend] | got [blend, oi-delta, blend], expected each of them once",
        "map.models = [blend, blned] | got \"blned\", expected names under models: [blend, ladder, oi-delta, taker-volume, volume-ladder]",
        "map.models = [consensus] | got \"consensus\", expected names under models: [blend, ladder, oi-delta, taker-volume, volume-ladder]",
        "map.models = [blend, \" \"] | got \" \", expected a text",
        "forced-per-reported.binance-usdm = 0.5 | got 0.5, expected a number, 1 to 100",
        "forced-per-reported.okx = 101 | got 101, expected a number, 1 to 100",
        "forced-per-reported.okx = many | got \"many\", expected a number, 1 to 100",
        "structure.volume-half-life = 59s | got \"59s\", expected a duration with its unit, 1m to 3650d, such as 60s",
        "structure.volume-half-life = 3651d | got \"3651d\", expected a duration with its unit, 1m to 3650d, such as 60s",
        "structure.volume-half-life = 3 | got 3, expected a duration with its unit, 1m to 3650d, such as 60s",
        "structure.value-area = 0.49 | got 0.49, expected a number, 0.5 to 0.95",
        "structure.value-area = 70 | got 70, expected a number, 0.5 to 0.95",
        "structure.swing-bps = 50 | got 50, expected a list [ … ] of 1 to 8 whole numbers, 1 to 9000",
        "structure.swing-bps = [] | got a list of 0, expected a list [ … ] of 1 to 8 whole numbers, 1 to 9000",
        "structure.swing-bps = [1,2,3,4,5,6,7,8,9] | got a list of 9, expected a list [ … ] of 1 to 8 whole numbers, 1 to 9000",
        "structure.swing-bps = [50, 500, 150] | got [50,500,150], expected each of them above the one before",
        "structure.swing-bps = [50, 50] | got [50,50], expected each of them above the one before",
        "structure.swing-bps = [0, 50] | got 0, expected whole numbers, 1 to 9000",
        "structure.swing-bps = [50, 9001] | got 9001, expected whole numbers, 1 to 9000",
        "structure.swing-bps = [50, 99.5] | got 99.5, expected whole numbers, 1 to 9000",
        "structure.swing-bps = [50, wide] | got \"wide\", expected whole numbers, 1 to 9000",
        "structure.trend-windows = [6h, 1h] | got [\"6h\",\"1h\"], expected each of them above the one before",
        "structure.trend-windows = [60m, 1h] | got [\"60m\",\"1h\"], expected each of them above the one before",
        "structure.trend-windows = [1h, 7200] | got 7200, expected durations with their units, 1m to 3650d",
        "structure.trend-windows = [30s, 1h] | got \"30s\", expected durations with their units, 1m to 3650d",
        "structure.trend-windows = [1h, 4000d] | got \"4000d\", expected durations with their units, 1m to 3650d",
        "structure.trend-windows = [] | got a list of 0, expected a list [ … ] of 1 to 8 durations with their units, 1m to 3650d",
        "structure.trend-windows = 1h | got \"1h\", expected a list [ … ] of 1 to 8 durations with their units, 1m to 3650d",
        "structure.trend-dead-band-bps = -1 | got -1, expected a number, 0 to 1000",
        "structure.trend-dead-band-bps = 1001 | got 1001, expected a number, 0 to 1000",
        "structure = none | got \"none\", expected an object { … }",
      })
  void shouldRefuseModelsThatCannotBe(final String line, final String complaint)
      throws IOException {
    final String key = line.substring(0, line.indexOf(' '));
    assertEquals(List.of(at(2) + key + ": " + complaint), problems("", line));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "leverage = 1, size = small, share = 1 | leverage: got 1, expected a number, above 1, at most 500",
        "leverage = 500.5, size = small, share = 1 | leverage: got 500.5, expected a number, above 1, at most 500",
        "leverage = -10, size = small, share = 1 | leverage: got -10, expected a number, above 1, at most 500",
        "leverage = ten, size = small, share = 1 | leverage: got \"ten\", expected a number, above 1, at most 500",
        "leverage = 10, size = small, share = 0 | share: got 0, expected a number, above 0, at most 1",
        "leverage = 10, size = small, share = 1.01 | share: got 1.01, expected a number, above 0, at most 1",
        "leverage = 10, size = small, share = 100% | share: got \"100%\", expected a number, above 0, at most 1",
        "leverage = 10, size = smal, share = 1 | size: got \"smal\", expected a name under size-classes: [large, medium, small]",
        "leverage = 10, size = 20000, share = 1 | size: got 20000, expected a text of 1 to 64 characters",
        "leverage = 10, share = 1 | size: missing, expected a text of 1 to 64 characters",
        "size = small, share = 1 | leverage: missing, expected a number, above 1, at most 500",
        "leverage = 10, size = small, share = 1, mmr = 0.01 | mmr: unknown key, expected one of from, leverage, long, out-of-reach, share, short, size, to",
      })
  void shouldRefuseAProfilesLine(final String tier, final String complaint) throws IOException {
    assertEquals(
        List.of(at(1) + "profiles.fine-low[0]." + complaint),
        problems("profiles.fine-low = [ { " + tier + " } ]"));
  }

  @ParameterizedTest
  @CsvSource({"0.5 0.4999, 0.9999", "0.5 0.3 0.3, 1.1", "0.999999998, 0.999999998"})
  void shouldRefuseAProfileWhoseSharesDoNotAddUp(final String shares, final String sum)
      throws IOException {
    assertEquals(
        List.of(
            at(1)
                + "profiles.mine: got shares of longs that add up to "
                + sum
                + ", expected 1 altogether, with a line { out-of-reach = true, … } for what no"
                + " price liquidates"),
        problems("profiles.mine = " + profile(shares.split(" ", -1))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "from = 0, to = 0.1, share = 1 | from: got 0, expected a number, above 0, at most 3",
        "from = 0.1, share = 1 | to: missing, expected a number, above 0, at most 3",
        "from = 0.1, to = 4, share = 1 | to: got 4, expected a number, above 0, at most 3",
        "from = 0.1, to = 0.2, long = 1 | short: missing, expected a number, 0 to 1",
        "from = 0.1, to = 0.2, long = 1, short = 1.5 | short: got 1.5, expected a number, 0 to 1",
        "out-of-reach = false, share = 1 | out-of-reach: got false, expected true, or no such key",
      })
  void shouldRefuseALineByDistance(final String tier, final String complaint) throws IOException {
    final List<String> problems = problems("profiles.mine = [ { " + tier + " } ]");
    assertTrue(problems.contains(at(1) + "profiles.mine[0]." + complaint), problems::toString);
  }

  @Test
  void shouldRefuseDistancesThatDoNotRise() throws IOException {
    assertTrue(
        problems("profiles.mine = [ { from = 0.2, to = 0.1, share = 1 } ]")
            .get(0)
            .startsWith(at(1) + "profiles.mine[0]: distances have to be above 0, rising"));
  }

  @Test
  void shouldRefuseAProfileThatIsOutOfReachAltogether() throws IOException {
    assertEquals(
        List.of(
            at(1)
                + "profiles.mine: got no line with a liquidation price, expected a line by"
                + " leverage or by distance"),
        problems("profiles.mine = [ { out-of-reach = true, share = 1 } ]"));
  }

  @Test
  void shouldRefuseToLearnAProfileByLeverage() throws IOException {
    final List<String> problems = problems("models.blend.profile = ladder");

    assertEquals(1, problems.size(), problems::toString);
    assertTrue(problems.get(0).contains("set learning.mode = off"), problems::toString);
  }

  @Test
  void shouldTakeSharesOfEachSide() throws IOException {
    final LiqmapConfig config =
        load(
            "profiles.hyperliquid-2026 = [",
            "  { from = 1e-2, to = 0.1, long = 0.3, short = 0 }",
            "  { out-of-reach = true, long = 0.7, short = 1 }",
            "]");

    final ModelSettings blend = config.engine().map().models().get(0);
    assertEquals(List.of(new DistanceTier(0.01, 0.1, 0.3, 0)), blend.profile());
    assertEquals(0.7, blend.outOfReach(Side.LONG), 1e-12);
    assertEquals(1, blend.outOfReach(Side.SHORT), 1e-12);
  }

  @Test
  void shouldForgiveWhatSharesLoseInTheirLastDigits() throws IOException {
    final String[] tenths = new String[10];
    Arrays.fill(tenths, "0.1");
    final LiqmapConfig config = load("profiles.ladder = " + profile(tenths));

    assertEquals(10, config.engine().map().models().get(3).profile().size());
  }

  @Test
  void shouldRefuseAProfileOfMoreLinesThanThereMayBe() throws IOException {
    final String[] shares = new String[65];
    Arrays.fill(shares, "0.015625");

    assertEquals(
        List.of(at(1) + "profiles.mine: got 65 of them, expected a list [ … ] of 1 to 64 objects"),
        problems("profiles.mine = " + profile(shares)).subList(0, 1));
    assertEquals(
        64,
        load("profiles.ladder = " + profile(Arrays.copyOf(shares, 64)))
            .engine()
            .map()
            .models()
            .get(3)
            .profile()
            .size());
  }

  @Test
  void shouldRefuseMoreModelsThanThereMayBe() throws IOException {
    final String names =
        IntStream.range(0, 17).mapToObj((i) -> "m" + i).collect(Collectors.joining(", "));

    assertEquals(
        List.of(at(1) + "map.models: got a list of 17, expected a list [ … ] of 1 to 16 texts"),
        problems("map.models = [" + names + "]"));
  }

  @ParameterizedTest
  @CsvSource({"consensus, all models together", "measured, the known positions"})
  void shouldRefuseAModelOfAReservedName(final String name, final String meaning)
      throws IOException {
    final String[] lines = concat(MINE, "");
    lines[2] = "models." + name + " {";

    assertEquals(
        List.of(
            at(3)
                + "models."
                + name
                + ": got a model of this name, expected another name: it means "
                + meaning),
        problems(lines));
  }

  @Test
  void shouldRefuseNamesThatAreNone() throws IOException {
    final List<String> problems =
        problems(
            "size-classes.\" \" = 5",
            "forced-per-reported { " + "v".repeat(65) + " = 2 }",
            "profiles.\"\" = " + profile("1"));

    assertEquals(
        List.of(
            at(1) + "size-classes. : got this name, expected a name of 1 to 64 characters",
            at(2)
                + "forced-per-reported."
                + "v".repeat(65)
                + ": got this name, expected a name of 1 to 64 characters",
            at(3) + "profiles.: got this name, expected a name of 1 to 64 characters"),
        problems);
  }

  @Test
  void shouldSayWhatANewModelLacks() throws IOException {
    final List<String> problems =
        problems("models.mine { profile = four-equal, maintenance = venue, skew {} }");

    for (final String missing :
        List.of(
            "weight: missing, expected a number, 0 to 1000000",
            "entries: missing, expected an object { … }",
            "exits: missing, expected an object { … }",
            "skew.funding: missing, expected an object { … }",
            "skew.taker-flow: missing, expected an object { … }",
            "skew.accounts: missing, expected an object { … }")) {
      assertTrue(problems.contains(at(1) + "models.mine." + missing), problems::toString);
    }
    assertEquals(6, problems.size(), problems::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "models.blend.wieght, models.blend.weight",
    "models.blend.exits.age_half_life, models.blend.exits.age-half-life",
    "models.blend.exits.profitBps, models.blend.exits.profit-bps",
    "models.blend.skew.fundign, models.blend.skew.funding",
    "models.blend.skew.accounts.leen, models.blend.skew.accounts.lean",
    "models.blend.entries.min-trade-notionl, models.blend.entries.min-trade-notional",
    "structure.swing-bp, structure.swing-bps",
    "structure.trend-window, structure.trend-windows",
    "map.model, map.models",
    "profile, profiles",
    "size-class, size-classes",
    "forced-per-report, forced-per-reported",
  })
  void shouldGuessAMisspeltKey(final String wrong, final String meant) throws IOException {
    assertEquals(
        List.of(at(3) + wrong + ": unknown key, did you mean " + meant + "?"),
        problems("", "", wrong + " = 1"));
  }

  @Test
  void shouldReportTheProblemsOfAllSectionsAtOnce() throws IOException {
    final List<String> problems =
        problems(
            "size-classes.small = -1",
            "profiles.mine = " + profile("0.5"),
            "models.blend { weight = -1, profile = fine, exits.age-half-life = 30s }",
            "map.models = [blend, nobody]",
            "forced-per-reported.okx = 0",
            "structure { swing-bps = [2, 1], trend-windows = [1h, 1], valuearea = 0.7 }",
            "models.oi-delta.skew.funding.lean = 7");

    assertEquals(
        List.of(1, 2, 3, 3, 3, 4, 5, 6, 6, 6, 7),
        problems.stream()
            .map((text) -> Integer.parseInt(text.replaceFirst("^.*my\\.conf:(\\d+): .*", "$1")))
            .toList(),
        problems::toString);
    assertTrue(
        problems.contains(
            at(6) + "structure.valuearea: unknown key, did you mean structure.value-area?"),
        problems::toString);
  }

  /** As many lines as shares, of small positions. */
  private static String profile(final String... shares) {
    return Arrays.stream(shares)
        .map((share) -> "{ leverage = 10, size = medium, share = " + share + " }")
        .collect(Collectors.joining(", ", "[ ", " ]"));
  }

  private static String[] concat(final String[] lines, final String line) {
    final String[] all = Arrays.copyOf(lines, lines.length + 1);
    all[lines.length] = line;
    return all;
  }
}
