package io.liqmap.tools.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedFileWriter;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.settings.LiqmapConfig;
import io.liqmap.engine.shared.view.ViewMemory;
import io.liqmap.engine.shared.view.ViewReader;
import io.liqmap.engine.support.RealData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same symbol of two venues: two feeds, one journal, brackets and answers of each. */
final class TwoVenuesTest {
  private static final String BYBIT =
      """
      instruments = [ {
        id = 6, symbol = BTCUSDT, venue = bybit, base = BTC, quote = USDT, contract = linear
        tick-size = "0.1", lot-size = "0.001", open-interest { unit = base, sides = both }
        brackets = [ { seen = "2024-08-01", table = [
          { floor = 0, cap = 1e12, rate = 0.02, amount = 0, max-leverage = 50 }
        ] } ]
      } ]
      """;

  private static final long START = 1_722_859_200_000_000_000L;
  private static final long SECOND = 1_000_000_000L;
  private static final String BOTH = "binance-usdm:BTCUSDT, bybit:BTCUSDT";

  @TempDir private Path folder;

  private Path settings;
  private Path journal;
  private Path share;

  @BeforeEach
  void runBothFeeds() throws IOException {
    settings = Files.writeString(folder.resolve("bybit.conf"), BYBIT);
    journal = folder.resolve("journal");
    share = folder.resolve("share");
    final List<InstrumentDefinition> known =
        LiqmapConfig.load(settings, RealData.root().resolve("config")).instruments();
    write(folder.resolve("binance.feed"), known.get(0), 60_000, 0);
    write(folder.resolve("bybit.feed"), known.get(known.size() - 1), 61_000, SECOND / 2);
    run("binance.feed", "bybit.feed", journal, "--share", share);
  }

  private void run(final String first, final String second, final Path to, final Object... more) {
    final Object[] words = {
      "run",
      "--feed",
      folder.resolve(first),
      "--feed",
      folder.resolve(second),
      "--journal",
      to,
      "--config",
      settings,
      "--mode",
      "inline"
    };
    final Object[] all = Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    Cli.run(all).done();
  }

  private static void write(
      final Path file, final InstrumentDefinition of, final double price, final long offset)
      throws IOException {
    final SplittableRandom random = new SplittableRandom(of.id());
    final FeedEvent event = new FeedEvent();
    long sequence = 0;
    long at = START + offset;
    try (FeedFileWriter writer = new FeedFileWriter(file)) {
      event.instrument(++sequence, at, at, of);
      writer.write(event);
      double last = price;
      for (int i = 0; i < 300; i++) {
        at += SECOND;
        last *= 1 + (random.nextDouble() - 0.5) * 0.001;
        final long mantissa = Math.round(last * 10) * 10_000_000;
        event.markPrice(
            ++sequence, at, at, of.id(), -8, mantissa, FeedEvent.ABSENT, FeedEvent.ABSENT, 0);
        writer.write(event);
        event.trade(
            ++sequence, at, at, of.id(), -8, -8, mantissa, 100_000_000, random.nextInt(1, 3));
        writer.write(event);
        if (i % 20 == 0) {
          event.openInterest(++sequence, at, at, of.id(), -8, (50_000 + 10L * i) * 100_000_000);
          writer.write(event);
        }
      }
      writer.complete();
    }
  }

  @Test
  void shouldRefuseABareSymbolWithBothNames() {
    for (final List<String> command :
        List.of(List.of("map"), List.of("profile"), List.of("score"), List.of("ask", "max-pain"))) {
      final Object[] words = {
        command.get(0), "--journal", journal, "--symbol", "BTCUSDT", command.get(command.size() - 1)
      };
      Cli.run(command.size() == 1 ? Arrays.copyOf(words, 5) : words)
          .exits(2)
          .complains("--symbol BTCUSDT: several venues have it; name one of " + BOTH);
    }
    Cli.run("map", "--journal", journal, "--format", "json")
        .exits(2)
        .complains("name one instrument with --symbol: " + BOTH);
    Cli.run("map", "--journal", journal, "--symbol", "bybt:BTCUSDT")
        .exits(2)
        .complains("the journal has " + BOTH + "; did you mean bybit:BTCUSDT?");
    Cli.run(
            "import",
            "--format",
            "bybit",
            "--symbol",
            "BTCUSDT",
            "--config",
            settings,
            "--out",
            folder.resolve("out.feed"),
            folder)
        .exits(2)
        .complains("several venues have it; name one of " + BOTH);
  }

