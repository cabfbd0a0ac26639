package io.liqmap.tools.importer;

import static io.liqmap.tools.importer.FeedCheck.csv;
import static io.liqmap.tools.importer.FeedCheck.mantissa;
import static io.liqmap.tools.importer.FeedCheck.nanos;
import static io.liqmap.tools.importer.FeedCheck.read;
import static io.liqmap.tools.importer.FeedCheck.run;
import static io.liqmap.tools.importer.FeedCheck.zip;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedOrigin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BinanceImportTest {
  private static final String TRADES_HEADER =
      "agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker";
  private static final String METRICS_HEADER =
      "create_time,symbol,sum_open_interest,sum_open_interest_value,count_toptrader_long_short_ratio,"
          + "sum_toptrader_long_short_ratio,count_long_short_ratio,sum_taker_long_short_vol_ratio";
  private static final ImportOptions DEFAULTS = ImportOptions.defaults();

  @TempDir private Path folder;

  private Path file(final String name, final String... lines) throws IOException {
    return csv(folder, name, lines);
  }

  private Path feed() {
    return folder.resolve("out").resolve("btc.feed");
  }

  private ImportReport importAll(final Path... inputs) throws IOException {
    return run(ImportFormat.BINANCE, DEFAULTS, feed(), inputs);
  }

  private ImportReport importFile(final String name, final String... lines) throws IOException {
    return importAll(file(name, lines));
  }

  @Test
  void shouldReadTradesWithoutHeader() throws IOException {
    final ImportReport report =
        importFile(
            "BTCUSDT-aggTrades-2024-08-05.csv",
            "1,58000.10,0.003,10,11,1722816000123,true",
            "2,58000.2,1.5,12,12,1722816000124,false");
    final List<FeedEvent> events = read(feed());
    assertEquals(3, events.size());
    assertEquals("BTCUSDT", events.get(0).definition().symbol());
    assertEquals(nanos("2024-08-05T00:00:00.123Z"), events.get(0).exchangeTime());
    assertEquals(FeedEvent.SELL, events.get(1).takerSide());
    assertEquals(mantissa("58000.1"), events.get(1).price());
    assertEquals(mantissa("0.003"), events.get(1).quantity());
    assertEquals(nanos("2024-08-05T00:00:00.123Z"), events.get(1).exchangeTime());
    assertEquals(FeedEvent.BUY, events.get(2).takerSide());
    assertEquals(new ImportReport.EventCounts(1, 0, 2, 0, 0, 0, 0, 0), report.events());
    assertEquals(3, report.events().total());
    assertEquals(nanos("2024-08-05T00:00:00.123Z"), report.firstTime());
    assertEquals(nanos("2024-08-05T00:00:00.124Z"), report.lastTime());
    assertEquals("aggTrades", report.files().get(0).kind());
  }

  @Test
  void shouldReadTradesWithHeaderInAnyColumnOrderAndMicroseconds() throws IOException {
    importFile(
        "BTCUSDT-aggTrades-2025-08-05.csv",
        "price,agg_trade_id,quantity,first_trade_id,last_trade_id,is_buyer_maker,transact_time,new",
        "58000.1,1,0.003,10,11,False,1754352000123456,x");
    final FeedEvent trade = read(feed(), FeedEvent.TRADE).get(0);
    assertEquals(nanos("2025-08-05T00:00:00.123456Z"), trade.exchangeTime());
    assertEquals(mantissa("58000.1"), trade.price());
  }

  @Test
  void shouldGiveTheSameFromZipAsFromCsv() throws IOException {
    final String text = TRADES_HEADER + "\n1,58000.1,0.003,10,11,1722816000123,true\n";
    final Path plain = csv(folder.resolve("a"), "BTCUSDT-aggTrades-2024-08-05.csv", text.strip());
    final Path packed =
        zip(
            folder.resolve("b"),
            "BTCUSDT-aggTrades-2024-08-05.zip",
            "BTCUSDT-aggTrades-2024-08-05.csv",
            text);
    importAll(plain);
    final byte[] first = Files.readAllBytes(feed());
    importAll(packed);
    assertArrayEquals(first, Files.readAllBytes(feed()));
  }

  @Test
  void shouldMergeKindsByTimeAndCarryFundingWithMarks() throws IOException {
    final Path trades =
        file(
            "BTCUSDT-aggTrades-2024-08-05.csv",
            "1,58000,1,1,1,1722816000000,true",
            "2,58001,1,2,2,1722816059999,false",
            "3,58002,1,3,3,1722816300000,false");
    final Path metrics =
        file(
            "BTCUSDT-metrics-2024-08-05.csv",
            METRICS_HEADER,
            "2024-08-05 00:00:00,BTCUSDT,86543.2100000000000000,1,1.5,1.6,2.12345678,1.7",
            "2024-08-05 00:05:00,BTCUSDT,86544.3,1,1,1,1,1");
    final Path funding =
        file(
            "BTCUSDT-fundingRate-2024-08.csv",
            "calc_time,funding_interval_hours,last_funding_rate",
            "1722816000003,8,-0.00012345");
    final Path marks =
        csv(
            folder.resolve("markPriceKlines").resolve("1m"),
            "BTCUSDT-1m-2024-08-05.csv",
            "1722816000000,58000.12345678,58010,57990,57995,0,1722816059999,0,60,0,0,0",
            "1722816060000,57995,58010,57990,58005,0,1722816119999,0,60,0,0,0");
    final ImportReport report = importAll(trades, metrics, funding, marks);
    final List<FeedEvent> events = read(feed());
    assertEquals(new ImportReport.EventCounts(1, 8, 3, 0, 2, 2, 0, 0), report.events());
    assertEquals(
        List.of(
            FeedEvent.INSTRUMENT,
            FeedEvent.MARK_PRICE,
            FeedEvent.TRADE,
            FeedEvent.OPEN_INTEREST,
            FeedEvent.ACCOUNT_RATIO,
            FeedEvent.MARK_PRICE,
            FeedEvent.MARK_PRICE,
            FeedEvent.MARK_PRICE,
            FeedEvent.TRADE),
        events.subList(0, 9).stream().map(FeedEvent::kind).toList());
    assertEquals(
        FeedOrigin.of("binance")
            .withTradeTicks()
            .withMarkBars(60_000_000_000L, nanos("2024-08-05T00:00:00Z")),
        events.get(0).definition().origin());
    final List<FeedEvent> mark = read(feed(), FeedEvent.MARK_PRICE);
    assertEquals(
        List.of("58000.12345678", "58010", "57990", "57995", "57995", "57990", "58010", "58005")
            .stream()
            .map(FeedCheck::mantissa)
            .toList(),
        mark.stream().map(FeedEvent::markPrice).toList());
    assertEquals(FeedEvent.ABSENT, mark.get(0).fundingRate());
    assertEquals(FeedEvent.ABSENT, mark.get(0).indexPrice());
    assertEquals(-123_450, mark.get(1).fundingRate());
    assertEquals(
        nanos("2024-08-05T00:00:00Z"), mark.get(1).nextFundingTime(), "the file has what was paid");
    assertEquals(nanos("2024-08-05T00:00:59.999Z"), mark.get(3).exchangeTime());
    assertEquals(mantissa("86543.21"), events.get(3).openInterest());
    assertEquals(2_123_456_780L, events.get(4).longShortRatio());
    assertEquals(events.get(3).exchangeTime(), events.get(4).exchangeTime());
  }

  @Test
  void shouldNotDependOnTheOrderOfInputs() throws IOException {
    final Path one = file("BTCUSDT-aggTrades-2024-08-05.csv", "1,58000,1,1,1,1722816000000,true");
    final Path two = file("BTCUSDT-aggTrades-2024-08-06.csv", "2,58000,2,1,1,1722816000000,true");
    final Path metrics =
        file(
            "BTCUSDT-metrics-2024-08-05.csv",
            METRICS_HEADER,
            "2024-08-05 00:00:00,BTCUSDT,86543,1,1,1,1,1");
    final ImportReport report = importAll(one, two, metrics);
    final byte[] first = Files.readAllBytes(feed());
    assertEquals(report, importAll(metrics, two, one, two));
    assertArrayEquals(first, Files.readAllBytes(feed()));
    importAll(folder);
    assertArrayEquals(first, Files.readAllBytes(feed()));
  }

  @Test
  void shouldTakeFromAFolderWhatMatchesTheSymbol() throws IOException {
    csv(
        folder.resolve("in/x"),
        "BTCUSDT-aggTrades-2024-08-05.csv",
        "1,58000,1,1,1,1722816000000,true");
    csv(
        folder.resolve("in/x"),
        "ETHUSDT-aggTrades-2024-08-05.csv",
        "1,2500,1,1,1,1722816000000,true");
    csv(folder.resolve("in"), "BTCUSDT-bookDepth-2024-08-05.csv", "whatever");
    csv(folder.resolve("in"), "BTCUSDT-1m-2024-08-05.csv", "klines of trades");
    final ImportReport report = importAll(folder.resolve("in"));
    assertEquals(1, report.files().size());
    assertEquals(1, report.events().trades());
    assertTrue(report.notes().get(0).contains("3 files"), report.notes()::toString);
  }

  @Test
  void shouldTellTheKindByHeaderWhereTheNameSaysNothing() throws IOException {
    final ImportReport report =
        importFile("x.csv", TRADES_HEADER, "1,58000,1,1,1,1722816000000,true");
    assertEquals("aggTrades", report.files().get(0).kind());
    assertTrue(report.files().get(0).notes().get(0).contains("symbol"));
  }

  @Test
  void shouldTellTheKindByTheNameInsideAZip() throws IOException {
    final Path file =
        zip(
            folder,
            "download.zip",
            "BTCUSDT-aggTrades-2024-08-05.csv",
            "1,58000,1,1,1,1722816000000,true\n");
    assertEquals(1, importAll(file).events().trades());
  }

  @Test
  void shouldDropTradesThatADailyFileRepeats() throws IOException {
    final Path month =
        file(
            "BTCUSDT-aggTrades-2024-08.csv",
            "1,58000,1,1,1,1722816000000,true",
            "2,58000,1,2,2,1722816000000,true",
            "3,58000,1,3,3,1722816000000,true",
            "5,58000,1,3,3,1722816000009,true");
    final Path day =
        file(
            "BTCUSDT-aggTrades-2024-08-05.csv",
            "1,58000,1,1,1,1722816000000,true",
            "2,58000,1,2,2,1722816000000,true",
            "3,58000,1,3,3,1722816000000,true",
            "4,58000,1,4,4,1722816000005,true");
    final ImportReport report = importAll(month, day);
    assertEquals(5, report.events().trades());
    assertEquals(
        List.of(0L, 5L, 9L),
        read(feed(), FeedEvent.TRADE).stream()
            .map((e) -> (e.exchangeTime() - report.firstTime()) / 1_000_000)
            .distinct()
            .toList());
    assertEquals(
        3, FeedCheck.file(report, month).dropped() + FeedCheck.file(report, day).dropped());
  }

  @Test
  void shouldKeepTradesThatGoBackInTimeAtTheirPlaceAndCountThem() throws IOException {
    final ImportReport report =
        importFile(
            "BTCUSDT-aggTrades-2024-08-05.csv",
            "1,58000,1,1,1,1722816000009,true",
            "2,58001,1,2,2,1722816000001,true",
            "3,58002,1,3,3,1722816000010,true");
    final List<FeedEvent> trades = read(feed(), FeedEvent.TRADE);
    assertEquals(1, report.files().get(0).rowsOutOfOrder());
    assertEquals(nanos("2024-08-05T00:00:00.001Z"), trades.get(1).exchangeTime());
    assertEquals(nanos("2024-08-05T00:00:00.009Z"), trades.get(1).receiveTime());
    assertEquals(nanos("2024-08-05T00:00:00.001Z"), report.firstTime());
  }

  @Test
  void shouldDropStatesThatAreNotNewer() throws IOException {
    final ImportReport report =
        importFile(
            "BTCUSDT-metrics-2024-08-05.csv",
            METRICS_HEADER,
            "2024-08-05 00:05:00,BTCUSDT,1,1,1,1,1,1",
            "2024-08-05 00:05:00,BTCUSDT,2,1,1,1,1,1",
            "2024-08-05 00:00:00,BTCUSDT,3,1,1,1,1,1",
            "2024-08-05 00:10:00,BTCUSDT,,1,1,1,,1",
            "2024-08-05 00:15:00,BTCUSDT,5,1,1,1,1,1");
    assertEquals(
        Map.of("open interest and ratio of accounts are unknown", 1L, Overlaps.CONTRADICTING, 1L),
        report.files().get(0).rowsDropped());
    assertEquals(Map.of(Overlaps.CONTRADICTING, 1L), report.files().get(0).rowsLost());
    assertEquals(1, report.files().get(0).rowsReordered());
    assertEquals(
        List.of("3", "1", "5").stream().map(FeedCheck::mantissa).toList(),
        read(feed(), FeedEvent.OPEN_INTEREST).stream().map(FeedEvent::openInterest).toList());
    assertEquals(3, report.events().accountRatios());
  }

  @Test
  void shouldTakeWhatARowOfMetricsHas() throws IOException {
    final ImportReport report =
        importFile(
            "BTCUSDT-metrics-2024-08-05.csv",
            METRICS_HEADER,
            "2024-08-05 00:05:00,BTCUSDT,1,1,1,1,0,1",
            "2024-08-05 00:10:00,BTCUSDT,,1,1,1,2.5,1",
            "2024-08-05 00:10:00,BTCUSDT,,1,1,1,2.6,1");
    assertEquals(new ImportReport.EventCounts(1, 0, 0, 0, 1, 1, 0, 0), report.events());
    assertEquals(Map.of(Overlaps.CONTRADICTING, 1L), report.files().get(0).rowsDropped());
    assertEquals(
        List.of(
            "rows without a ratio of accounts: 1",
            "rows whose open interest is empty or no number: 2"),
        report.files().get(0).notes());
    final Path old =
        csv(
            folder.resolve("old"),
            "BTCUSDT-metrics-2024-08-05.csv",
            "create_time,symbol,sum_open_interest",
            "2024-08-05 00:05:00,BTCUSDT,1");
    assertEquals(new ImportReport.EventCounts(1, 0, 0, 0, 1, 0, 0, 0), importAll(old).events());
  }

  @Test
  void shouldDropMarksOfAnOverlappingFile() throws IOException {
    final String row = ",58000,58010,57990,57995,0,";
    final Path month =
        file(
            "BTCUSDT-markPriceKlines-1m-2024-08.csv",
            "1722816000000" + row + "1722816059999,0,60,0,0,0",
            "1722816060000" + row + "1722816119999,0,60,0,0,0");
    final Path day =
        file(
            "BTCUSDT-markPriceKlines-1m-2024-08-05.csv",
            "1722816000000" + row + "1722816059999,0,60,0,0,0",
            "1722816060000" + row + "1722816119999,0,60,0,0,0",
            "1722816120000" + row + "1722816179999,0,60,0,0,0");
    final ImportReport report = importAll(month, day);
    assertEquals(12, report.events().markPrices());
    assertEquals(2, report.files().stream().mapToLong((f) -> f.dropped()).sum());
  }

  @Test
  void shouldTakeTheIntervalOfKlinesOfMicrosecondsAsTheLengthOfBars() throws IOException {
    importAll(
        file(
            "BTCUSDT-markPriceKlines-1h-2025-08-05.csv",
            "1722816000000000,58000,58010,57990,57995,0,1722819599999999,0,60,0,0,0"));
    assertEquals(
        FeedOrigin.of("binance").withMarkBars(3_600_000_000_000L, 0),
        read(feed()).get(0).definition().origin());
  }

  @Test
  void shouldRefuseKlinesThatLastForYears() throws IOException {
    final Path klines =
        file(
            "BTCUSDT-markPriceKlines-1h-2025-08-05.csv",
            "1722816000000,58000,58010,57990,57995,0,1822819599999,0,60,0,0,0");
    assertTrue(
        assertThrows(ImportException.class, () -> importAll(klines))
            .getMessage()
            .contains("line 1: column 7: '1822819599999' is more than 31 days after the open"));
  }

  @Test
  void shouldSayThatFundingNeedsMarks() throws IOException {
    final Path trades =
        file("BTCUSDT-aggTrades-2024-08-05.csv", "1,58000,1,1,1,1722816000000,true");
    final Path funding = file("BTCUSDT-fundingRate-2024-08.csv", "1722816000003,8,-0.00012345");
    final ImportReport report = importAll(trades, funding);
    assertEquals(1, FeedCheck.file(report, funding).dropped());
  }

  @Test
  void shouldDropTradesOfNothing() throws IOException {
    final Path file =
        file(
            "BTCUSDT-aggTrades-2024-08-05.csv",
            "1,58000,0.000,1,1,1722816000009,true",
            "2,58001,1,2,2,1722816000010,true");
    assertEquals(
        Map.of("price or quantity is zero", 1L), importAll(file).files().get(0).rowsDropped());
  }

  @Test
  void shouldNoteTradesThatNoFileHolds() throws IOException {
    final ImportReport report =
        importFile(
            "BTCUSDT-aggTrades-2024-08-05.csv",
            "1,58000,1,1,1,1722816000009,true",
            "5,58001,1,2,2,1722816000010,true");
    assertTrue(
        report.notes().get(0).startsWith("trade ids missing between the first and the last: 3"));
  }

  @Test
  void shouldPassOverAByteOrderMarkAndWindowsLineEnds() throws IOException {
    final Path file =
        file(
            "BTCUSDT-aggTrades-2024-08-05.csv",
            "\uFEFF" + TRADES_HEADER + "\r",
            "1,58000,1,1,1,1722816000009,true\r",
            "\r");
    assertEquals(1, importAll(file).events().trades());
  }

  @Test
  void shouldMergeMoreFilesThanMayBeOpenAtOnce() throws IOException {
    for (int i = 0; i < 3000; i++) {
      csv(
          folder.resolve("many"),
          String.format("BTCUSDT-aggTrades-%04d.csv", i),
          (2 * i) + ",58000,1,1,1," + (1_722_816_000_000L + 2L * i) + ",true",
          (2 * i + 1) + ",58000,1,1,1," + (1_722_816_000_001L + 2L * i) + ",true");
    }
    assertEquals(6000, importAll(folder.resolve("many")).events().trades());
  }

  @Test
  void shouldReadAZipThatMacOsPacked() throws IOException {
    final Path file = folder.resolve("BTCUSDT-aggTrades-2024-08-05.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("BTCUSDT-aggTrades-2024-08-05.csv"));
      zip.write("1,58000,1,1,1,1722816000000,true\n".getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("__MACOSX/._BTCUSDT-aggTrades-2024-08-05.csv"));
      zip.write(new byte[] {0, 5, 22, 7});
      zip.closeEntry();
    }
    assertEquals(1, importAll(file).events().trades());
  }

  @Test
  void shouldCheckTheSumOfAnUnpackedFileToo() throws IOException {
    final Path file = file("BTCUSDT-aggTrades-2024-08-05.csv", "1,58000,1,1,1,1722816000000,true");
    file(file.getFileName() + ".CHECKSUM", "0".repeat(64) + "  " + file.getFileName());
    final ImportException flaw = assertThrows(ImportException.class, () -> importAll(file));
    assertTrue(flaw.getMessage().contains("its SHA-256 sum is"), flaw.getMessage());
  }

  @Test
  void shouldTakeKlinesInMillisAndMicrosForOneInterval() throws IOException {
    final Path marks = folder.resolve("markPriceKlines");
    csv(marks, "BTCUSDT-1m-2024-08-05.csv", "1722816000000,2,3,1,2,0,1722816059999,0,60,0,0,0");
    csv(
        marks,
        "BTCUSDT-1m-2024-08-06.csv",
        "1722902400000000,2,3,1,2,0,1722902459999999,0,60,0,0,0");
    assertEquals(8, importAll(marks).events().markPrices());
  }

  @Test
  void shouldCallARowLostThatComesAgainWithAnotherLow() throws IOException {
    final Path marks = folder.resolve("markPriceKlines");
    final String row = "1722816000000,2,3,1,2,0,1722816059999,0,60,0,0,0";
    csv(marks, "BTCUSDT-1m-2024-08-05.csv", row);
    csv(marks, "BTCUSDT-1m-2024-08.csv", row, row.replace(",1,2,", ",1.5,2,"));
    final ImportReport report = importAll(marks);
    assertEquals(4, report.events().markPrices());
    assertEquals(1, report.files().stream().mapToLong((f) -> f.lost()).sum());
  }

  @Test
  void shouldRefuseTradesWithImplausibleTimes() throws IOException {
    final String wrong = "4070908800000";
    for (final String[] times :
        new String[][] {
          {"1722816000000", wrong, "line 2: column 6: '4070908800000' is more than 31 days after"},
          {wrong, "1722816000000", "line 2: column 6: '1722816000000' is more than an hour before"}
        }) {
      final Path file =
          file(
              "BTCUSDT-aggTrades-2024-08-05.csv",
              "1,58000,1,1,1," + times[0] + ",true",
              "2,58000,1,2,2," + times[1] + ",true");
      final ImportException flaw = assertThrows(ImportException.class, () -> importAll(file));
      assertTrue(flaw.getMessage().contains(times[2]), flaw.getMessage());
    }
  }
}
