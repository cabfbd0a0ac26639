package io.liqmap.tools.importer;

import static io.liqmap.tools.importer.FeedCheck.csv;
import static io.liqmap.tools.importer.FeedCheck.gzip;
import static io.liqmap.tools.importer.FeedCheck.mantissa;
import static io.liqmap.tools.importer.FeedCheck.nanos;
import static io.liqmap.tools.importer.FeedCheck.read;
import static io.liqmap.tools.importer.FeedCheck.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.feed.FeedEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TardisImportTest {
  private static final String TRADES =
      "exchange,symbol,timestamp,local_timestamp,id,side,price,amount\n";
  private static final String TICKER =
      "exchange,symbol,timestamp,local_timestamp,funding_timestamp,funding_rate,predicted_funding_rate,"
          + "open_interest,last_price,index_price,mark_price\n";
  private static final String HEAD = "binance-futures,BTCUSDT,";

  @TempDir private Path folder;

  private Path feed() {
    return folder.resolve("btc.feed");
  }

  private ImportReport importAll(final Path... inputs) throws IOException {
    return run(ImportFormat.TARDIS, ImportOptions.defaults(), feed(), inputs);
  }

  @Test
  void shouldMergeByLocalTimestampThoughExchangeTimesGoBack() throws IOException {
    final Path trades =
        gzip(
            folder,
            "binance-futures_trades_2024-08-05_BTCUSDT.csv.gz",
            TRADES
                + HEAD
                + "1722816000300000,1722816000301000,1,buy,58000.1,0.5\n"
                + HEAD
                + "1722816000200000,1722816000302000,2,sell,58000,0.25\n");
    final Path liquidations =
        gzip(
            folder,
            "binance-futures_liquidations_2024-08-05_BTCUSDT.csv.gz",
            TRADES + HEAD + "1722816000299000,1722816000301500,,sell,57999,1.5\n");
    final ImportReport report = importAll(trades, liquidations);
    final List<FeedEvent> events = read(feed());
    assertEquals(
        List.of(FeedEvent.INSTRUMENT, FeedEvent.TRADE, FeedEvent.LIQUIDATION, FeedEvent.TRADE),
        events.stream().map(FeedEvent::kind).toList());
    assertEquals(FeedEvent.LONG, events.get(2).positionSide());
    assertEquals(mantissa("1.5"), events.get(2).quantity());
    assertEquals(nanos("2024-08-05T00:00:00.299Z"), events.get(2).exchangeTime());
    assertEquals(nanos("2024-08-05T00:00:00.3015Z"), events.get(2).receiveTime());
    assertEquals(FeedEvent.SELL, events.get(3).takerSide());
    assertEquals(nanos("2024-08-05T00:00:00.2Z"), report.firstTime());
    assertEquals(0, report.files().get(1).rowsOutOfOrder());
  }

  @Test
  void shouldTakeAForcedPurchaseForAShortPosition() throws IOException {
    importAll(
        csv(
            folder.resolve("liquidations/2024/08/05"),
            "BTCUSDT.csv",
            TRADES + HEAD + "1722816000299000,1722816000301500,,buy,57999,1.5"));
    assertEquals(FeedEvent.SHORT, read(feed(), FeedEvent.LIQUIDATION).get(0).positionSide());
  }

  @Test
  void shouldReadGzipOfSeveralMembers() throws IOException {
    final ImportReport report =
        importAll(
            gzip(
                folder,
                "binance-futures_trades_2024-08-05_BTCUSDT.csv.gz",
                TRADES,
                HEAD + "1722816000300000,1722816000301000,1,buy,58000.1,0.5\n",
                HEAD + "1722816000300000,1722816000301000,2,buy,58000",
                ".1,0.5\n" + HEAD + "1722816000300000,1722816000301000,3,unknown,58000.1,0.5\n"));
    assertEquals(2, report.events().trades());
    assertEquals(Map.of("side is unknown", 1L), report.files().get(0).rowsDropped());
  }

  @Test
  void shouldEmitEachMarkOfATickerAndOpenInterestThatChanged() throws IOException {
    final Path ticker =
        csv(
            folder,
            "binance-futures_derivative_ticker_2024-08-05_BTCUSDT.csv",
            TICKER + HEAD + "1722816000000000,1722816000001000,,,,86000.5,58000,,",
            HEAD
                + "1722816000000000,1722816000002000,1722844800000000,0.0001,,,,58001,58000.123456789",
            HEAD
                + "1722816000000000,1722816000003000,1722844800000000,0.0001,,86000.5,58009,58001,58000.123456789",
            HEAD
                + "1722816000000000,1722816000004000,1722844800000000,-5.6e-7,,86001,58009,58001,58000.123456789",
            HEAD + "1722816000000000,1722816000003500,,,,99,,,");
    final ImportReport report = importAll(ticker);
    final List<FeedEvent> events = read(feed());
    assertEquals(
        List.of(
            FeedEvent.INSTRUMENT,
            FeedEvent.OPEN_INTEREST,
            FeedEvent.MARK_PRICE,
            FeedEvent.MARK_PRICE,
            FeedEvent.OPEN_INTEREST,
            FeedEvent.MARK_PRICE,
            FeedEvent.OPEN_INTEREST),
        events.stream().map(FeedEvent::kind).toList());
    final FeedEvent mark = events.get(2);
    assertEquals(mantissa("58000.12345679"), mark.markPrice());
    assertEquals(mantissa("58001"), mark.indexPrice());
    assertEquals(100_000, mark.fundingRate());
    assertEquals(nanos("2024-08-05T08:00:00Z"), mark.nextFundingTime());
    assertEquals(100_000, events.get(3).fundingRate());
    assertEquals(mantissa("99"), events.get(4).openInterest());
    assertEquals(-560, events.get(5).fundingRate());
    assertEquals(mantissa("86001"), events.get(6).openInterest());
    assertEquals(Map.of(), report.files().get(0).rowsDropped());
    assertEquals(1, report.files().get(0).rowsReordered());
  }

  @Test
  void shouldAcceptADayWithoutLiquidations() throws IOException {
    final Path trades =
        csv(
            folder,
            "binance-futures_trades_2024-08-05_BTCUSDT.csv",
            TRADES + HEAD + "1722816000300000,1722816000301000,1,buy,58000.1,0.5");
    final Path none =
        csv(folder, "binance-futures_liquidations_2024-08-05_BTCUSDT.csv", TRADES.strip());
    final ImportReport report = importAll(folder);
    assertEquals(0, FeedCheck.file(report, none).rowsRead());
    assertEquals(1, FeedCheck.file(report, trades).rowsUsed());
  }

  @Test
  void shouldRefuseRowsOfAnotherSymbol() throws IOException {
    final Path file =
        csv(
            folder,
            "binance-futures_trades_2024-08-05_PERPETUALS.csv",
            TRADES + HEAD + "1722816000300000,1722816000301000,1,buy,58000.1,0.5",
            "binance-futures,ETHUSDT,1722816000300000,1722816000301000,1,buy,2500,0.5");
    final ImportException flaw = assertThrows(ImportException.class, () -> importAll(file));
    assertTrue(flaw.getMessage().contains("line 3: column 2: 'ETHUSDT'"), flaw.getMessage());
  }

  @Test
  void shouldRefuseSpotAndAnotherExchange() throws IOException {
    final String rest = ",BTCUSDT,1722816000300000,1722816000301000,1,buy,58000.1,0.5";
    final Path spot =
        csv(folder, "binance_trades_2024-08-05_BTCUSDT.csv", TRADES + "binance" + rest);
    final Path futures =
        csv(
            folder,
            "binance-futures_trades_2024-08-05_BTCUSDT.csv",
            TRADES + "binance-futures" + rest);
    final Path other =
        csv(folder, "bybit_liquidations_2024-08-05_BTCUSDT.csv", TRADES + "bybit" + rest);
    final ImportException flaw = assertThrows(ImportException.class, () -> importAll(spot));
    assertTrue(flaw.getMessage().contains("'binance' is a spot market"), flaw.getMessage());
    final ImportException mixed =
        assertThrows(ImportException.class, () -> importAll(futures, other));
    assertTrue(
        mixed.getMessage().contains("'bybit' is another exchange than binance-futures"),
        mixed.getMessage());
  }

  @Test
  void shouldNotGuessWhetherRowsAreTradesOrLiquidations() throws IOException {
    final Path file =
        csv(folder, "x.csv", TRADES + HEAD + "1722816000300000,1722816000301000,1,buy,58000.1,0.5");
    final ImportException flaw = assertThrows(ImportException.class, () -> importAll(file));
    assertTrue(flaw.getMessage().contains("name it like"), flaw.getMessage());
  }
}
