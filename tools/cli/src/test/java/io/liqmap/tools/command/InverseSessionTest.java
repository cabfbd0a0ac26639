package io.liqmap.tools.command;

import static io.liqmap.tools.command.JsonText.map;
import static io.liqmap.tools.command.JsonText.number;
import static io.liqmap.tools.command.JsonText.objects;
import static io.liqmap.tools.command.JsonText.string;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedFileWriter;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.settings.LiqmapConfig;
import io.liqmap.engine.support.RealData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Bybit's inverse BTCUSD: a contract is worth 1 USD, and open interest counts both of its sides.
 *
 * <p>At 50,000 open interest rises from 2,000,000 to 2,200,000 while 150,000 contracts are traded,
 * so 100,000 are opened on each side.
 */
@Tag("slow")
final class InverseSessionTest {
  private static final double PRICE = 50_000;
  private static final int OPENED = 100_000;
  private static final String DAY = "2024-08-05T12:00:00Z";

  /** Opens by rises of open interest alone, all of it within reach. */
  private static final String LADDER = "map.models = [ladder]\nmodels.ladder.entries.turnover = 0";

  /** Opens by rises of open interest alone, all of it at ten times. */
  private static final String TEN_TIMES =
      """
      size-classes.tiny = 1000
      profiles.ten = [ { leverage = 10, size = tiny, share = 1 } ]
      map.models = [oi-delta]
      models.oi-delta { profile = ten, learning.mode = off }
      """;

  @TempDir private Path folder;

  private Path feed(final Instant start) throws IOException {
    final LiqmapConfig config = LiqmapConfig.load(null, RealData.root().resolve("config"));
    final InstrumentDefinition definition =
        config.instruments().stream()
            .filter((instrument) -> instrument.symbol().equals("BTCUSD"))
            .findFirst()
            .orElseThrow();
    final int id = definition.id();
    final int price = definition.priceExponent();
    final int quantity = definition.quantityExponent();
    final long mantissa = Math.round(PRICE * Math.pow(10, -price));
    final long time = start.getEpochSecond() * 1_000_000_000L;
    final long later = time + 60_000_000_000L;
    final Path file = folder.resolve("btcusd.feed");
    final FeedEvent event = new FeedEvent();
    try (FeedFileWriter writer = new FeedFileWriter(file)) {
      event.instrument(1, time, time, definition);
      writer.write(event);
      event.markPrice(2, time, time, id, price, mantissa, FeedEvent.ABSENT, FeedEvent.ABSENT, 0);
      writer.write(event);
      event.openInterest(3, time, time, id, quantity, 2_000_000);
      writer.write(event);
      event.trade(4, time + 1, time + 1, id, price, quantity, mantissa, 70_000, FeedEvent.BUY);
      writer.write(event);
      event.trade(5, time + 2, time + 2, id, price, quantity, mantissa, 80_000, FeedEvent.SELL);
      writer.write(event);
      event.openInterest(6, later, later, id, quantity, 2_200_000);
      writer.write(event);
      event.liquidation(7, later, later, id, price, quantity, mantissa, 30_000, FeedEvent.SHORT);
      writer.write(event);
      writer.complete();
    }
    return file;
  }

  private Map<String, Object> mapFrom(final String day, final String settings) throws IOException {
    final Path journal = folder.resolve("journal");
    final Path config = Files.writeString(folder.resolve("my.conf"), settings);
    Cli.line(
            "run --feed %s --journal %s --config %s --mode inline",
            feed(Instant.parse(day)), journal, config)
        .done();
    return Cli.run("map", "--journal", journal, "--symbol", "BTCUSD", "--format", "json")
        .done()
        .json();
  }

  @Test
  void shouldCountOpenInterestInTheBaseAsset() throws IOException {
    final Map<String, Object> map = mapFrom(DAY, "");
    assertEquals("BTC", string(map(map, "units"), "quantity"));
    assertEquals("USD", string(map(map, "units"), "notional"));
    assertEquals(PRICE, number(map, "markPrice"));
    assertEquals(2_200_000 / 2 / PRICE, number(map, "openInterest"), 1e-9);
    assertFalse(JsonText.flag(map(map, "quality"), "markMissing"));
    assertEquals(0, JsonText.whole(map(map, "quality"), "rejected"));
    assertEquals("configured", string(map(map, "assumptions"), "brackets"));
    assertEquals(0, number(map(map, "liquidations"), "observedNotionalLong"));
    assertEquals(30_000, number(map(map, "liquidations"), "observedNotionalShort"), 1e-6);
    Cli.run("map", "--journal", folder.resolve("journal"))
        .done()
        .says("BTCUSD  ", "open interest 22", " BTC", "USD");
  }