  @Test
  void shouldAnswerByTheBracketsOfTheVenue() {
    final Map<String, Object> binance = map("binance-usdm:BTCUSDT");
    final Map<String, Object> bybit = map("bybit:BTCUSDT");
    assertEquals("BTCUSDT", binance.get("instrument"));
    assertEquals("BTCUSDT", bybit.get("instrument"));
    assertEquals("binance-usdm", binance.get("venue"));
    assertEquals("bybit", bybit.get("venue"));
    assertEquals(52_800.0, ((Number) binance.get("openInterest")).doubleValue());
    assertEquals(26_400.0, ((Number) bybit.get("openInterest")).doubleValue(), "of one side");
    assertTrue(brackets(binance).contains("binance-usdm"), brackets(binance));
    assertTrue(brackets(bybit).contains("bybit"), brackets(bybit));
    assertEquals(binance.get("stateHash"), bybit.get("stateHash"));
  }

  private static String brackets(final Map<String, Object> map) {
    return String.valueOf(((Map<?, ?>) map.get("assumptions")).get("bracketTable"));
  }

  private Map<String, Object> map(final String name) {
    return Cli.run("map", "--journal", journal, "--symbol", name, "--format", "json").done().json();
  }

  @Test
  void shouldTellThemApartInText() {
    Cli.run("map", "--journal", journal)
        .done()
        .says("binance-usdm:BTCUSDT  2024", "bybit:BTCUSDT  2024");
    Cli.run("map", "--journal", journal, "--symbol", "bybit:BTCUSDT", "--format", "csv")
        .done()
        .says("bybit:BTCUSDT,2024");
    Cli.run("ask", "--journal", journal, "--symbol", "bybit:BTCUSDT", "max-pain")
        .done()
        .says("bybit:BTCUSDT  2024");
    Cli.run("inspect", "--journal", journal, "--limit", "0")
        .done()
        .says("binance-usdm:BTCUSDT  trade", "bybit:BTCUSDT  trade");
    Cli.run("stat", "--journal", journal).says("binance-usdm:BTCUSDT  ", "bybit:BTCUSDT  ");
  }

  @Test
  void shouldTakeTheBracketsOfTheFormulasVenueForABareSymbol() {
    final Object[] words = {
      "margin",
      "--venue",
      "bybit",
      "--contract",
      "linear",
      "--side",
      "long",
      "--entry",
      60_000,
      "--quantity",
      1,
      "--leverage",
      10,
      "--symbol",
      "BTCUSDT",
      "--config",
      settings
    };
    Cli.run(words).done().says("bybit");
    words[2] = "okx";
    Cli.run(words).exits(2).complains("several venues have it; name one of " + BOTH);
  }

  @Test
  void shouldAskWatchersForTheVenue() {
    Cli.line("watch --share %s --symbol BTCUSDT", share)
        .exits(ExitCodes.USAGE)
        .complains("--symbol BTCUSDT: several venues have it; name one of " + BOTH);
  }

  @Test
  void shouldNameVenueAndSymbolInTheView() throws IOException {
    try (ViewMemory view = ViewMemory.open(share.resolve(Outputs.VIEW_FILE))) {
      assertEquals(-1, view.instrument("BTCUSDT"));
      assertEquals(0, view.instrument("binance-usdm:BTCUSDT"));
      assertEquals(6, view.instrument("bybit:BTCUSDT"));
      assertEquals("bybit:BTCUSDT", view.name(6).toString());
      assertEquals("bybit", view.venue(6));
      final ViewReader bybit = new ViewReader(view, 6);
      final ViewReader binance = new ViewReader(view, 0);
      assertTrue(bybit.refresh() && binance.refresh());
      assertNotEquals(binance.markPrice(), bybit.markPrice());
    }
  }

  @Test
  void shouldComeToTheSameStateForAnyOrderOfTheFeeds() {
    final Path other = folder.resolve("other");
    run("bybit.feed", "binance.feed", other);
    final Object expected = Cli.run("replay", "--journal", journal, "--json").done().json();
    final Map<String, Object> turned =
        Cli.run("replay", "--journal", other, "--json").done().json();
    assertEquals(((Map<?, ?>) expected).get("stateHash"), turned.get("stateHash"));
    assertEquals(2, ((Number) turned.get("instruments")).intValue());
  }
}
