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
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;
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
      "{'e':'forceOrder','E':1722816000104,'o':{'s':'BTCUSDT','S':'SELL','o':'LIMIT','f':'IOC','q':'0.014','p':'57900','ap':'57910','X':'FILLED','l':'0.002','z':'0.013','T':1722816000103}}";

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
    assertEquals(new ImportReport.EventCounts(1, 1, 1, 1, 0, 0, 1, 0), report.events());
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
    assertEquals(mantissa("57910"), forced.price());
    assertEquals(mantissa("0.013"), forced.quantity());
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
                AGGREGATE.replace("'f':1,'l':2", "'f':1,'l':1"),
                AGGREGATE.replace("'f':1,'l':2", "'f':8,'l':11"),
                TRADE.replace("MARKET", "INSURANCE_FUND"),
                TRADE.replace("MARKET", "ADL").replace("'t':9", "'t':10"),
                stream("btcusdt@depth20@100ms", "{'lastUpdateId':1,'bids':[],'asks':[]}"),
                TRADE.replace("BTCUSDT", "ETHUSDT"),
                FORCED.replace("BTCUSDT", "ETHUSDT"),
                "{'e':'depthUpdate','s':'BTCUSDT','b':[['1','2']]}",
                "{'e':'no word'}",
                "{'result':null,'id':1}",
                TRADE.replace("58000.20", "0"),
                BOOK.replace("58000.20", "58000.00")));
    assertEquals(
        Map.ofEntries(
            Map.entry("repeated (by trade id)", 1L),
            Map.entry("aggTrade of which single trades are there already", 1L),
            Map.entry("no trade of the market: X is INSURANCE_FUND", 1L),
            Map.entry("no trade of the market: X is ADL", 1L),
            Map.entry("depth20_100ms isn't imported", 1L),
            Map.entry("of another symbol than BTCUSDT", 2L),
            Map.entry("depthUpdate isn't imported", 1L),
            Map.entry("another kind isn't imported", 1L),
            Map.entry("no event", 1L),
            Map.entry("price or quantity is zero", 1L),
            Map.entry("the offer is below the bid", 1L)),
        file(report, folder.resolve("btcusdt_20240805.gz")).rowsDropped());
    assertEquals(2, report.events().trades());
    // Of 1 to 9 those from 3 to 8, which no frame is about; 10 is there and no trade.
    assertTrue(report.notes().get(0).contains("between the first and the last: 6"));
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
  void shouldSayWhichLineIsNoFrameOfTheVenue() throws IOException {
    for (final String[] bad :
        new String[][] {
          {TRADE.replace("false", "7"), "m is neither"},
          {TRADE.replace("'58000.20'", "'x'"), "p: 'x' is no number"},
          {TRADE.replace("'q':'0.006',", ""), "has no q"},
          {TRADE.replace("'t':9", "'t':-9"), "t: '-9' is no id"},
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

  @Test
  void shouldLeaveOutBrokenLinesInTheMiddleAndSayWhichIsTheFirst() throws IOException {
    for (final String broken :
        new String[] {"{'e':'trade','s':", TRADE + " {}", "7", "{'e':'tra" + TRADE}) {
      final ImportReport report = importAll(recorded(MARK, broken, TRADE));
      assertEquals(1, report.events().trades());
      assertEquals(Map.of(Frames.BROKEN, 1L), report.files().get(0).rowsDropped());
      assertTrue(
          report.files().get(0).notes().get(0).contains("the first line 2: "),
          report.files().get(0).notes()::toString);
    }
  }

  @Test
  void shouldRefuseAFileOfWhichTooMuchIsBroken() throws IOException {
    for (final int broken : new int[] {16, 17}) {
      final String[] lines = new String[1_000];
      Arrays.fill(lines, MARK);
      for (int i = 0; i < broken; i++) {
        lines[2 + 3 * i] = "{'e':";
      }
      final Path file = recorded(lines);
      if (broken == 16) {
        assertEquals(16, importAll(file).files().get(0).rowsDropped().get(Frames.BROKEN));
      } else {
        final ImportException flaw = assertThrows(ImportException.class, () -> importAll(file));
        assertTrue(
            flaw.getMessage().contains("line 3: ")
                && flaw.getMessage().contains("17 of 1000 lines are broken"),
            flaw.getMessage());
      }
    }
  }

  @Test
  void shouldReadArraysAndTakeTheSymbolsOwn() throws IOException {
    final String other = MARK.replace("BTCUSDT", "牛来USDT");
    final ImportReport report =
        importAll(
            recorded(
                stream("!markPrice@arr@1s", "[" + other + "," + MARK + "," + other + "]"),
                "[" + other + "," + MARK.replace("'E':1722816000000", "'E':1722816001000") + "]",
                "[" + other + "," + other + "]",
                stream("!forceOrder@arr", FORCED),
                "[]"));
    assertEquals(2, report.events().markPrices());
    assertEquals(1, report.events().liquidations());
    assertEquals(
        Map.of("of another symbol than BTCUSDT", 1L, "no event", 1L),
        report.files().get(0).rowsDropped());
  }

  @Test
  void shouldReadTimesOfReceiptInAnyUnitAndTakeTheEventsOwnWithoutOne() throws IOException {
    final String[][] times = {
      {"1722816000200000000 ", "2024-08-05T00:00:00.2Z"},
      {"1722816000200123 ", "2024-08-05T00:00:00.200123Z"},
      {"1722816000200\t", "2024-08-05T00:00:00.2Z"},
      {"1722816000.25: ", "2024-08-05T00:00:00.25Z"},
      {"1722816000 ", "2024-08-05T00:00:00Z"},
      {"", "2024-08-05T00:00:00.102Z"}
    };
    for (final String[] time : times) {
      final Path file =
          gzip(folder, "btcusdt_20240805.gz", time[0] + TRADE.replace('\'', '"') + "\r\n");
      final ImportReport report = importAll(file);
      assertEquals(nanos(time[1]), read(feed()).get(1).receiveTime());
      assertEquals(time[0].isEmpty() ? 1 : 0, report.files().get(0).notes().size());
    }
  }

  @Test
  void shouldNotTakeATimeOfReceiptInAnotherUnitThanBefore() throws IOException {
    final String frame = TRADE.replace('\'', '"');
    final Path file =
        gzip(
            folder,
            "btcusdt_20240805.gz",
            "1722816000200000000 " + frame + "\n1722816000200 " + frame + "\n" + frame + "\n");
    assertEquals(Map.of(Frames.BROKEN, 2L), importAll(file).files().get(0).rowsDropped());
  }

  @Test
  void shouldCountEachEventOnceWhenFilesOverlap() throws IOException {
    final String early = TRADE.replace("'t':9", "'t':8");
    final Path first = recorded(MARK, BOOK, early, TRADE, FORCED);
    final Path second =
        gzip(
            folder,
            "btcusdt_20240805b.gz",
            List.of(MARK, BOOK, TRADE, FORCED, TRADE.replace("'t':9", "'t':10")).stream()
                .map((f) -> (RECEIVED - 777) + " " + f.replace('\'', '"') + "\n")
                .reduce("", String::concat));
    final ImportReport report = importAll(first, second);
    assertEquals(new ImportReport.EventCounts(1, 1, 3, 1, 0, 0, 1, 0), report.events());
    assertEquals(
        Map.of(
            FrameRepeats.TRADE,
            1L,
            FrameRepeats.TIME,
            1L,
            FrameRepeats.BOOK,
            1L,
            FrameRepeats.LIQUIDATION,
            1L),
        file(report, first).rowsDropped());
    assertTrue(file(report, second).rowsDropped().isEmpty());
  }

  @Test
  void shouldTakeOpenInterestKeptBesideTheFrames() throws IOException {
    final String answer = "{'symbol':'BTCUSDT','openInterest':'95305.694','time':1722816000100}";
    final ImportReport report =
        importAll(
            recorded(
                answer,
                answer,
                answer.replace("95305.694", "0"),
                "{'symbol':'X','openInterest':'1'}"));
    assertEquals(1, report.events().openInterests());
    final FeedEvent event = read(feed(), FeedEvent.OPEN_INTEREST).get(0);
    assertEquals(mantissa("95305.694"), event.openInterest());
    assertEquals(nanos("2024-08-05T00:00:00.1Z"), event.exchangeTime());
    assertEquals(
        Map.of(
            FrameRepeats.TIME,
            1L,
            "open interest of zero, which means unknown",
            1L,
            "of another symbol than BTCUSDT",
            1L),
        report.files().get(0).rowsDropped());
  }

  @Test
  void shouldNotCountAForcedOrderThatIsntFinishedOrWasntFilled() throws IOException {
    final ImportReport report =
        importAll(
            recorded(
                MARK,
                FORCED.replace("FILLED", "PARTIALLY_FILLED"),
                FORCED.replace("FILLED", "EXPIRED").replace("'z':'0.013'", "'z':'0'"),
                FORCED.replace("FILLED", "EXPIRED").replace("'ap':'57910'", "'ap':'0'")));
    assertEquals(1, report.events().liquidations());
    assertEquals(mantissa("57900"), read(feed(), FeedEvent.LIQUIDATION).get(0).price());
    assertEquals(2, report.files().get(0).dropped());
  }

  /** Whatever the cut leaves, the whole lines are there, and the report says where they end. */
  @Test
  void shouldImportTheWholeLinesOfARecordingThatWasCut() throws IOException {
    final String[] frames = new String[40];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = TRADE.replace("'t':9", "'t':" + (100 + i));
    }
    final byte[] packed = Files.readAllBytes(recorded(frames));
    final String text =
        new String(
            new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes(),
            StandardCharsets.UTF_8);
    final Random random = new Random(3);
    for (int i = 0; i < 60; i++) {
      final boolean isPlain = i % 2 == 0;
      final byte[] whole = isPlain ? text.getBytes(StandardCharsets.UTF_8) : packed;
      final int size = 1 + random.nextInt(whole.length - 1);
      final byte[] cut = Arrays.copyOf(whole, size + (i % 3 == 0 && !isPlain ? 4_096 : 0));
      Arrays.fill(cut, size, cut.length, (byte) 0);
      final String left = isPlain ? text.substring(0, size) : unpacked(Arrays.copyOf(whole, size));
      final long lines = left.lines().filter((l) -> l.endsWith("}}")).count();
      final Path file =
          Files.write(folder.resolve("btcusdt_cut" + (isPlain ? ".txt" : ".gz")), cut);
      if (lines == 0) {
        assertThrows(ImportException.class, () -> importAll(file));
        continue;
      }
      final ImportReport report = importAll(file);
      assertEquals(lines, report.events().trades());
      final String notes = report.files().get(0).notes().toString();
      final boolean endsWhole = isPlain && (left.endsWith("}}") || left.endsWith("\n"));
      assertEquals(!endsWhole, notes.contains("its last whole line is " + lines + ","), notes);
    }
  }

  private static String unpacked(final byte[] cut) throws IOException {
    final ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(cut))) {
      in.transferTo(text);
    } catch (final EOFException e) {
      // As far as it goes.
    }
    return text.toString(StandardCharsets.UTF_8);
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
  void shouldRefuseAFileWithoutAnyFrame() throws IOException {
    for (final String line : List.of("{}", "x {}", "1722816000200 {}", "17228 {}", "", "no")) {
      final Path file = gzip(folder, "btcusdt_20240805.gz", line + "\n");
      final ImportException flaw = assertThrows(ImportException.class, () -> importAll(file));
      assertTrue(flaw.getMessage().contains("btcusdt_20240805.gz"), flaw.getMessage());
    }
  }
}