  /** A contract is worth its dollar wherever it is liquidated; in coins it is worth less above. */
  @Test
  void shouldKeepTheDollarsOfWhatWasOpened() throws IOException {
    final Map<String, Object> map = mapFrom(DAY, LADDER);
    MapChecks.checkBuckets(map);
    for (final String side : MapChecks.SIDES) {
      assertEquals(OPENED, MapChecks.sum(map, side, "notional"), 1e-6 * OPENED, side);
      for (final Map<?, ?> bucket : MapChecks.of(map, side)) {
        final double dollars = number(bucket, "notional");
        final double coins = number(bucket, "quantity");
        assertTrue(dollars >= coins * number(bucket, "priceLow"), bucket::toString);
        assertTrue(dollars <= coins * number(bucket, "priceHigh"), bucket::toString);
      }
    }
    assertTrue(MapChecks.sum(map, "long", "quantity") > OPENED / PRICE);
    assertTrue(MapChecks.sum(map, "short", "quantity") < OPENED / PRICE);
  }

  /**
   * Worked out by hand from EP / (1 + side·(1/L − MMR)) with 10x and a maintenance rate of 0.005
   * before the revision, and from EP·(1 + side·MMR) / (1 + side/L) after it.
   */
  @ParameterizedTest
  @CsvSource({
    "2024-08-05T12:00:00Z, long, 45662.1",
    "2024-08-05T12:00:00Z, short, 55248.6",
    "2026-06-01T12:00:00Z, long, 45681.8",
    "2026-06-01T12:00:00Z, short, 55277.8"
  })
  void shouldStandWhereTheVenueLiquidates(
      final String day, final String side, final double expected) throws IOException {
    final Map<String, Object> map = mapFrom(day, TEN_TIMES);
    double sum = 0;
    double weighed = 0;
    for (final Map<?, ?> bucket : MapChecks.of(map, side)) {
      final double centre = Math.sqrt(number(bucket, "priceLow") * number(bucket, "priceHigh"));
      assertEquals(List.of("10"), List.copyOf(map(bucket, "tiers").keySet()));
      assertEquals(expected, centre, expected * 0.001, "within two buckets");
      sum += number(bucket, "notional");
      weighed += number(bucket, "notional") * centre;
    }
    assertEquals(expected, weighed / sum, expected * 0.0003, "half a bucket for the entry's");
    final Map<?, ?> tier = objects(map(map, "assumptions"), "tiers").get(0);
    assertEquals(0.005, number(tier, "mmr"));
    assertEquals(1, number(tier, "share"), MapChecks.LOSS);
  }

  /** What tells the revision of 2026-05-27 from what was before it. */
  @ParameterizedTest
  @CsvSource({"2024-08-05T12:00:00Z, fee·Q/BP", "2026-06-01T12:00:00Z, Q·(1 + side·MMR)"})
  void shouldShowTheFormulaOfTheVenue(final String day, final String part) throws IOException {
    final String margin =
        "margin --venue bybit --contract inverse --side long --entry 50000 --quantity 1000"
            + " --leverage 10 --mmr 0.005 --json --at "
            + day;
    final String formula =
        string(Cli.run((Object[]) margin.split(" ", -1)).done().json(), "formula");
    assertTrue(formula.contains(part), formula);
    final Map<String, Object> map = mapFrom(day, "");
    assertEquals(formula, string(map(map, "assumptions"), "formula"));
    Cli.run("map", "--journal", folder.resolve("journal")).done().says(formula);
  }

  @Test
  void shouldReplayToTheSameState() throws IOException {
    final Map<String, Object> map = mapFrom(DAY, "");
    final Map<String, Object> replay =
        Cli.run("replay", "--journal", folder.resolve("journal"), "--json").done().json();
    assertEquals(string(map, "stateHash"), string(replay, "stateHash"));
    assertTrue(JsonText.flag(replay, "matches"));
  }
}
