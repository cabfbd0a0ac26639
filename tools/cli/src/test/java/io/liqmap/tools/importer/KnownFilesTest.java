package io.liqmap.tools.importer;

import static io.liqmap.tools.importer.FeedCheck.csv;
import static io.liqmap.tools.importer.FeedCheck.mantissa;
import static io.liqmap.tools.importer.FeedCheck.read;
import static io.liqmap.tools.importer.FeedCheck.run;
import static io.liqmap.tools.importer.FeedCheck.zip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.feed.FeedEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are something else than their place says, or say it in other words. */
final class KnownFilesTest {
  private static final String AGG_HEADER =
      "agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker";
  private static final String TRADE = ",58000.1,0.5,10,11,1722816000123,true";
  private static final String MARKS =
      "1722816000000,60000,60100,59900,60050,0,1722816059999,0,60,0,0,0\n"
          + "1722816060000,60050,60100,59900,60050,0,1722816119999,0,60,0,0,0";
  private static final String KLINES =
      "1722816000000,60000,60100,59900,60050,12.5,1722816059999,750000,60,6,360000,0";

  @TempDir private Path folder;

  private Path feed() {
    return folder.resolve("out.feed");
  }

  private Path in() {
    return folder.resolve("in");
  }

  private ImportReport importAll(final ImportFormat format, final Path... files)
      throws IOException {
    return run(format, ImportOptions.defaults(), feed(), files);
  }

  private String refusal(final ImportFormat format, final Path... files) {
    final String message =
        assertThrows(ImportException.class, () -> importAll(format, files)).getMessage();
    assertFalse(message.contains("get the file again"), message);
    assertFalse(Files.exists(feed()));
    return message;
  }

  private static void assertSays(final String message, final String... parts) {
    for (final String part : parts) {
      assertTrue(message.contains(part), () -> "'" + part + "' in: " + message);
    }
  }

  @Test
  void shouldSayThatAggTradesAreOfTheSpotMarket() throws IOException {
    final String row = "1" + TRADE + ",true";
    assertSays(
        refusal(ImportFormat.BINANCE, csv(in(), "BTCUSDT-aggTrades-2024-08-05.csv", row, row)),
        "spot market",
        "data/futures/um");
    assertSays(
        refusal(
            ImportFormat.BINANCE,
            csv(
                in(),
                "BTCUSDT-aggTrades-2025-08-05.csv",
                "agg_trade_id,price,quantity,first_trade_id,last_trade_id,timestamp,is_buyer_maker,is_best_match",
                row)),
        "spot market");
  }

  @Test
  void shouldSayWhatOtherFilesOfBinanceAre() throws IOException {
    assertSays(
        refusal(
            ImportFormat.BINANCE,
            csv(
                in(),
                "BTCUSDT-trades-2024-08-05.csv",
                "id,price,qty,quote_qty,time,is_buyer_maker",
                "1,58000.1,0.5,29000,1722816000123,true")),
        "single trades",
        "give aggTrades");
    assertSays(
        refusal(
            ImportFormat.BINANCE,
            csv(
                in(),
                "BTCUSDT-aggTrades-2024-08-05.csv",
                "1,58000.1,0.5,29000,1722816000123,true")),
        "single trades");
    assertSays(
        refusal(
            ImportFormat.BINANCE,
            csv(
                in(),
                "BTCUSDT-bookDepth-2024-08-05.csv",
                "timestamp,percentage,depth,notional",
                "2024-08-05 00:00:00,-5,1,1")),
        "depth of the book");
    assertSays(
        refusal(ImportFormat.BINANCE, csv(in(), "BTCUSDT-aggTrades-2024-08-06.csv", KLINES)),
        "klines");
    assertSays(
        refusal(
            ImportFormat.BINANCE,
            csv(
                in(),
                "BTCUSDT-metrics-2024-08-05.csv",
                "symbol,longAccount,longShortRatio,shortAccount,timestamp",
                "BTCUSDT,0.6,1.5,0.4,1722816000000")),
        "ratio of accounts without open interest");
  }

  @Test
  void shouldSayThatBybitTradesAreOfTheSpotMarket() throws IOException {
    for (final String name : List.of("BTCUSDT_2024-08-05.csv", "x.csv")) {
      assertSays(
          refusal(
              ImportFormat.BYBIT,
              csv(in(), name, "id,timestamp,price,volume,side", "1,1722816000123,58000,0.5,buy")),
          "spot",
          "public.bybit.com/trading");
    }
  }

  @Test
  void shouldNameTheColumnsOfAFileOfNoKnownKind() throws IOException {
    assertSays(
        refusal(
            ImportFormat.BINANCE, csv(in(), "BTCUSDT-aggTrades-2024-08-05.csv", "x,y,z", "1,2,3")),
        "the column agg_trade_id is missing",
        "x,y,z",
        "check that the file is of the kind");
  }

  @Test
  void shouldReadDaysThatWereJoinedWithTheirHeaders() throws IOException {
    final ImportReport report =
        importAll(
            ImportFormat.BINANCE,
            csv(
                in(),
                "BTCUSDT-aggTrades-2024-08.csv",
                AGG_HEADER,
                "1" + TRADE,
                AGG_HEADER,
                "2" + TRADE,
                "3" + TRADE,
                AGG_HEADER),
            csv(in(), "BTCUSDT-aggTrades-2024-09.csv", "4" + TRADE, AGG_HEADER, "5" + TRADE));
    assertEquals(5, report.events().trades());
    assertEquals(3, report.files().get(0).rowsRead());
    assertTrue(report.files().get(0).notes().contains("header lines inside the file skipped: 2"));
    assertTrue(report.files().get(1).notes().contains("header lines inside the file skipped: 1"));
  }

