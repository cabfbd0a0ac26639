package io.liqmap.tools.importer;

import static io.liqmap.tools.importer.FeedCheck.csv;
import static io.liqmap.tools.importer.FeedCheck.mantissa;
import static io.liqmap.tools.importer.FeedCheck.nanos;
import static io.liqmap.tools.importer.FeedCheck.read;
import static io.liqmap.tools.importer.FeedCheck.run;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.feed.FeedConvention;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedOrigin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CoinalyzeImportTest {
  private static final long HOUR = 3_600_000_000_000L;
  private static final String[] BARS = {
    "2024-06-20 03:00:00,64850.4,65060.4,64809.5,64973,3107.466999999993,1824.2789999999895,18419,7993",
    "2024-06-20 04:00:00,64973,65023,64801,64802.9,2154.0889999999918,869.3599999999949,12921,5616",
    "2024-06-20 04:00:00,1,1,1,1,1,1,1,1",
    "2024-06-20 05:00:00,64802.9,64971.7,64766.8,64933.6,2324.0829999999933,1420.9029999999868,14294,8231",
    "2024-06-20 07:00:00,64933.6,64933.6,64933.6,64933.6,0,0,0,0",
  };

  @TempDir private Path folder;

  @BeforeEach
  void writeInputs() throws IOException {
    csv(in(), "BTCUSDT-ohlcv.csv", BARS);
    csv(
        in(),
        "BTCUSDT-open-interest.csv",
        "2024-06-20 03:00:00,75707.535,75760.75,75280.738,75286.992",
        "2024-06-20 04:00:00,75286.363,75474.925,75284.266,75464.702",
        "2024-06-20 06:00:00,1,1,1,1",
        "2024-06-20 07:00:00,76000.5,76001,75999,76000");
    csv(
        in(),
        "BTCUSDT-liquidation.csv",
        "2024-06-20 02:00:00,1,1",
        "2024-06-20 03:00:00,0.013,0.9740000000000001",
        "2024-06-20 04:00:00,0.391,0",
        "2024-06-20 04:00:00,0.391,0",
        "2024-06-20 03:00:00,0.013,0.974",
        "2024-06-20 09:00:00,1,1");
    csv(
        in(),
        "BTCUSDT-long-short-ratio.csv",
        "2024-06-20 03:00:00,2.4977,71.41,28.59",
        "2024-06-20 04:00:00,2.5039000000000002,71.46,28.54",
        "2024-06-20 04:00:00,2.5039,71.46,28.54",
        "2024-06-20 05:00:00,0,0,0",
        "2024-06-20 06:00:00,2.5,71.43,28.57");
    csv(in(), "ETHUSDT-ohlcv.csv", "of another symbol");
  }

  private Path in() {
    return folder.resolve("in");
  }

  private Path feed() {
    return folder.resolve("btc.feed");
  }

  private ImportReport importFolder(final ImportOptions options) throws IOException {
    return run(ImportFormat.COINALYZE, options, feed(), in());
  }

  private ImportReport importFolder() throws IOException {
    return importFolder(ImportOptions.defaults().withTimeZone(ZoneOffset.ofHours(6)));
  }

  @Test
  void shouldKeepVolumeTakerSplitAndRangeOfEachBar() throws IOException {
    importFolder();
    final List<FeedEvent> trades = read(feed(), FeedEvent.TRADE);
    final long start = nanos("2024-06-19T21:00:00Z");
    long volume = 0;
    long bought = 0;
    long low = Long.MAX_VALUE;
    long high = 0;
    long last = 0;
    for (final FeedEvent trade : trades) {
      if (trade.exchangeTime() < start + HOUR) {
        volume += trade.quantity();
        bought += trade.takerSide() == FeedEvent.BUY ? trade.quantity() : 0;
        low = Math.min(low, trade.price());
        high = Math.max(high, trade.price());
        last = trade.price();
      }
    }
    assertEquals(mantissa("3107.467"), volume);
    assertEquals(mantissa("1824.279"), bought);
    assertEquals(mantissa("64809.5"), low);
    assertEquals(mantissa("65060.4"), high);
    assertEquals(mantissa("64850.4"), trades.get(0).price());
    assertEquals(start, trades.get(0).exchangeTime());
    assertEquals(mantissa("64973"), last);
    assertTrue(trades.stream().allMatch((t) -> t.price() % 1_000_000 == 0), "prices are on ticks");
  }

  @Test
  void shouldSayThatTradesCameFromBarsAndWhereTheseBegin() throws IOException {
    importFolder();
    final FeedOrigin origin = FeedOrigin.of("coinalyze").withTradeBars(HOUR, 0);
    assertEquals(
        origin.with(FeedConvention.CLOCK_OFFSET), read(feed()).get(0).definition().origin());
    importFolder(ImportOptions.defaults());
    assertEquals(origin, read(feed()).get(0).definition().origin());
    importFolder(ImportOptions.defaults().withTimeZone(ZoneOffset.ofHoursMinutes(5, 30)));
    assertEquals(HOUR / 2, read(feed()).get(0).definition().origin().tradeBarAnchorNanos());
  }

  @Test
  void shouldRefuseBarsThatAreMonthsApart() throws IOException {
    final Path bars =
        csv(
            folder.resolve("months"),
            "BTCUSDT-ohlcv.csv",
            "2024-06-20 03:00:00,1,1,1,1,1,1,1,1",
            "2024-08-20 03:00:00,1,1,1,1,1,1,1,1");
    assertTrue(
        assertThrows(
                ImportException.class,
                () -> run(ImportFormat.COINALYZE, ImportOptions.defaults(), feed(), bars))
            .getMessage()
            .contains("has bars that are PT1464H apart"));
  }

  @Test
  void shouldLiquidateLongsAtTheLowAndShortsAtTheHigh() throws IOException {
    importFolder();
    final List<FeedEvent> events = read(feed());
    final List<FeedEvent> liquidations = read(feed(), FeedEvent.LIQUIDATION);
    assertEquals(3, liquidations.size());
    assertEquals(FeedEvent.LONG, liquidations.get(0).positionSide());
    assertEquals(mantissa("64809.5"), liquidations.get(0).price());
    assertEquals(mantissa("0.013"), liquidations.get(0).quantity());
    assertEquals(FeedEvent.SHORT, liquidations.get(1).positionSide());
    assertEquals(mantissa("65060.4"), liquidations.get(1).price());
    assertEquals(mantissa("0.974"), liquidations.get(1).quantity());
    assertEquals(mantissa("64801"), liquidations.get(2).price());
    for (final FeedEvent liquidation : liquidations) {
      final FeedEvent before = events.get((int) liquidation.sequence() - 2);
      assertEquals(FeedEvent.TRADE, before.kind());
      assertEquals(liquidation.price(), before.price());
      assertEquals(liquidation.exchangeTime(), before.exchangeTime());
    }
  }

  @Test
  void shouldStateOpenInterestAtTheEndOfBarsAndAtTheStartWhereNoneStood() throws IOException {
    importFolder();
    final List<FeedEvent> states = read(feed(), FeedEvent.OPEN_INTEREST);
    assertEquals(
        List.of("75707.535", "75286.992", "75464.702", "76000.5", "76000").stream()
            .map(FeedCheck::mantissa)
            .toList(),
        states.stream().map(FeedEvent::openInterest).toList());
    final long start = nanos("2024-06-19T21:00:00Z");
    assertEquals(
        List.of(
            start, start + HOUR - 1, start + 2 * HOUR - 1, start + 4 * HOUR, start + 5 * HOUR - 1),
        states.stream().map(FeedEvent::exchangeTime).toList());
    assertEquals(FeedEvent.OPEN_INTEREST, read(feed()).get(1).kind());
  }

  @Test
  void shouldStateTheRatioOfAccountsAtTheEndOfBarsBehindOpenInterest() throws IOException {
    final ImportReport report = importFolder();
    final List<FeedEvent> ratios = read(feed(), FeedEvent.ACCOUNT_RATIO);
    final long start = nanos("2024-06-19T21:00:00Z");
    assertEquals(
        List.of(2_497_700_000L, 2_503_900_000L),
        ratios.stream().map(FeedEvent::longShortRatio).toList());
    assertEquals(
        List.of(start + HOUR - 1, start + 2 * HOUR - 1),
        ratios.stream().map(FeedEvent::exchangeTime).toList());
    for (final FeedEvent ratio : ratios) {
      final FeedEvent before = read(feed()).get((int) ratio.sequence() - 2);
      assertEquals(FeedEvent.OPEN_INTEREST, before.kind());
      assertEquals(ratio.exchangeTime(), before.exchangeTime());
    }
    assertEquals(2, report.events().accountRatios());
  }

  @Test
  void shouldRefuseAnInvalidRatio() throws IOException {
    for (final String ratio : List.of("-1", "1000001", "1e15", "x")) {
      csv(in(), "BTCUSDT-long-short-ratio.csv", "2024-06-20 03:00:00," + ratio + ",1,1");
      final ImportException flaw = assertThrows(ImportException.class, this::importFolder);
      assertTrue(
          flaw.getMessage().contains("line 1: column 2: '" + ratio + "'"), flaw.getMessage());
    }
  }

  @Test
  void shouldDropRowsWithRepeatedTimestampsAndRowsWithoutBar() throws IOException {
    final ImportReport report = importFolder();
    assertEquals(
        Map.of(Overlaps.CONTRADICTING, 1L),
        FeedCheck.file(report, in().resolve("BTCUSDT-ohlcv.csv")).rowsDropped());
    assertEquals(
        Map.of("no bar of this time", 1L),
        FeedCheck.file(report, in().resolve("BTCUSDT-open-interest.csv")).rowsDropped());
    assertEquals(
        Map.of("time stamp repeated (filler)", 2L, "before the first bar or after the last", 2L),
        FeedCheck.file(report, in().resolve("BTCUSDT-liquidation.csv")).rowsDropped());
    assertEquals(
        Map.of(
            "time stamp repeated (filler)",
            1L,
            "ratio of accounts is empty or zero",
            1L,
            "no bar of this time",
            1L),
        FeedCheck.file(report, in().resolve("BTCUSDT-long-short-ratio.csv")).rowsDropped());
    assertEquals(
        List.of(
            "bars missing: 1",
            "a time comes twice with other values: if the clock has summer time, name its zone (--time-zone)",
            "bars without volume, so without trades: 1"),
        FeedCheck.file(report, in().resolve("BTCUSDT-ohlcv.csv")).notes());
    assertEquals(
        List.of("clock read as UTC+06:00", "bars of PT1H"),
        FeedCheck.file(report, in().resolve("BTCUSDT-ohlcv.csv")).conventions());
  }

  @Test
  void shouldReadTheClockAsUtcAndSaySoWithoutAnOffset() throws IOException {
    final ImportReport report = importFolder(ImportOptions.defaults());
    assertEquals(nanos("2024-06-20T03:00:00Z"), report.firstTime());
    assertTrue(
        report.notes().stream().anyMatch((n) -> n.contains("UTC+00:00, since no --time-zone")),
        report.notes()::toString);
  }

  @Test
  void shouldWriteTheSameBytesWhateverTheOrder() throws IOException {
    importFolder();
    final byte[] first = Files.readAllBytes(feed());
    run(
        ImportFormat.COINALYZE,
        ImportOptions.defaults().withTimeZone(ZoneOffset.ofHours(6)),
        feed(),
        in().resolve("BTCUSDT-open-interest.csv"),
        in().resolve("BTCUSDT-long-short-ratio.csv"),
        in().resolve("BTCUSDT-liquidation.csv"),
        in().resolve("BTCUSDT-ohlcv.csv"));
    assertArrayEquals(first, Files.readAllBytes(feed()));
  }

  @Test
  void shouldImportFoldersThatFollowOneAnotherAndRefuseOverlaps() throws IOException {
    final Path later = folder.resolve("later");
    csv(
        later,
        "BTCUSDT-ohlcv.csv",
        "2024-06-21 03:00:00,64850.4,65060.4,64809.5,64973,3107,1824,18419,7993",
        "2024-06-21 03:05:00,64850.4,65060.4,64809.5,64973,3107,1824,18419,7993");
    run(ImportFormat.COINALYZE, ImportOptions.defaults(), feed(), in(), later);
    csv(
        later,
        "BTCUSDT-ohlcv.csv",
        "2024-06-20 03:00:00,64850.4,65060.4,64809.5,64973,3107,1824,18419,7993",
        "2024-06-20 03:05:00,64850.4,65060.4,64809.5,64973,3107,1824,18419,7993");
    final ImportException flaw =
        assertThrows(
            ImportException.class,
            () -> run(ImportFormat.COINALYZE, ImportOptions.defaults(), feed(), in(), later));
    assertTrue(flaw.getMessage().contains("covers too"), flaw.getMessage());
  }

  @Test
  void shouldRefuseOpenInterestWithoutBars() {
    final ImportException flaw =
        assertThrows(
            ImportException.class,
            () ->
                run(
                    ImportFormat.COINALYZE,
                    ImportOptions.defaults(),
                    feed(),
                    in().resolve("BTCUSDT-open-interest.csv")));
    assertTrue(flaw.getMessage().contains("-ohlcv.csv"), flaw.getMessage());
  }

  @Test
  void shouldRefuseMoreTakerVolumeThanVolume() throws IOException {
    csv(
        in(),
        "BTCUSDT-ohlcv.csv",
        "2024-06-20 03:00:00,64850.4,65060.4,64809.5,64973,3107,1824,18419,7993",
        "2024-06-20 04:00:00,64850.4,65060.4,64809.5,64973,1,2,18419,7993");
    final ImportException flaw = assertThrows(ImportException.class, this::importFolder);
    assertTrue(flaw.getMessage().contains("line 2: column 7: '2'"), flaw.getMessage());
  }
}
