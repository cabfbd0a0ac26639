package io.liqmap.tools.importer;

import static io.liqmap.tools.importer.FeedCheck.file;
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
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BinanceFramesImportTest {
  private static final long RECEIVED = 1_722_816_000_200_000_000L;
  private static final String BOOK =
      stream(
          "btcusdt@bookTicker",
          "{'e':'bookTicker','u':7,'s':'BTCUSDT','b':'58000.10','B':'2.5','a':'58000.20','A':'3','T':1722816000100,'E':1722816000101}");
  private static final String TRADE =
      stream(
          "btcusdt@trade",
          "{'e':'trade','E':1722816000102,'T':1722816000101,'s':'BTCUSDT','t':9,'p':'58000.20','q':'0.006','X':'MARKET','m':false}");
  private static final String AGGREGATE =
      "{'e':'aggTrade','E':1722816000103,'s':'BTCUSDT','a':5,'p':'58000.1','q':'1','nq':'1','f':1,'l':2,'T':1722816000102,'m':true,'st':0}";
  private static final String MARK =
      "{'e':'markPriceUpdate','E':1722816000000,'s':'BTCUSDT','p':'58001.12345678','i':'58002','P':'1','r':'-0.00012345','T':1722844800000,'new':{'x':[1,{'p':'2'}]}}";
  private static final String FORCED =
      "{'e':'forceOrder','E':1722816000104,'o':{'s':'BTCUSDT','S':'SELL','o':'LIMIT','f':'IOC','q':'0.014','p':'57900','ap':'57910','X':'FILLED','l':'0.014','z':'0.014','T':1722816000103}}";

  @TempDir private Path folder;

  private static String stream(final String name, final String data) {
    return "{'stream':'" + name + "','data':" + data + "}";
  }

  private Path feed() {
    return folder.resolve("out").resolve("btc.feed");
  }

  private Path recorded(final String... frames) throws IOException {
    final StringBuilder lines = new StringBuilder();
    for (int i = 0; i < frames.length; i++) {
      lines.append(RECEIVED + i).append(' ').append(frames[i].replace('\'', '"')).append('\n');
    }
    return gzip(folder, "btcusdt_20240805.gz", lines.toString());
  }

  private ImportReport importAll(final Path... inputs) throws IOException {
    return run(ImportFormat.BINANCE_WS, ImportOptions.defaults(), feed(), inputs);
  }

  @Test
  void shouldTakeEachKindAtItsTimeOfReceipt() throws IOException {
    final ImportReport report = importAll(recorded(MARK, BOOK, TRADE, FORCED));
    final List<FeedEvent> events = read(feed());
    assertEquals(
        List.of(
            FeedEvent.INSTRUMENT,
            FeedEvent.MARK_PRICE,
            FeedEvent.BEST_BID_OFFER,
            FeedEvent.TRADE,
            FeedEvent.LIQUIDATION),
        events.stream().map(FeedEvent::kind).toList());
    assertEquals(new ImportReport.EventCounts(1, 1, 1, 1, 0, 0, 1), report.events());
    final FeedEvent mark = events.get(1);
    assertEquals(mantissa("58001.12345678"), mark.markPrice());
    assertEquals(mantissa("58002"), mark.indexPrice());
    assertEquals(-123_450, mark.fundingRate());
    assertEquals(nanos("2024-08-05T08:00:00Z"), mark.nextFundingTime());
    assertEquals(nanos("2024-08-05T00:00:00Z"), mark.exchangeTime());
    final FeedEvent book = events.get(2);
    assertEquals(mantissa("58000.1"), book.bidPrice());
    assertEquals(mantissa("2.5"), book.bidQuantity());
    assertEquals(mantissa("58000.2"), book.askPrice());
    assertEquals(mantissa("3"), book.askQuantity());
    assertEquals(nanos("2024-08-05T00:00:00.1Z"), book.exchangeTime());
    assertEquals(RECEIVED + 1, book.receiveTime());
    assertEquals(FeedEvent.BUY, events.get(3).takerSide());
    assertEquals(mantissa("0.006"), events.get(3).quantity());
    final FeedEvent forced = events.get(4);
    assertEquals(FeedEvent.LONG, forced.positionSide());
    assertEquals(mantissa("57900"), forced.price());
    assertEquals(mantissa("0.014"), forced.quantity());
    assertEquals(nanos("2024-08-05T00:00:00.103Z"), forced.exchangeTime());
  }

  @Test
  void shouldCloseShortsByForcedPurchasesAndSellWhereTheBuyerMade() throws IOException {
    importAll(recorded(AGGREGATE, FORCED.replace("SELL", "BUY")));
    assertEquals(FeedEvent.SELL, read(feed(), FeedEvent.TRADE).get(0).takerSide());
    assertEquals(FeedEvent.SHORT, read(feed(), FeedEvent.LIQUIDATION).get(0).positionSide());
  }

  @Test
  void shouldCountWhatItLeavesOut() throws IOException {
    final ImportReport report =
        importAll(
            recorded(
                TRADE,
                AGGREGATE,
                TRADE.replace("BTCUSDT", "ETHUSDT"),
                FORCED.replace("BTCUSDT", "ETHUSDT"),
                "{'e':'depthUpdate','s':'BTCUSDT','b':[['1','2']]}",
                "{'e':'no word'}",
                "{'result':null,'id':1}",
                TRADE.replace("58000.20", "0"),
                BOOK.replace("58000.20", "58000.00")));
    assertEquals(
        Map.of(
            "aggTrade isn't imported beside trade",
            1L,
            "of another symbol than BTCUSDT",
            2L,
            "depthUpdate isn't imported",
            1L,
            "another kind isn't imported",
            1L,
            "no event",
            1L,
            "price or quantity is zero",
            1L,
            "the offer is below the bid",
            1L),
        file(report, folder.resolve("btcusdt_20240805.gz")).rowsDropped());
    assertEquals(1, report.events().trades());
  }

  @Test
  void shouldTakeAMarkWithoutIndexAndFunding() throws IOException {
    importAll(
        recorded(
            "{'e':'markPriceUpdate','E':1722816000000,'s':'BTCUSDT','p':'58001','i':'0','r':'','T':0}"));
    final FeedEvent mark = read(feed(), FeedEvent.MARK_PRICE).get(0);
    assertEquals(FeedEvent.ABSENT, mark.indexPrice());
    assertEquals(FeedEvent.ABSENT, mark.fundingRate());
    assertEquals(0, mark.nextFundingTime());
  }

  @Test
  void shouldSayWhichLineCantBe() throws IOException {
    for (final String[] bad :
        new String[][] {
          {"{'e':'trade','s':", "is no JSON"},
          {"[]", "no JSON object"},
          {TRADE + " {}", "behind the frame"},
          {TRADE.replace("false", "7"), "m is neither"},
          {TRADE.replace("'58000.20'", "'x'"), "p: 'x' is no number"},
          {TRADE.replace("'q':'0.006',", ""), "has no q"},
          {TRADE.replace("1722816000101", "1722816000"), "T: '1722816000' is no time"},
          {FORCED.replace("SELL", "HOLD"), "o.S is neither"}
        }) {
      final Path file = recorded(TRADE, bad[0]);
      final ImportException flaw = assertThrows(ImportException.class, () -> importAll(file));
      assertTrue(
          flaw.getMessage().contains("line 2: ") && flaw.getMessage().contains(bad[1]),
          flaw.getMessage());
    }
  }

  /** A line that expands from some kilobytes to more than memory holds must not get that far. */
  @Test
  void shouldRefuseALineThatDoesNotEnd() throws IOException {
    final Path file = folder.resolve("btcusdt_20240805.gz");
    final byte[] blanks = new byte[1 << 20];
    Arrays.fill(blanks, (byte) ' ');
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < 64; i++) {
        out.write(blanks);
      }
    }
    final ImportException flaw = assertThrows(ImportException.class, () -> importAll(file));
    assertTrue(flaw.getMessage().contains("longer than a frame may be"), flaw.getMessage());
  }

  @Test
  void shouldRefuseALineWithoutItsTimeOfReceipt() throws IOException {
    for (final String line : List.of("{}", "x {}", "1722816000200 {}")) {
      final Path file = gzip(folder, "btcusdt_20240805.gz", line + "\n");
      final ImportException flaw = assertThrows(ImportException.class, () -> importAll(file));
      assertTrue(flaw.getMessage().contains("line 1: "), flaw.getMessage());
    }
  }
}
