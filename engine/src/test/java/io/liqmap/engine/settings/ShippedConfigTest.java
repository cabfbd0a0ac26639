package io.liqmap.engine.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.liqmap.engine.core.map.GroupSettings;
import io.liqmap.engine.core.margin.Bracket;
import io.liqmap.engine.core.margin.BracketCatalog;
import io.liqmap.engine.core.margin.BracketTable;
import io.liqmap.engine.core.margin.BracketsInForce;
import io.liqmap.engine.core.margin.InstrumentName;
import io.liqmap.engine.core.margin.MarginRule;
import io.liqmap.engine.core.margin.Position;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.DistanceTier;
import io.liqmap.engine.core.model.EntrySettings;
import io.liqmap.engine.core.model.LearningMode;
import io.liqmap.engine.core.model.LeverageTier;
import io.liqmap.engine.core.model.Maintenance;
import io.liqmap.engine.core.model.ModelSettings;
import io.liqmap.engine.core.model.SizeClass;
import io.liqmap.engine.core.model.SkewSettings;
import io.liqmap.engine.core.structure.StructureSettings;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ShippedConfigTest {
  private static final InstrumentName BITCOIN = InstrumentName.parse("binance-usdm:BTCUSDT");
  private static final Path DIRECTORY = Path.of("..", "config");

  /** Sections whose keys are names. */
  private static final Set<String> NAMED =
      Set.of("size-classes", "profiles", "models", "presets", "groups");

  @Test
  void shouldLoadWithTheDocumentedDefaults() {
    final EngineSettings engine = LiqmapConfig.load(null, DIRECTORY).engine();

    assertEquals(5.0, engine.map().resolutionBps());
    assertEquals(Duration.ofSeconds(60).toNanos(), engine.map().markStaleNanos());
    assertEquals(Duration.ofMinutes(15).toNanos(), engine.map().openInterestStaleNanos());
    assertEquals(
        List.of("blend", "oi-delta", "taker-volume", "ladder", "volume-ladder"),
        engine.map().models().stream().map(ModelSettings::name).toList());
    assertEquals(
        new StructureSettings(
            Duration.ofDays(3).toNanos(),
            0.7,
            List.of(50, 150, 500),
            List.of(
                Duration.ofHours(1).toNanos(),
                Duration.ofHours(6).toNanos(),
                Duration.ofDays(1).toNanos()),
            10),
        engine.map().structure());
    assertEquals(Map.of("binance-usdm", 2.8), engine.map().forcedPerReported());
    assertEquals(
        List.of("BTC", "ETH"), engine.map().groups().stream().map(GroupSettings::name).toList());
    assertEquals(Duration.ofHours(6).toNanos(), engine.snapshotIntervalNanos());
    assertEquals(ThreadingMode.PIPELINED, engine.pipeline().mode());
    assertEquals(WaitMode.PARK, engine.pipeline().waitMode());
    assertEquals(1, engine.pipeline().shards());
    assertEquals(16_384, engine.pipeline().ringSize());
    assertEquals(256, engine.pipeline().claim());
    assertEquals(65_536, engine.journal().blockBytes());
    assertEquals(256L << 20, engine.journal().minFreeBytes());
  }

  @Test
  void shouldAssumeOfEachModelWhatItsCommentSays() {
    final List<ModelSettings> models = LiqmapConfig.load(null, DIRECTORY).engine().map().models();

    assertEquals(
        List.of(
            new EntrySettings(0.05, 0, 0),
            new EntrySettings(0, 0, 0),
            new EntrySettings(1, 1, 0),
            new EntrySettings(0.05, 0, 0),
            new EntrySettings(1, 1, 100_000)),
        models.stream().map(ModelSettings::entries).toList());
    assertEquals(
        List.of(
            Maintenance.VENUE,
            Maintenance.VENUE,
            Maintenance.VENUE,
            Maintenance.VENUE,
            Maintenance.NONE),
        models.stream().map(ModelSettings::maintenance).toList());
    assertEquals(
        List.of(15, 15, 15, 5, 4), models.stream().map((model) -> model.profile().size()).toList());
    for (final ModelSettings model : models) {
      final boolean isByDistance = model.profile().get(0) instanceof DistanceTier;
      assertEquals(isByDistance ? LearningMode.ON : LearningMode.OFF, model.learning().mode());
      assertEquals(isByDistance ? 1 : 0, model.weight(), "those to compare with have no weight");
      assertTrue(model.exits().isProportional());
      assertEquals(SkewSettings.NONE, model.skew());
    }
    assertEquals(
        new LeverageTier(5, new SizeClass("medium", 200_000), 0.2), models.get(3).profile().get(0));
  }

  /** As published with its source, in percent of open interest. */
  @Test
  void shouldStartFromTheMeasuredDistances() {
    final ModelSettings blend = LiqmapConfig.load(null, DIRECTORY).engine().map().models().get(0);

    assertEquals(
        new DistanceTier(0.08, 0.113, 0.02598, 0.02113), blend.profile().get(9), "measured");
    assertEquals(0.7922, blend.outOfReach(Side.LONG), 1e-9);
    assertEquals(0.65979, blend.outOfReach(Side.SHORT), 1e-9);
    for (int tier = 1; tier < blend.profile().size(); tier++) {
      final DistanceTier before = (DistanceTier) blend.profile().get(tier - 1);
      assertEquals(before.to(), ((DistanceTier) blend.profile().get(tier)).from(), "no gap");
    }
  }

  @Test
  void shouldDefineInstrumentsInMantissas() {
    final List<InstrumentDefinition> instruments = LiqmapConfig.load(null, DIRECTORY).instruments();

    assertEquals(
        List.of("BTCUSDT", "ETHUSDT", "SOLUSDT", "BTCUSD_PERP", "BTC-USDT-SWAP", "BTCUSD"),
        instruments.stream().map(InstrumentDefinition::symbol).toList());
    final InstrumentDefinition bitcoin = instruments.get(0);
    assertEquals(0, bitcoin.id());
    assertEquals(10_000_000, bitcoin.tickSize());
    assertEquals(100_000, bitcoin.lotSize());
    assertEquals(100_000_000, bitcoin.contractMultiplier());
  }

  @Test
  void shouldCountAsEachVenueDoes() {
    final Map<String, String> conventions = new TreeMap<>();
    for (final InstrumentDefinition definition : LiqmapConfig.load(null, DIRECTORY).instruments()) {
      final BigDecimal contract =
          BigDecimal.valueOf(definition.contractMultiplier(), -definition.quantityExponent());
      conventions.put(
          definition.venue() + " " + definition.symbol(),
          "%s, contract of %s, open interest in %s of %s"
              .formatted(
                  definition.contractKind(),
                  contract.stripTrailingZeros().toPlainString(),
                  definition.openInterestUnit(),
                  definition.openInterestSides()));
    }
    assertEquals(
        Map.of(
            "binance-usdm BTCUSDT", "LINEAR, contract of 1, open interest in BASE of ONE",
            "binance-usdm ETHUSDT", "LINEAR, contract of 1, open interest in BASE of ONE",
            "binance-usdm SOLUSDT", "LINEAR, contract of 1, open interest in BASE of ONE",
            "binance-coin BTCUSD_PERP",
                "INVERSE, contract of 100, open interest in CONTRACTS of ONE",
            "okx BTC-USDT-SWAP", "LINEAR, contract of 0.01, open interest in CONTRACTS of ONE",
            "bybit BTCUSD", "INVERSE, contract of 1, open interest in CONTRACTS of BOTH"),
        conventions);
  }

  @Test
  void shouldDateTheBracketsOfBitcoin() {
    final BracketCatalog catalog = LiqmapConfig.load(null, DIRECTORY).engine().map().brackets();

    final long summer = Instant.parse("2021-07-01T00:00:00Z").getEpochSecond() * 1_000_000_000L;
    final long today = Instant.parse("2025-01-01T00:00:00Z").getEpochSecond() * 1_000_000_000L;
    assertEquals(2, catalog.of(BITCOIN).size());
    assertEquals(bracket(catalog, summer, 500_000), new Bracket(250_000, 1e6, 0.01, 1_300, 50));
    assertEquals(bracket(catalog, today, 500_000), new Bracket(50_000, 600_000, 0.005, 50, 100));
    assertFalse(catalog.isConfigured(InstrumentName.parse("binance-usdm:DOGEUSDT")));
  }

  /** 2 M at 5x and 60,000: the copy of ten weeks later, and not the table of three years before. */
  @Test
  void shouldTakeTheNearerTableInAugust2024() {
    final BracketCatalog catalog = LiqmapConfig.load(null, DIRECTORY).engine().map().brackets();
    final long august = Instant.parse("2024-08-05T12:00:00Z").getEpochSecond() * 1_000_000_000L;
    final BracketsInForce brackets = catalog.inForce(BITCOIN, august);
    assertEquals("binance-usdm's table as seen on 2024-10-24", brackets.description());
    assertEquals("", brackets.warning());
    assertEquals(
        48_285,
        MarginRule.BINANCE_USDM
            .liquidate(Position.isolated(Side.LONG, 2e6 / 60_000, 60_000, 5), brackets.table())
            .price(),
        1);
  }

  /** What Binance's FAQ works out: 1.81 BTC on level 5, and 300 BTC under 12.5 % with 11.81 BTC. */
  @Test
  void shouldHaveTablesOfOtherVenues() {
    final BracketCatalog catalog = LiqmapConfig.load(null, DIRECTORY).engine().map().brackets();
    final BracketTable coin = catalog.of(InstrumentName.parse("binance-coin:BTCUSD_PERP")).value(0);
    assertEquals(new Bracket(50, 100, 0.05, 1.81, 10), coin.brackets().get(4));
    assertEquals(new Bracket(200, 400, 0.125, 11.81, 4), coin.of(300));
    assertEquals(
        new Bracket(150, 300, 0.01, 0.75, 66.67),
        catalog.of(InstrumentName.parse("bybit:BTCUSD")).value(0).of(200));
    assertFalse(catalog.isConfigured(InstrumentName.parse("okx:BTC-USDT-SWAP")));
    final LiqmapConfig hyperliquid =
        LiqmapConfig.load(DIRECTORY.resolve("hyperliquid.conf"), DIRECTORY);
    assertEquals(9, hyperliquid.instruments().size());
    final BracketTable bitcoin =
        hyperliquid.engine().map().brackets().of(InstrumentName.parse("hyperliquid:BTC")).value(0);
    assertEquals(1 / 80.0, bitcoin.of(150e6).maintenanceRate());
    assertEquals(1 / 40.0, bitcoin.of(151e6).maintenanceRate());
  }

  @Test
  void shouldHaveACommentAboveEachKeyOfTheEngine() {
    assertDocumented("engine.conf");
  }

  @Test
  void shouldHaveACommentOnEachKeyOfTheInstruments() {
    assertDocumented("instruments.conf");
  }

  private static Bracket bracket(
      final BracketCatalog catalog, final long time, final double notional) {
    final int index = catalog.of(BITCOIN).indexAt(time);
    return catalog.of(BITCOIN).value(index).of(notional);
  }

  private static void assertDocumented(final String file) {
    final List<String> silent = new ArrayList<>();
    findSilent(ConfigFactory.parseFile(DIRECTORY.resolve(file).toFile()).root(), "", silent);
    assertTrue(silent.isEmpty(), () -> file + " says nothing of " + silent);
  }

  private static void findSilent(
      final ConfigObject object, final String path, final List<String> silent) {
    for (final Map.Entry<String, ConfigValue> entry : object.entrySet()) {
      final String key = path + entry.getKey();
      final String comment = String.join("\n", entry.getValue().origin().comments());
      if (comment.isBlank()) {
        silent.add(key);
      }
      if (entry.getValue() instanceof ConfigObject inner && NAMED.contains(key)) {
        findUnnamed(inner, key, comment, silent);
      } else if (entry.getValue() instanceof ConfigObject inner) {
        findSilent(inner, key + ".", silent);
      } else if (entry.getValue() instanceof ConfigList list
          && !comment.contains("in the same form")) {
        findUnnamed(list, key, comment, silent);
      }
    }
  }

  /** The comment above a section of names names the keys that each of them has. */
  private static void findUnnamed(
      final ConfigObject names,
      final String path,
      final String comment,
      final List<String> silent) {
    for (final Map.Entry<String, ConfigValue> entry : names.entrySet()) {
      final String at = path + "." + entry.getKey();
      if (entry.getValue() instanceof ConfigList list) {
        findUnnamed(list, at, comment, silent);
      } else if (entry.getValue() instanceof ConfigObject object) {
        for (final String key : object.keySet()) {
          if (!comment.contains(key)) {
            silent.add(at + "." + key);
          }
          if (object.get(key) instanceof ConfigObject inner) {
            findUnnamed(ConfigFactory.empty().root().withValue(key, inner), at, comment, silent);
          }
        }
      }
    }
  }

  /** The keys of a list's elements are named in the comment above the list. */
  private static void findUnnamed(
      final ConfigList list, final String path, final String comment, final List<String> silent) {
    for (final ConfigValue element : list) {
      if (element instanceof ConfigObject object) {
        for (final Map.Entry<String, ConfigValue> entry : object.entrySet()) {
          if (!comment.contains(entry.getKey())) {
            silent.add(path + "[]." + entry.getKey());
          }
          if (entry.getValue() instanceof ConfigList inner) {
            findUnnamed(inner, path + "[]." + entry.getKey(), comment, silent);
          }
        }
      }
    }
  }
}
