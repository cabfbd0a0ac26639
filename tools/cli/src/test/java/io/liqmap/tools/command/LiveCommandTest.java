package io.liqmap.tools.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.support.RealData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command on venues of loopback, in their own words. */
@Tag("slow")
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class LiveCommandTest {
  private static final long ROUNDS = 25;
  private static final int LARGE = 5_000_000;

  @TempDir private Path folder;
  private LiveMarket live;

  @BeforeEach
  void start() throws IOException {
    live = new LiveMarket(folder, ROUNDS);
  }

  @AfterEach
  void end() throws IOException {
    live.close();
  }

  private static String today() {
    return LocalDate.now(ZoneOffset.UTC).toString();
  }

  private Map<?, ?> brackets(final String symbol) {
    final Map<String, Object> map =
        Cli.run("map", "--journal", live.journal(), "--symbol", symbol, "--format", "json")
            .done()
            .json();
    return (Map<?, ?>) ((Map<?, ?>) map.get("assumptions")).get("bracketTable");
  }

  @Test
  void shouldComeFromNothingToTheJournalThatItsRecordingGives() throws Exception {
    final String before = today();
    final Cli.Ran ran =
        live.run(
            live.command(
                LiveMarket.ALL, LiveMarket.SYMBOLS, "--record", live.recording(), "--json"),
            LiveMarket.STREAMS);

    final Map<String, Object> summary = ran.exits(0).json();
    assertEquals(7L, summary.get("instruments"));
    assertEquals(0L, summary.get("rejected"));
    final List<?> venues = (List<?>) summary.get("venues");
    assertEquals(4, venues.size());
    for (final Object venue : venues) {
      final Map<?, ?> of = (Map<?, ?>) venue;
      assertTrue((long) of.get("frames") >= ROUNDS, of.toString());
      assertEquals(0L, of.get("invalid"), of.toString());
      assertEquals(0L, of.get("unknown"), of.toString());
      assertEquals(0L, of.get("reconnects"), of.toString());
    }
    assertEquals(summary.get("stateHash"), live.importedHash(), "import of the recording");

    final List<String> days = List.of(before, today());
    for (final String own :
        List.of("bybit:BTCUSDT", "BTCUSD", "BTC-USDT-SWAP", "BTC-USD-SWAP", "ETH")) {
      final Map<?, ?> of = brackets(own);
      assertEquals("seen", of.get("dateMeans"), own);
      assertTrue(days.stream().anyMatch((it) -> of.get("date").toString().startsWith(it)), own);
    }
    Cli.run("map", "--journal", live.journal(), "--symbol", "group:BTC")
        .done()
        .says("bybit:BTCUSD", "okx:BTC-USD-SWAP", "hyperliquid:BTC", "binance-usdm:BTCUSDT");
    Cli.run("stat", "--journal", live.journal()).exits(0).says("venue         okx");
  }

  @Test
  void shouldResumeItsJournalAndReportBracketsThatChanged() throws Exception {
    final List<Object> command =
        live.command("bybit", "BTCUSDT", "--record", live.recording(), "--json", "--serve=0");
    final Map<String, Object> first = live.run(command, 3).exits(0).json();
    live.market()
        .instead(
            "risk-limit",
            (session) ->
                session.reply(
                    200,
                    "",
                    """
                    {"retCode":0,"result":{"category":"linear","list":[{"id":1,"symbol":"BTCUSDT",
                    "riskLimitValue":"9","maintenanceMargin":"0.1","initialMargin":"0.2",
                    "isLowestRisk":1,"maxLeverage":"5","mmDeduction":""}]}}"""));
    live.market().playMore(ROUNDS);
    final Cli.Ran ran = live.run(command, 3);

    ran.exits(0)
        .complains(
            "http://127.0.0.1:", "bybit:BTCUSDT: today's brackets differ from the journal's");
    final Map<String, Object> second = ran.json();
    assertTrue((long) second.get("lastSequence") > (long) first.get("lastSequence"));
    assertEquals(1L, second.get("instruments"));
    assertEquals(0L, second.get("gaps"));
    final Map<?, ?> venue = (Map<?, ?>) ((List<?>) second.get("venues")).get(0);
    assertEquals(1L, venue.get("gaps"), "the time between the sessions");
    assertEquals(second.get("stateHash"), live.importedHash(), "import of both sessions");
    Cli.run("verify", "--journal", live.journal()).done().says("whole: every");
  }

  @Test
  void shouldRefuseAnUnknownSymbolWithNamesNearIt() throws Exception {
    Cli.run(live.command(LiveMarket.ALL, "okx:BTCUSDT").toArray())
        .exits(2)
        .complains("okx:BTCUSDT: no perpetual of this name is listed by okx", "okx:BTC-USDT-SWAP");
    Cli.run(live.command(LiveMarket.ALL, "").toArray()).exits(2).complains("--symbols");
    Cli.run(live.command("kraken", "BTCUSDT").toArray())
        .exits(2)
        .complains("--venue kraken is unknown; known are binance-usdm");
    Cli.run(live.command("okx,okx", "BTC-USDT-SWAP").toArray())
        .exits(2)
        .complains("--venue okx is given twice");
    assertFalse(Files.exists(live.journal()));
  }

  /** The settings know no instrument of Hyperliquid's. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | <html>blocked</html> | is no JSON (line 1, column 1); hyperliquid is left out",
        "200 | [[[[ | is no JSON (line 1, ",
        "200 | '' | the answer is empty",
        "200 | {\"universe\":[]} | its list of instruments is empty",
        "200 | {\"universe\":7} | is no list: 7; the venue may have changed its interface",
        "403 | {} | HTTP 403",
        "302 | {} | HTTP 302: redirects to nowhere, which is not followed",
        "418 | {} | HTTP 418: too many requests, wait 60 s",
      })
  void shouldSayWhatAVenueAnsweredInsteadOfItsInstruments(
      final int status, final String body, final String complaint) throws Exception {
    live.market().instead("/info", (session) -> session.reply(status, "", body));
    Cli.run(live.command("hyperliquid", "BTC").toArray())
        .exits(1)
        .complains("hyperliquid", complaint, "no venue answers; look at the network");
    assertFalse(Files.exists(live.journal()));
  }

  @Test
  void shouldLeaveOutAVenueWhoseAnswerIsTooLong() throws Exception {
    live.market().instead("/info", (session) -> session.reply(200, "", " ".repeat(LARGE)));
    live.run(live.command("hyperliquid,bybit", "BTCUSDT,hyperliquid:BTC,ETH"), 3)
        .exits(0)
        .complains(
            "the answer is longer than 4000000 bytes",
            "hyperliquid is left out: start again when it answers",
            "hyperliquid:BTC is left out with hyperliquid",
            "ETH is left out with hyperliquid",
            "bybit linear: live")
        .says("venue         bybit");
  }

  @Test
  void shouldTakeInstrumentsOfTheSettingsWhereAVenueDoesNotListThem() throws Exception {
    live.market().instead("/instruments", (session) -> session.reply(403, "", ""));
    live.run(live.command("okx", "BTC-USDT-SWAP"), 7)
        .exits(0)
        .complains("HTTP 403; okx's instruments are taken from the settings", "okx public: live");
  }

  @Test
  void shouldFailWhereNoVenueAnswers() throws Exception {
    live.market().close();
    Cli.run(live.command("hyperliquid", "BTC").toArray())
        .exits(1)
        .complains(
            "hyperliquid is left out", "no venue answers; look at the network, then start again");
    assertFalse(Files.exists(live.journal()));
  }

  @Test
  void shouldRunWithoutBracketsOfToday() throws Exception {
    live.market()
        .instead(
            "position-tiers", (session) -> session.reply(200, "", "{\"code\":\"0\",\"data\":[]}"))
        .instead("risk-limit", (session) -> session.reply(429, "Retry-After: 3\r\n", ""));
    live.run(live.command("okx,bybit", "BTC-USDT-SWAP,BTCUSDT"), 10)
        .exits(0)
        .complains(
            "no brackets of bybit from today", "no brackets of okx:BTC-USDT-SWAP from today");
  }

  /** Frames of these venues as they were, by the command. */
  @Test
  void shouldTakeRealFramesAsItsRecordingGivesThem() throws Exception {
    final Path real = RealData.folder("venue-frames");
    live.market()
        .plays("binance-usdm", lines(real.resolve("binance")))
        .plays("bybit", lines(real.resolve("bybit")))
        .plays("okx", lines(real.resolve("okx")))
        .plays("hyperliquid", lines(real.resolve("hyperliquid")));
    final Map<String, Object> summary =
        live.run(
                live.command(
                    LiveMarket.ALL, LiveMarket.SYMBOLS, "--record", live.recording(), "--json"),
                LiveMarket.STREAMS)
            .exits(0)
            .json();
    assertEquals(0L, summary.get("gaps"));
    assertEquals(summary.get("stateHash"), live.importedHash(), "import of the recording");
  }

  /** Streams alone: what is about connections would end them. */
  private static List<String> lines(final Path venue) throws IOException {
    final List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(venue)) {
      for (final Path file : files.sorted().toList()) {
        if (file.toString().endsWith(".jsonl") && !file.toString().contains("rest-")) {
          lines.addAll(Files.readAllLines(file));
        }
      }
    }
    lines.removeIf((line) -> line.contains("\"event\":") || line.contains("\"success\":"));
    return lines;
  }
}