  @Test
  void shouldRefuseASecondHeaderOfOtherColumns() throws IOException {
    final Path file =
        csv(
            in(),
            "BTCUSDT-aggTrades-2024-08.csv",
            AGG_HEADER,
            "1" + TRADE,
            "price,agg_trade_id,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker",
            "58000.1,2,0.5,10,11,1722816000123,true");
    assertSays(refusal(ImportFormat.BINANCE, file), "line 3", "split the file");
  }

  @Test
  void shouldReadTradesByTheColumnNamesOfTheInterfaces() throws IOException {
    for (final String header :
        List.of(
            "a,p,q,f,l,T,m",
            "aggTradeId,price,qty,firstTradeId,lastTradeId,timestamp,isBuyerMaker",
            "agg_tradeId,price,quantity,first_tradeId,last_tradeId,transactTime,isBuyerMaker")) {
      importAll(
          ImportFormat.BINANCE, csv(in(), "BTCUSDT-aggTrades-2024-08-05.csv", header, "7" + TRADE));
      final FeedEvent trade = read(feed(), FeedEvent.TRADE).get(0);
      assertEquals(mantissa("58000.1"), trade.price(), header);
      assertEquals(mantissa("0.5"), trade.quantity(), header);
      assertEquals(FeedEvent.SELL, trade.takerSide(), header);
    }
    importAll(
        ImportFormat.BINANCE,
        csv(
            in(),
            "BTCUSDT-markPriceKlines-1m.csv",
            "openTime,open,high,low,close,volume,closeTime,quoteAssetVolume",
            "1722816060000,60000,60100,59900,60050,0,1722816119999,0"),
        csv(
            in(),
            "funding.csv",
            "symbol,fundingTime,fundingRate,markPrice",
            "BTCUSDT,1722816000003,0.00012,60000"));
    final FeedEvent mark = read(feed(), FeedEvent.MARK_PRICE).get(0);
    assertEquals(120_000, mark.fundingRate());
    assertEquals(1_722_816_000_000_000_000L, mark.nextFundingTime(), "when it was paid");
  }

  @Test
  void shouldFindMarksAsDownloadedInAFlatFolder() throws IOException {
    csv(in(), "BTCUSDT-aggTrades-2024-11-01.csv", "1" + TRADE);
    zip(in(), "BTCUSDT-1m-2024-11-01.zip", "BTCUSDT-1m-2024-11-01.csv", MARKS + "\n");
    csv(in(), "BTCUSDT-1m-2024-11-02.csv", KLINES);
    csv(in(), "ETHUSDT-1m-2024-11-02.csv", MARKS);
    final ImportReport report = importAll(ImportFormat.BINANCE, in());
    assertEquals(8, report.events().markPrices());
    assertEquals(1, report.events().trades());
    final ImportReport.InputReport marks =
        FeedCheck.file(report, in().resolve("BTCUSDT-1m-2024-11-01.zip"));
    assertEquals("markPriceKlines", marks.kind());
    assertSays(marks.notes().get(0), "klines without volume", "index price look the same");
    assertSays(report.notes().toString(), "2 files", "of the symbol: BTCUSDT-1m-2024-11-02.csv");
  }

  @Test
  void shouldNotTakeKlinesOfAnythingElseForMarks() throws IOException {
    assertSays(
        refusal(ImportFormat.BINANCE, csv(in(), "BTCUSDT-1m-2024-11-01.csv", KLINES)),
        "aren't of the mark price");
    for (final String kind : List.of("indexPriceKlines", "premiumIndexKlines", "klines")) {
      assertSays(
          refusal(
              ImportFormat.BINANCE, csv(in().resolve(kind), "BTCUSDT-1m-2024-11-01.csv", MARKS)),
          "aren't of the mark price");
    }
    assertSays(
        refusal(
            ImportFormat.BINANCE,
            csv(
                in(),
                "BTCUSDT-1m-2024-11-01.csv",
                "1722816000000,-0.0001,0.0002,-0.0003,0.0001,0,1722816059999,0,12,0,0,0")),
        "aren't of the mark price");
    assertSays(
        refusal(ImportFormat.BINANCE, csv(in(), "ETHUSDT-1m-2024-11-01.csv", MARKS)),
        "is of 'ETHUSDT'");
  }

  @Test
  void shouldTakeTheUsersWordForAKind() throws IOException {
    final Path file = csv(in(), "minutes.csv", MARKS);
    assertEquals(
        8,
        importAll(ImportFormat.BINANCE, Path.of("markPriceKlines=" + file)).events().markPrices());
    csv(in().resolve("marks"), "BTCUSDT-1m-2024-11-01.csv", MARKS);
    csv(in().resolve("marks"), "ETHUSDT-1m-2024-11-01.csv", MARKS);
    assertEquals(
        8,
        importAll(ImportFormat.BINANCE, Path.of("markPriceKlines=" + in().resolve("marks")))
            .events()
            .markPrices());
    Files.delete(feed());
    assertSays(
        refusal(
            ImportFormat.BINANCE,
            Path.of("markPriceKlines=" + in().resolve("marks/ETHUSDT-1m-2024-11-01.csv"))),
        "is of 'ETHUSDT'");
    assertSays(
        refusal(ImportFormat.BINANCE, Path.of("markPriceKlines=" + in().resolve("none.csv"))),
        "none.csv: doesn't exist");
    final Path trades =
        csv(
            in(),
            "day.csv",
            "exchange,symbol,timestamp,local_timestamp,id,side,price,amount",
            "binance-futures,BTCUSDT,1722816000299000,1722816000301500,,sell,57999,1.5");
    assertEquals(
        1,
        importAll(ImportFormat.TARDIS, Path.of("liquidations=" + trades)).events().liquidations());
  }
}
