package io.liqmap.tools.importer;

import static io.liqmap.tools.importer.FeedCheck.csv;
import static io.liqmap.tools.importer.FeedCheck.file;
import static io.liqmap.tools.importer.FeedCheck.nanos;
import static io.liqmap.tools.importer.FeedCheck.run;
import static io.liqmap.tools.importer.FeedCheck.zip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an import says of what it lost, what is missing, and what it checked. */
final class ImportReportTest {
  private static final ImportOptions DEFAULTS = ImportOptions.defaults();
  private static final long START = 1_722_816_000_000L;

  @TempDir private Path folder;

  private Path feed() {
    return folder.resolve("out").resolve("btc.feed");
  }

  private Path kept() {
    return folder.resolve("out").resolve("btc.feed.import.json");
  }

  private ImportReport importAll(final Path... inputs) throws IOException {
    return run(ImportFormat.BINANCE, DEFAULTS, feed(), inputs);
  }

  private Path trades(final int rows, final int ofNothing) throws IOException {
    final List<String> lines = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      lines.add(
          i + ",58000," + (i < ofNothing ? "0" : "1") + ",1,1," + (START + 1000L * i) + ",true");
    }
    return csv(folder, "BTCUSDT-aggTrades-2024-08-05.csv", lines.toArray(String[]::new));
  }

  private static ImportReport.SeriesReport series(final ImportReport report, final String name) {
    return report.series().stream().filter((s) -> s.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void shouldRefuseAFileThatWouldLoseMoreThanTheShare() throws IOException {
    final Path file = trades(1_000, 51);
    final ImportException flaw = assertThrows(ImportException.class, () -> importAll(file));
    for (final String part :
        List.of(
            file.toString(),
            "51 of its 1,000 rows",
            "51: price or quantity is zero",
            "more than 5 %",
            "--max-dropped")) {
      assertTrue(flaw.getMessage().contains(part), flaw.getMessage());
    }
    assertFalse(Files.exists(feed()));
    assertFalse(Files.exists(kept()));
    assertEquals(
        949,
        run(ImportFormat.BINANCE, DEFAULTS.withMaxLostShare(0.051), feed(), file)
            .events()
            .trades());
  }

  @Test
  void shouldTakeAFileThatLosesNoMoreThanTheShare() throws IOException {
    final ImportReport report = importAll(trades(1_000, 50));
    assertEquals(50, report.files().get(0).lost());
  }

  @Test
  void shouldLetAFewRowsOfAShortFilePassButNotMostOfThem() throws IOException {
    assertEquals(10, importAll(trades(20, 10)).events().trades());
    final Path most = trades(20, 11);
    assertThrows(ImportException.class, () -> importAll(most));
  }

  @Test
  void shouldNotCountWhatAnotherFileSaidAsLost() throws IOException {
    final Path file = trades(1_000, 0);
    final Path again = folder.resolve("BTCUSDT-aggTrades-2024-08.csv");
    Files.copy(file, again);
    final ImportReport report = importAll(file, again);
    assertEquals(1_000, report.events().trades());
    assertEquals(1_000, report.files().stream().mapToLong((f) -> f.dropped()).sum());
    assertEquals(0, report.files().stream().mapToLong((f) -> f.lost()).sum());
  }

  @Test
  void shouldFindHolesOfOpenInterestByItsRhythm() throws IOException {
    final List<String> rows = new ArrayList<>();
    for (int i = 0; i < 288; i++) {
      if ((i < 100 || i > 105) && i != 200) {
        rows.add(
            String.format(
                Locale.ROOT,
                "2024-08-05 %02d:%02d:00,BTCUSDT,%d,1,1,1,1.5,1",
                i / 12,
                i % 12 * 5,
                80_000 + i));
      }
    }
    final ImportReport report =
        importAll(csv(folder, "BTCUSDT-metrics-2024-08-05.csv", rows.toArray(String[]::new)));
    for (final String name : List.of("open interest", "account ratio")) {
      final ImportReport.SeriesReport found = series(report, name);
      assertEquals(281, found.values());
      assertEquals(300_000_000_000L, found.rhythm());
      assertEquals(2, found.holes());
      assertEquals(7, found.missing());
      assertEquals(7.0 / 287, found.missingShare(), 1e-12);
      assertEquals(
          new ImportReport.Hole(
              nanos("2024-08-05T08:15:00Z"), nanos("2024-08-05T08:50:00Z"), 6, -1, -1),
          found.largest().get(0));
      assertEquals(nanos("2024-08-05T16:35:00Z"), found.largest().get(1).from());
    }
  }

  @Test
  void shouldFindHolesOfMarksFundingAndTradeIds() throws IOException {
    final List<String> marks = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      if (i < 30 || i > 39) {
        final long open = START + 60_000L * i;
        marks.add(open + ",58000,58010,57990,58005,0," + (open + 59_999) + ",0,60,0,0,0");
      }
    }
    final ImportReport report =
        importAll(
            csv(folder, "BTCUSDT-markPriceKlines-1m-2024-08-05.csv", marks.toArray(String[]::new)),
            csv(
                folder,
                "BTCUSDT-fundingRate-2024-08.csv",
                START + 3 + ",8,0.0001",
                START + 8 * 3_600_000L + 1 + ",8,0.0001",
                START + 32 * 3_600_000L + 1 + ",8,0.0001",
                START + 40 * 3_600_000L + 1 + ",4,0.0001",
                START + 44 * 3_600_000L + ",4,0.0001"),
            csv(
                folder,
                "BTCUSDT-aggTrades-2024-08-05.csv",
                "7,58000,1,1,1," + START + ",true",
                "8,58000,1,1,1," + (START + 1) + ",true",
                "12,58000,1,1,1," + (START + 5) + ",true"));
    final ImportReport.SeriesReport mark = series(report, "mark price");
    assertEquals(1, mark.holes());
    assertEquals(10, mark.missing());
    assertEquals(nanos("2024-08-05T00:29:00Z"), mark.largest().get(0).from());
    assertEquals(nanos("2024-08-05T00:40:00Z"), mark.largest().get(0).to());
    final ImportReport.SeriesReport funding = series(report, "funding");
    assertEquals(1, funding.holes());
    assertEquals(2, funding.missing());
    assertEquals(nanos("2024-08-05T08:00:00Z"), funding.largest().get(0).from());
    final ImportReport.SeriesReport trades = series(report, "trades");
    assertEquals(0.5, trades.missingShare());
    assertEquals(
        List.of(new ImportReport.Hole((START + 1) * 1_000_000, (START + 5) * 1_000_000, 3, 9, 11)),
        trades.largest());
  }

  @Test
  void shouldFindHolesOfBarsOverFolders() throws IOException {
    for (final int day : new int[] {20, 22}) {
      final List<String> bars = new ArrayList<>();
      final List<String> openInterest = new ArrayList<>();
      for (int hour = 0; hour < 24; hour++) {
        bars.add(String.format(Locale.ROOT, "2024-06-%d %02d:00:00,5,6,4,5,0,0,0,0", day, hour));
        openInterest.add(String.format(Locale.ROOT, "2024-06-%d %02d:00:00,5,6,4,5", day, hour));
      }
      csv(folder.resolve("d" + day), "BTCUSDT-ohlcv.csv", bars.toArray(String[]::new));
      csv(
          folder.resolve("d" + day),
          "BTCUSDT-open-interest.csv",
          openInterest.toArray(String[]::new));
    }
    final ImportReport report =
        run(
            ImportFormat.COINALYZE,
            DEFAULTS.withOpenInterestUnit(AmountUnit.BASE),
            feed(),
            folder.resolve("d22"),
            folder.resolve("d20"));
    for (final String name : List.of("bars", "open interest")) {
      final ImportReport.SeriesReport found = series(report, name);
      assertEquals(48, found.values());
      assertEquals(3_600_000_000_000L, found.rhythm());
      assertEquals(1, found.holes());
      assertEquals(24, found.missing());
    }
  }

  @Test
  void shouldFindSilenceOfTradesThatComeIrregularly() throws IOException {
    final List<String> rows = new ArrayList<>();
    rows.add(
        "timestamp,symbol,side,size,price,tickDirection,trdMatchID,grossValue,homeNotional,foreignNotional");
    for (int i = 0; i < 2_000; i++) {
      final long millis = START + i * 1_000L + i * i % 997 + (i > 1_000 ? 3_600_000 : 0);
      rows.add(
          "%s.%s,BTCUSDT,Buy,1,58000,ZeroMinusTick,0-0-0,1,1,1"
              .formatted(millis / 1000, String.format(Locale.ROOT, "%03d", millis % 1000)));
    }
    final ImportReport.SeriesReport trades =
        series(
            run(
                ImportFormat.BYBIT,
                DEFAULTS,
                feed(),
                csv(folder, "BTCUSDT2024-08-05.csv", rows.toArray(String[]::new))),
            "trades");
    assertEquals(0, trades.rhythm());
    assertEquals(1, trades.holes());
    assertEquals(
        nanos("2024-08-05T00:16:40.000Z") / 1_000_000_000L,
        trades.largest().get(0).from() / 1_000_000_000L);
  }

  private Path zipped() throws IOException {
    return zip(
        folder,
        "BTCUSDT-aggTrades-2024-08-05.zip",
        "BTCUSDT-aggTrades-2024-08-05.csv",
        "1,58000.10,0.003,10,11,1722816000123,true\n");
  }

  private void sum(final Path zip, final String text) throws IOException {
    Files.writeString(zip.resolveSibling(zip.getFileName() + ".CHECKSUM"), text);
  }

  private static String sha256(final Path file) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }

  @Test
  void shouldCheckTheSumBesideAZipFile() throws Exception {
    final Path zip = zipped();
    assertFalse(importAll(zip).files().get(0).isChecked());
    sum(zip, sha256(zip) + "  " + zip.getFileName() + "\n");
    final Path sumFile = folder.resolve("BTCUSDT-aggTrades-2024-08-05.zip.CHECKSUM");
    for (final Path[] inputs : new Path[][] {{zip}, {folder}, {zip, sumFile}}) {
      final ImportReport report = importAll(inputs);
      assertEquals(1, report.files().size());
      assertTrue(report.files().get(0).isChecked());
      assertEquals(List.of(), report.files().get(0).notes());
    }
  }

  @Test
  void shouldRefuseAZipFileOfAnotherSum() throws Exception {
    final Path zip = zipped();
    final String wrong = "0".repeat(64);
    sum(zip, wrong + "  " + zip.getFileName() + "\n");
    final ImportException flaw = assertThrows(ImportException.class, () -> importAll(zip));
    assertTrue(flaw.getMessage().contains(wrong), flaw.getMessage());
    assertTrue(flaw.getMessage().contains(sha256(zip)), flaw.getMessage());
    assertTrue(flaw.getMessage().contains("get both files again"), flaw.getMessage());
    sum(zip, wrong + "  other.zip\n");
    final ImportException other = assertThrows(ImportException.class, () -> importAll(zip));
    assertTrue(other.getMessage().contains("'other.zip'"), other.getMessage());
    assertTrue(other.getMessage().contains("of another file"), other.getMessage());
    assertFalse(Files.exists(feed()));
  }

  @Test
  void shouldSayThatASumIsMalformedOrNamesAnotherFile() throws Exception {
    final Path zip = zipped();
    for (final String malformed : List.of("", "<html>404</html>", "abc  x.zip")) {
      sum(zip, malformed);
      final ImportReport.InputReport file = importAll(zip).files().get(0);
      assertFalse(file.isChecked());
      assertTrue(file.notes().get(0).contains("not checked"), file.notes()::toString);
    }
    sum(zip, sha256(zip).toUpperCase(Locale.ROOT) + " *renamed.zip\n");
    final ImportReport.InputReport file = importAll(zip).files().get(0);
    assertTrue(file.isChecked());
    assertTrue(file.notes().get(0).contains("'renamed.zip'"), file.notes()::toString);
  }

  @Test
  void shouldKeepTheReportBesideTheFeed() throws IOException {
    final ImportReport report = importAll(trades(100, 3));
    assertEquals(report.json(), Files.readString(kept()));
    final List<String> names = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(report.json())) {
      int depth = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (token == JsonToken.FIELD_NAME && depth == 1) {
          names.add(parser.currentName());
        }
      }
    }
    assertEquals(
        List.of(
            "feed",
            "format",
            "symbol",
            "firstTime",
            "lastTime",
            "events",
            "files",
            "series",
            "notes"),
        names);
    for (final String part :
        List.of(
            "\"rowsRead\" : 100",
            "\"rowsUsed\" : 97",
            "\"reason\" : \"price or quantity is zero\"",
            "\"lost\" : 3",
            "\"checksumChecked\" : false",
            "\"trades\" : 97",
            "\"firstTime\" : \"2024-08-05T00:00:03Z\"")) {
      assertTrue(report.json().contains(part), () -> part + " in " + report.json());
    }
  }

  @Test
  void shouldReplaceALinkInsteadOfFollowingItAndLeaveNoReportOfAnotherFeed() throws IOException {
    final Path precious = Files.writeString(folder.resolve("precious"), "keep");
    Files.createDirectories(kept().getParent());
    Files.createSymbolicLink(kept(), precious);
    Files.createSymbolicLink(kept().resolveSibling("btc.feed.import.json.part"), precious);
    final ImportReport report = importAll(trades(10, 0));
    assertEquals("keep", Files.readString(precious));
    assertFalse(Files.isSymbolicLink(kept()));
    assertEquals(report.json(), Files.readString(kept()));
    final Path broken = csv(folder.resolve("b"), "BTCUSDT-aggTrades-2024-08-06.csv", "1,2");
    assertThrows(ImportException.class, () -> importAll(broken));
    assertEquals(report.json(), Files.readString(kept()));
  }
}
