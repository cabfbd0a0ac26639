package io.liqmap.tools.importer;

import static io.liqmap.tools.importer.FeedCheck.csv;
import static io.liqmap.tools.importer.FeedCheck.gzip;
import static io.liqmap.tools.importer.FeedCheck.mantissa;
import static io.liqmap.tools.importer.FeedCheck.nanos;
import static io.liqmap.tools.importer.FeedCheck.read;
import static io.liqmap.tools.importer.FeedCheck.run;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.support.RealData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HyperliquidPositionsTest {
  private static final String HEADER = "ts,account,coin,szi,entryPx,liqPx,mark,uPnl,lev,acct_value";
  private static final String FIRST = "2026-07-13T12:01:50Z";
  private static final String SECOND = "2026-07-13T12:41:28Z";
  private static final String THIRD = "2026-07-13T15:11:53Z";

  @TempDir private Path folder;

  private static InstrumentDefinition coin(final String symbol) {
    return coin(symbol, 1);
  }

  private static InstrumentDefinition coin(final String symbol, final long multiplier) {
    final InstrumentDefinition like = FeedCheck.instrument("BTCUSDT");
    return new InstrumentDefinition(
        0,
        symbol,
        "hyperliquid",
        "COIN",
        "USDC",
        -8,
        -8,
        like.contractKind(),
        like.openInterestUnit(),
        like.openInterestSides(),
        1,
        1,
        multiplier * 100_000_000,
        like.origin());
  }

  private Path feed() {
    return folder.resolve("out").resolve("one.feed");
  }

  private ImportReport importAll(final String symbol, final Path... inputs) throws IOException {
    return run(
        ImportFormat.HYPERLIQUID_POSITIONS, ImportOptions.defaults(), feed(), coin(symbol), inputs);
  }

  private String refusal(final InstrumentDefinition definition, final String... rows)
      throws IOException {
    final Path file = positions("bad-positions.csv", rows);
    return assertThrows(
            ImportException.class,
            () ->
                run(
                    ImportFormat.HYPERLIQUID_POSITIONS,
                    ImportOptions.defaults(),
                    feed(),
                    definition,
                    file))
        .getMessage();
  }

  private Path positions(final String name, final String... rows) throws IOException {
    return csv(folder, name, HEADER + "\n" + String.join("\n", rows));
  }

  /** Account, size and liquidation price of each. */
  private static List<String> described(final List<FeedEvent> events) {
    return events.stream()
        .filter((event) -> event.kind() != FeedEvent.INSTRUMENT)
        .map(
            (event) ->
                event.kind() == FeedEvent.MARK_PRICE
                    ? "mark " + event.markPrice()
                    : event.account()
                        + (event.positionSide() == FeedEvent.LONG ? " +" : " -")
                        + event.quantity()
                        + (event.liquidationPrice() == FeedEvent.ABSENT
                            ? ""
                            : " at " + event.liquidationPrice()))
        .toList();
  }

  @Test
  void shouldReadMarkAndPositionsOfEachSnapshot() throws IOException {
    final Path file =
        positions(
            "positions.csv",
            FIRST + ",0,ETH,-35.7426,1784.25,4539.8319858996,1780.7,98.4,20,123660",
            FIRST + ",0,HYPE,2.5,63.1234,,64.998,-109.4,10,123660",
            FIRST + ",7,HYPE,-1e-05,70,75.123456789,64.998,0,3.5,5",
            SECOND + ",7,HYPE,-3,70,75,65,0,3,5");
    final ImportReport report = importAll("HYPE", file);

    final List<FeedEvent> events = read(feed());
    assertEquals(
        List.of(
            "mark " + mantissa("64.998"),
            "0 +" + mantissa("2.5"),
            "7 -1000 at " + mantissa("75.12345679"),
            "mark " + mantissa("65"),
            "7 -" + mantissa("3") + " at " + mantissa("75")),
        described(events));
    final FeedEvent first = events.get(2);
    assertEquals(nanos(FIRST), first.exchangeTime());
    assertEquals(mantissa("63.1234"), first.entryPrice());
    assertEquals(1_000, first.leverage());
    assertEquals(350, events.get(3).leverage());
    assertEquals(0, first.openedTime());
    assertEquals(new ImportReport.EventCounts(1, 2, 0, 0, 0, 0, 0, 3), report.events());
    assertEquals(Map.of("of another coin", 1L), report.files().get(0).rowsDropped());
    assertEquals(0, report.files().get(0).lost());
    assertTrue(report.files().get(0).notes().toString().contains("snapshots: 2"));
  }

  @Test
  void shouldCloseWhatASnapshotOfTheAccountLacksAndKeepWhatNoSnapshotCovers() throws IOException {
    importAll(
        "BTC",
        positions(
            "positions.csv",
            FIRST + ",1,BTC,1,60000,50000,62926,0,20,1",
            FIRST + ",2,BTC,2,60000,50000,62926,0,20,1",
            FIRST + ",3,BTC,3,60000,50000,62926,0,20,1",
            SECOND + ",1,ETH,1,1780,,1780,0,20,1",
            SECOND + ",3,BTC,0,60000,,62926,0,20,1",
            THIRD + ",2,ETH,1,1780,,1780,0,20,1",
            THIRD + ",1,BTC,4,60000,50000,62926,0,20,1"));
    final String at = " at " + mantissa("50000");
    assertEquals(
        List.of(
            "mark " + mantissa("62926"),
            "1 +" + mantissa("1") + at,
            "2 +" + mantissa("2") + at,
            "3 +" + mantissa("3") + at,
            "mark " + mantissa("62926"),
            "1 +0",
            "3 +0",
            "mark " + mantissa("62926"),
            "1 +" + mantissa("4") + at,
            "2 +0"),
        described(read(feed())));
    assertEquals(nanos(SECOND), read(feed()).get(6).exchangeTime());
  }

  @Test
  void shouldCloseOverFiles() throws IOException {
    final Path one = positions("positions-1.csv", FIRST + ",1,HYPE,1,60,50,62,0,20,1");
    final Path two =
        positions(
            "positions-2.csv",
            SECOND + ",1,ETH,1,1780,,1780,0,20,1",
            SECOND + ",2,HYPE,1,60,50,62,0,20,1");
    importAll("HYPE", two, one);
    final List<String> events = described(read(feed()));
    assertEquals("1 +0", events.get(events.size() - 1));
    final byte[] bytes = Files.readAllBytes(feed());
    importAll("HYPE", folder);
    assertArrayEquals(bytes, Files.readAllBytes(feed()));
  }

  @Test
  void shouldSortASnapshotThatIsOutOfOrder() throws IOException {
    importAll(
        "HYPE",
        positions(
            "positions.csv",
            SECOND + ",1,ETH,1,1780,,1780,0,20,1",
            FIRST + ",1,HYPE,1,60,50,62,0,20,1",
            SECOND + ",2,HYPE,1,60,50,62,0,20,1"));
    final List<String> events = described(read(feed()));
    assertEquals("1 +0", events.get(events.size() - 1));
  }

  @Test
  void shouldTakeALiquidationPriceBeyondAnyForNone() throws IOException {
    final ImportReport report =
        importAll(
            "HYPE",
            positions(
                "positions.csv",
                FIRST + ",1,HYPE,-1,60,432465691807.8024,62,0,20,1",
                FIRST + ",2,HYPE,1,60,0.0000000001,62,0,20,1"));
    assertEquals(
        List.of("mark " + mantissa("62"), "1 -" + mantissa("1"), "2 +" + mantissa("1")),
        described(read(feed())));
    assertTrue(report.files().get(0).notes().toString().contains("taken for none: 2"));
  }

  @Test
  void shouldTellCoinsApartByTheirWholeName() throws IOException {
    final Path file =
        positions(
            "positions.csv",
            FIRST + ",1,PEPE,1,0.5,,0.6,0,20,1",
            FIRST + ",1,xyz:kPEPE,2,0.5,,0.6,0,20,1",
            FIRST + ",1,kPEPE,3,0.002766,,0.002747,0,20,1");
    importAll("kPEPE", file);
    assertEquals(
        List.of("mark " + mantissa("0.002747"), "1 +" + mantissa("3")), described(read(feed())));
    importAll("xyz:kPEPE", file);
    assertEquals(
        List.of("mark " + mantissa("0.6"), "1 +" + mantissa("2")), described(read(feed())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        FIRST
            + ",0x31ca8395cf837de08b24da3f660e77761dfb974b,HYPE,1,60,50,62,0,20,1 | no number of an account",
        "yesterday,1,HYPE,1,60,50,62,0,20,1 | no time like",
        FIRST + ",1,HYPE,many,60,50,62,0,20,1 | is no number",
        FIRST + ",1,HYPE,1,-60,50,62,0,20,1 | is negative",
        FIRST + ",1,HYPE,1,60,-50,62,0,20,1 | is no amount of 0 or more",
        FIRST + ",1,HYPE,1,60,50,62,0,2000,1 | is no leverage",
        FIRST + ",1,HYPE,99999999999,60,50,62,0,20,1 | too large",
        FIRST + ",1,HYPE,1,60,50 | columns where 10 were expected"
      })
  void shouldRefuseRowsThatMeanNothing(final String row, final String complaint)
      throws IOException {
    final String refusal = refusal(coin("HYPE"), row);
    assertTrue(refusal.contains(complaint), refusal);
  }

  @ParameterizedTest
  @ValueSource(strings = {"@123", "PURR/USDC"})
  void shouldRefuseSpotPairs(final String symbol) throws IOException {
    final String refusal = refusal(coin(symbol), FIRST + ",1,HYPE,1,60,50,62,0,20,1");
    assertTrue(refusal.contains("is a spot pair"), refusal);
  }

  @Test
  void shouldRefuseADefinitionOfAnotherUnit() throws IOException {
    final String refusal = refusal(coin("HYPE", 10), FIRST + ",1,HYPE,1,60,50,62,0,20,1");
    assertTrue(refusal.contains("config/hyperliquid.conf"), refusal);
  }

  @Test
  void shouldRefuseAFileOfOtherColumns() throws IOException {
    final Path file = csv(folder, "positions.csv", "time,user,coin,size", "1,2,BTC,3");
    final String refusal =
        assertThrows(ImportException.class, () -> importAll("HYPE", file)).getMessage();
    assertTrue(refusal.contains("the column ts is missing"), refusal);
  }

  @Test
  void shouldReadThePackedFile() throws IOException {
    final Path file =
        gzip(
            folder,
            "positions-20260713.csv.gz",
            HEADER + "\n" + FIRST + ",1,HYPE,1,60,50,62,0,20,1\n");
    assertEquals(1, importAll("HYPE", file).events().knownPositions());
  }

  /** Read again by rules as plain as they can be. */
  @ParameterizedTest
  @ValueSource(strings = {"BTC", "ETH", "HYPE", "SOL"})
  void shouldTakeEachPositionOfTheRealSnapshots(final String symbol) throws IOException {
    final Path file =
        RealData.folder("hyperliquid-positions").resolve("hl-positions-20260713.csv.gz");
    final List<String> expected = new ArrayList<>();
    final Set<String> open =
        new TreeSet<>((a, b) -> Long.compare(Long.parseLong(a), Long.parseLong(b)));
    snapshots(file)
        .forEach(
            (time, rows) -> {
              final Map<String, String> held = new LinkedHashMap<>();
              final Set<String> covered = new LinkedHashSet<>();
              for (final String[] row : rows) {
                covered.add(row[1]);
                if (row[2].equals(symbol)) {
                  if (held.isEmpty()) {
                    expected.add("mark " + mantissa(row[6]));
                  }
                  held.put(row[1], position(row));
                }
              }
              expected.addAll(held.values());
              for (final String account : List.copyOf(open)) {
                if (covered.contains(account) && !held.containsKey(account)) {
                  expected.add(account + " +0");
                  open.remove(account);
                }
              }
              open.addAll(held.keySet());
            });

    final ImportReport report =
        run(
            ImportFormat.HYPERLIQUID_POSITIONS,
            ImportOptions.defaults(),
            feed(),
            coin(symbol),
            file);

    assertEquals(expected, described(read(feed())));
    assertEquals(5, report.events().markPrices());
    assertEquals(0, report.files().get(0).lost());
  }

  private static String position(final String[] row) {
    final BigDecimal size = new BigDecimal(row[3]);
    final String side = row[1] + (size.signum() > 0 ? " +" : " -");
    final String amount = side + mantissa(size.abs().toPlainString());
    if (row[5].isEmpty()) {
      return amount;
    }
    final BigDecimal liquidation =
        new BigDecimal(row[5]).movePointRight(8).setScale(0, RoundingMode.HALF_EVEN);
    return liquidation.signum() == 0 || liquidation.compareTo(BigDecimal.valueOf(1L << 53)) > 0
        ? amount
        : amount + " at " + liquidation;
  }

  private static Map<String, List<String[]>> snapshots(final Path file) throws IOException {
    final Map<String, List<String[]>> snapshots = new TreeMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      lines
          .lines()
          .skip(1)
          .map((line) -> line.split(",", -1))
          .forEach((row) -> snapshots.computeIfAbsent(row[0], (t) -> new ArrayList<>()).add(row));
    }
    return snapshots;
  }
}
