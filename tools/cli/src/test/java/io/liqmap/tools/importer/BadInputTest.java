package io.liqmap.tools.importer;

import static io.liqmap.tools.importer.FeedCheck.csv;
import static io.liqmap.tools.importer.FeedCheck.gzip;
import static io.liqmap.tools.importer.FeedCheck.run;
import static io.liqmap.tools.importer.FeedCheck.zip;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.codecs.feed.ContractKind;
import io.liqmap.codecs.feed.OpenInterestSides;
import io.liqmap.codecs.feed.OpenInterestUnit;
import io.liqmap.engine.feed.FeedOrigin;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BadInputTest {
  private static final String NAME = "BTCUSDT-aggTrades-2024-08-05.csv";
  private static final String GOOD = "1,58000.10,0.003,10,11,1722816000123,true";

  @TempDir private Path folder;

  private Path file(final String name, final String... lines) throws IOException {
    return csv(folder, name, lines);
  }

  private Path feed() {
    return folder.resolve("btc.feed");
  }

  private String refusal(final ImportFormat format, final Path... inputs) {
    return refusal(format, ImportOptions.defaults(), inputs);
  }

  /** Message of the refusal; nothing may be left behind. */
  private String refusal(
      final ImportFormat format, final ImportOptions options, final Path... inputs) {
    final String message =
        assertThrows(ImportException.class, () -> run(format, options, feed(), inputs))
            .getMessage();
    assertFalse(Files.exists(feed()));
    assertFalse(Files.exists(folder.resolve("btc.feed.part")));
    return message;
  }

  private static void assertSays(final String message, final String... parts) {
    for (final String part : parts) {
      assertTrue(message.contains(part), () -> "'" + part + "' in: " + message);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "2,abc,1,1,1,1722816000123,true; column 2: 'abc' is no number",
        "2,-1,1,1,1,1722816000123,true; column 2: '-1' is negative",
        "2,,1,1,1,1722816000123,true; column 2: '' is no number",
        "2,1.123456789,1,1,1,1722816000123,true; has more decimals",
        "2,99999999999,1,1,1,1722816000123,true; too large",
        "2,1,1,1,1,1722816000,true; '1722816000' is no time between 2000 and 2100",
        "2,1,1,1,1,1722816000123,maybe; 'maybe' is neither true nor false",
        "2,1,1,1,1,1722816000123; 6 columns where 7 were expected",
        "2,1,1,1,1,1722816000123,true,true; 8 columns where 7 were expected",
        "x,1,1,1,1,1722816000123,true; column 1: 'x' is no number",
      })
  void shouldNameFileLineAndFlawOfABrokenRow(final String row, final String flaw)
      throws IOException {
    final Path file = file(NAME, GOOD, "", row);
    assertSays(refusal(ImportFormat.BINANCE, file), file + ": line 3: ", flaw, "; ");
  }

  @Test
  void shouldShortenWhatItQuotes() throws IOException {
    final Path file = file(NAME, GOOD, "2," + "\u0007x".repeat(500) + ",1,1,1,1722816000123,true");
    final String message = refusal(ImportFormat.BINANCE, file);
    assertSays(message, "'?x?x", "…'");
    assertTrue(message.length() < file.toString().length() + 200);
  }

  @Test
  void shouldLeaveAnEarlierFeedAsItIs() throws IOException {
    run(ImportFormat.BINANCE, ImportOptions.defaults(), feed(), file(NAME, GOOD));
    final byte[] before = Files.readAllBytes(feed());
    final Path broken = file(NAME, GOOD, "broken");
    assertThrows(
        ImportException.class,
        () -> run(ImportFormat.BINANCE, ImportOptions.defaults(), feed(), broken));
    assertArrayEquals(before, Files.readAllBytes(feed()));
  }

  @Test
  void shouldRefuseEmptyFilesAndMissingOnes() throws IOException {
    assertSays(refusal(ImportFormat.BINANCE, Files.createFile(folder.resolve(NAME))), "is empty");
    assertSays(refusal(ImportFormat.BINANCE, folder.resolve("none.csv")), "doesn't exist");
    assertSays(refusal(ImportFormat.BINANCE), "no input files");
    assertSays(
        refusal(ImportFormat.BINANCE, Files.createDirectory(folder.resolve("bare"))),
        "holds no file",
        "BTCUSDT-aggTrades-2024-08-05.zip");
  }

  @Test
  void shouldRefuseFilesWithoutAnyRow() throws IOException {
    assertSays(
        refusal(
            ImportFormat.BINANCE,
            file(
                NAME,
                "agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker")),
        "no event came out");
    assertSays(refusal(ImportFormat.BINANCE, file(NAME, "", "")), "holds no rows");
  }

  @Test
  void shouldRefuseAnotherSymbol() throws IOException {
    assertSays(
        refusal(ImportFormat.BINANCE, file("ETHUSDT-aggTrades-2024-08-05.csv", GOOD)),
        "is of 'ETHUSDT', not of BTCUSDT");
    assertSays(
        refusal(ImportFormat.COINALYZE, file("ETHUSDT-ohlcv.csv", GOOD)),
        "is of 'ETHUSDT', not of BTCUSDT");
    assertSays(
        refusal(
            ImportFormat.BINANCE,
            file("BTCUSDT-metrics-2024-08-05.csv", "2024-08-05 00:05:00,ETHUSDT,1,1,1,1,1,1")),
        "line 1: column 2: 'ETHUSDT' is another symbol");
    assertSays(
        refusal(
            ImportFormat.BINANCE, zip(folder, "x.zip", "ETHUSDT-aggTrades-2024-08-05.csv", GOOD)),
        "is of 'ETHUSDT', not of BTCUSDT");
  }

  @Test
  void shouldRefuseAZipFileWhoseBytesWereChanged() throws IOException {
    final Path file =
        zip(folder, "BTCUSDT-aggTrades-2024-08-05.zip", NAME, (GOOD + "\n").repeat(3));
    final byte[] bytes = Files.readAllBytes(file);
    for (int i = 40; i < bytes.length - 30; i += 3) {
      final byte[] changed = bytes.clone();
      changed[i] ^= 0x55;
      Files.write(file, changed);
      try {
        run(ImportFormat.BINANCE, ImportOptions.defaults(), feed(), file);
      } catch (final ImportException flaw) {
        assertSays(flaw.getMessage(), file.toString());
      }
    }
  }

  @Test
  void shouldRefuseUnknownKinds() throws IOException {
    assertSays(refusal(ImportFormat.BINANCE, file("x.csv", GOOD)), "no kind of file");
    assertSays(refusal(ImportFormat.TARDIS, file("x.csv", "a,b", "1,2")), "no kind of file");
    assertSays(refusal(ImportFormat.COINALYZE, file("x.csv", GOOD)), "no kind of file");
  }

  @Test
  void shouldRefuseKlinesOfTradesAsMarks() throws IOException {
    assertSays(
        refusal(
            ImportFormat.BINANCE,
            csv(
                folder.resolve("markPriceKlines"),
                "BTCUSDT-1m-2024-08-05.csv",
                "1722816000000,1,1,1,1,12.5,1722816059999,0,60,0,0,0")),
        "line 1: column 6: '12.5' is traded volume");
  }

  @Test
  void shouldRefuseMarksOfTwoIntervals() throws IOException {
    final Path minutes =
        file("BTCUSDT-markPriceKlines-1m.csv", "1722816000000,1,1,1,1,0,1722816059999,0,60,0,0,0");
    final Path hours =
        file("BTCUSDT-markPriceKlines-1h.csv", "1722816060000,1,1,1,1,0,1722819659999,0,60,0,0,0");
    assertSays(refusal(ImportFormat.BINANCE, minutes, hours), "different intervals");
  }

  @Test
  void shouldRefuseMissingColumns() throws IOException {
    assertSays(
        refusal(
            ImportFormat.BINANCE,
            file(NAME, "agg_trade_id,price,quantity,transact_time", "1,1,1,1722816000000")),
        "line 1: the column first_trade_id is missing");
  }

  @Test
  void shouldRefuseArchivesThatAreNone() throws IOException {
    final Path zip = file("BTCUSDT-aggTrades-2024-08-05.zip", GOOD);
    assertSays(refusal(ImportFormat.BINANCE, zip), zip.toString(), "is no whole zip file");
    final Path gzip = file("binance-futures_trades_2024-08-05_BTCUSDT.csv.gz", GOOD);
    assertSays(refusal(ImportFormat.TARDIS, gzip), gzip.toString(), "is no whole gzip file");
  }

  @Test
  void shouldRefuseAGzipFileThatIsCutOff() throws IOException {
    final StringBuilder text =
        new StringBuilder("exchange,symbol,timestamp,local_timestamp,id,side,price,amount\n");
    for (int i = 0; i < 2000; i++) {
      text.append("binance-futures,BTCUSDT,1722816000300000,1722816000301000,")
          .append(i * 7919 % 10007)
          .append(",buy,58000.1,0.5\n");
    }
    final Path file =
        gzip(folder, "binance-futures_trades_2024-08-05_BTCUSDT.csv.gz", text.toString());
    final byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length * 2 / 3));
    assertSays(refusal(ImportFormat.TARDIS, file), file.toString(), "is unreadable from here on");
    Files.write(file, Arrays.copyOf(whole, whole.length - 4));
    assertSays(refusal(ImportFormat.TARDIS, file), file.toString(), "is unreadable from here on");
  }

  @Test
  void shouldRefuseGzipMembersThatAreBroken() throws IOException {
    final String header = "exchange,symbol,timestamp,local_timestamp,id,side,price,amount\n";
    final String row =
        "binance-futures,BTCUSDT,1722816000300000,1722816000301000,1,buy,58000.1,0.5\n";
    final Path file =
        gzip(folder, "binance-futures_trades_2024-08-05_BTCUSDT.csv.gz", header + row, row);
    final byte[] bytes = Files.readAllBytes(file);
    for (int i = 10; i < bytes.length; i++) {
      if (bytes[i] == 0x1f && bytes[i + 1] == (byte) 0x8b) {
        bytes[i] = 0;
        break;
      }
    }
    Files.write(file, bytes);
    assertSays(refusal(ImportFormat.TARDIS, file), file.toString(), "after its end");
  }

  @Test
  void shouldRefuseZipFilesOfSeveralEntriesOrOddNames() throws IOException {
    final Path several = folder.resolve("BTCUSDT-aggTrades-2024-08-05.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(several))) {
      zip.putNextEntry(new ZipEntry("a.csv"));
      zip.putNextEntry(new ZipEntry("b.csv"));
    }
    assertSays(refusal(ImportFormat.BINANCE, several), "2 entries");
    for (final String name : new String[] {"../" + NAME, "/etc/" + NAME, "a\\" + NAME, "x.exe"}) {
      final Path odd = zip(folder, "BTCUSDT-aggTrades-2024-08-06.zip", name, GOOD);
      assertSays(refusal(ImportFormat.BINANCE, odd), "no plain CSV file name");
    }
  }

  @Test
  void shouldStopAtAnArchiveThatExpandsTooFar() throws IOException {
    final Path bomb =
        zip(folder, "BTCUSDT-aggTrades-2024-08-05.zip", NAME, (GOOD + "\n").repeat(200_000));
    assertSays(
        refusal(ImportFormat.BINANCE, ImportOptions.defaults().withMaxExpandedBytes(1 << 20), bomb),
        bomb.toString(),
        "expands to more than 1048576 bytes");
    final Path zeros = zip(folder, "BTCUSDT-aggTrades-2024-08-06.zip", NAME, "0".repeat(100 << 20));
    assertSays(refusal(ImportFormat.BINANCE, zeros), zeros.toString());
  }

  @Test
  void shouldRefuseBinaryDataAndEndlessFields() throws IOException {
    final byte[] noise = new byte[300_000];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (byte) (i * 31 + i / 7);
    }
    assertSays(
        refusal(ImportFormat.BINANCE, Files.write(folder.resolve(NAME), noise)),
        folder.resolve(NAME).toString());
    assertSays(
        refusal(ImportFormat.BINANCE, file(NAME, GOOD, "1".repeat(300_000))),
        folder.resolve(NAME).toString(),
        "is unreadable from here on");
  }

  @Test
  void shouldRefuseTheSameDayPackedAndUnpacked() throws IOException {
    csv(folder.resolve("in"), NAME, GOOD);
    zip(folder.resolve("in"), "BTCUSDT-aggTrades-2024-08-05.zip", NAME, GOOD);
    assertSays(refusal(ImportFormat.BINANCE, folder.resolve("in")), "packed or unpacked");
  }

  @Test
  void shouldRefuseAnOffsetWhereTimesAreUtc() throws IOException {
    assertSays(
        refusal(
            ImportFormat.BINANCE,
            ImportOptions.defaults().withTimeZone(ZoneOffset.ofHours(6)),
            file(NAME, GOOD)),
        "--utc-offset");
  }

  @Test
  void shouldRefuseTimesThatArent() throws IOException {
    file("BTCUSDT-ohlcv.csv", "2024-02-30 03:00:00,1,1,1,1,1,1,1,1");
    assertSays(
        refusal(ImportFormat.COINALYZE, folder.resolve("BTCUSDT-ohlcv.csv")),
        "line 1: column 1: '2024-02-30 03:00:00' is no time like");
  }

  @Test
  void shouldRefuseBarsWhosePricesContradict() throws IOException {
    file(
        "BTCUSDT-ohlcv.csv",
        "2024-02-20 03:00:00,1,1,1,1,1,1,1,1",
        "2024-02-20 04:00:00,1,2,1,3,1,1,1,1");
    assertSays(
        refusal(ImportFormat.COINALYZE, folder.resolve("BTCUSDT-ohlcv.csv")),
        "line 2: open and close don't lie between low and high");
  }

  @Test
  void shouldRefuseMetricsForAnInstrumentOfAnotherUnit() throws IOException {
    final InstrumentDefinition contracts =
        new InstrumentDefinition(
            0,
            "BTCUSDT",
            "x",
            "BTC",
            "USDT",
            -8,
            -8,
            ContractKind.LINEAR,
            OpenInterestUnit.CONTRACTS,
            OpenInterestSides.BOTH,
            1,
            1,
            1,
            FeedOrigin.NOT_STATED);
    final Path metrics =
        file("BTCUSDT-metrics-2024-08-05.csv", "2024-08-05 00:05:00,BTCUSDT,1,1,1,1,1,1");
    assertSays(
        assertThrows(
                ImportException.class,
                () ->
                    run(ImportFormat.BINANCE, ImportOptions.defaults(), feed(), contracts, metrics))
            .getMessage(),
        "base coins");
  }

  @Test
  void shouldKnowItsFormatsByName() {
    assertEquals(ImportFormat.BINANCE, ImportFormat.of("Binance").orElseThrow());
    assertEquals(ImportFormat.COINALYZE, ImportFormat.of("coinalyze").orElseThrow());
    assertTrue(ImportFormat.of("bitmex").isEmpty());
    assertEquals("tardis", ImportFormat.TARDIS.toString());
  }
}
