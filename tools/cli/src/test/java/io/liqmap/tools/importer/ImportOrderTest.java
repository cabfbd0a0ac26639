package io.liqmap.tools.importer;

import static io.liqmap.tools.importer.FeedCheck.csv;
import static io.liqmap.tools.importer.FeedCheck.gzip;
import static io.liqmap.tools.importer.FeedCheck.mantissa;
import static io.liqmap.tools.importer.FeedCheck.nanos;
import static io.liqmap.tools.importer.FeedCheck.read;
import static io.liqmap.tools.importer.FeedCheck.run;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.feed.FeedEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files whose rows aren't in order, compared with what a reader of their own text finds. */
final class ImportOrderTest {
  private static final String METRICS =
      "create_time,symbol,sum_open_interest,sum_open_interest_value,count_toptrader_long_short_ratio,"
          + "sum_toptrader_long_short_ratio,count_long_short_ratio,sum_taker_long_short_vol_ratio";
  private static final String BYBIT =
      "timestamp,symbol,side,size,price,tickDirection,trdMatchID,grossValue,homeNotional,foreignNotional";
  private static final ImportOptions DEFAULTS = ImportOptions.defaults();
  private static final ImportOptions LITTLE_MEMORY = DEFAULTS.withSortMemoryBytes(4 << 10);
  private static final long START = 1_722_816_000_000L;

  @TempDir private Path folder;

  private Path feed() {
    return folder.resolve("out").resolve("btc.feed");
  }

  private ImportReport importBinance(final ImportOptions options, final Path... inputs)
      throws IOException {
    return run(ImportFormat.BINANCE, options, feed(), inputs);
  }

  private static List<String> trades(final long firstId, final int count, final Random random) {
    final List<String> rows = new ArrayList<>();
    long time = START + firstId * 100;
    for (int i = 0; i < count; i++) {
      time += random.nextInt(80);
      rows.add(
          String.join(
              ",",
              String.valueOf(firstId + i),
              String.valueOf(58_000 + random.nextInt(100)),
              "0." + (1 + random.nextInt(9)),
              "1",
              "1",
              String.valueOf(time),
              String.valueOf(random.nextBoolean())));
    }
    return rows;
  }

  /** Two stretches of a month, a row of the one and a row of the other in turn. */
  private static List<String> inTurn(final List<String> ordered) {
    final List<String> rows = new ArrayList<>();
    final int half = ordered.size() / 2;
    for (int i = 0; i < half; i++) {
      rows.add(ordered.get(i));
      rows.add(ordered.get(half + i));
    }
    return rows;
  }

  private Path month(final List<String> rows) throws IOException {
    return csv(folder, "BTCUSDT-aggTrades-2024-08.csv", rows.toArray(String[]::new));
  }

  private void assertNothingLeft() throws IOException {
    try (Stream<Path> left = Files.list(feed().getParent())) {
      assertEquals(
          List.of(),
          left.map((f) -> f.getFileName().toString())
              .filter((f) -> !f.equals("btc.feed") && !f.equals("btc.feed.import.json"))
              .toList());
    }
  }

  @Test
  void shouldLoseNoTradeOfAMonthPutTogetherFromTwoStretchesInTurn() throws IOException {
    final List<String> ordered = trades(1, 40_000, new Random(1));
    importBinance(DEFAULTS, month(ordered));
    final byte[] expected = Files.readAllBytes(feed());
    final ImportReport report = importBinance(DEFAULTS, month(inTurn(ordered)));
    assertEquals(40_000, report.events().trades());
    assertEquals(0, report.files().get(0).dropped());
    assertEquals(19_999, report.files().get(0).rowsReordered());
    assertEquals(List.of(), report.notes());
    assertArrayEquals(expected, Files.readAllBytes(feed()));
    assertNothingLeft();
  }

  @Test
  void shouldSortAFileThatIsLargerThanItsMemory() throws IOException {
    final List<String> ordered = trades(1, 40_000, new Random(2));
    importBinance(DEFAULTS, month(ordered));
    final byte[] expected = Files.readAllBytes(feed());
    final List<String> shuffled = new ArrayList<>(ordered);
    Collections.shuffle(shuffled, new Random(3));
    importBinance(LITTLE_MEMORY, month(shuffled));
    assertArrayEquals(expected, Files.readAllBytes(feed()));
    assertNothingLeft();
  }

  @Test
  void shouldLeaveNoTemporaryFileWhereTheImportFails() throws IOException {
    final List<String> rows = inTurn(trades(1, 4_000, new Random(4)));
    rows.add("broken");
    assertThrows(ImportException.class, () -> importBinance(LITTLE_MEMORY, month(rows)));
    assertNothingLeft();
    assertFalse(Files.exists(feed()));
  }

  @Test
  void shouldKeepItsMemoryWithinBounds() throws IOException {
    final Path file = month(inTurn(trades(1, 30_000, new Random(5))));
    final int bound = 64 << 10;
    try (CsvRows rows = new CsvRows(file, Long.MAX_VALUE);
        RowSorter sorter = new RowSorter(folder, bound, false)) {
      while (rows.next()) {
        sorter.add(rows.row().integer(0), rows.row());
        assertTrue(sorter.heldBytes() <= 2L * bound, "holds " + sorter.heldBytes());
      }
      final Row row = new Row(file);
      long last = 0;
      long count = 0;
      while (sorter.next(row)) {
        assertTrue(sorter.heldBytes() <= 2L * bound, "holds " + sorter.heldBytes());
        assertEquals(last + 1, sorter.key());
        assertEquals(sorter.key(), row.integer(0));
        last = sorter.key();
        count++;
      }
      assertEquals(30_000, count);
      assertTrue(sorter.spilled() > Files.size(file) / 2);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldKeepOrTurnRoundRowsOfEqualKeysWhetherSpilledOrNot(final boolean turnsRound)
      throws IOException {
    for (final int memory : new int[] {4 << 10, 1 << 20}) {
      final List<String> lines = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        lines.add(i % 7 + "," + i + ",ü€");
      }
      final Path file = csv(folder, "x.csv", lines.toArray(String[]::new));
      final List<String> expected = new ArrayList<>();
      for (int key = 0; key < 7; key++) {
        final List<String> equal = new ArrayList<>();
        for (final String line : lines) {
          if (line.startsWith(key + ",")) {
            equal.add(line + ",");
          }
        }
        if (turnsRound) {
          Collections.reverse(equal);
        }
        expected.addAll(equal);
      }
      final List<String> sorted = new ArrayList<>();
      try (CsvRows rows = new CsvRows(file, Long.MAX_VALUE);
          RowSorter sorter = new RowSorter(folder, memory, turnsRound)) {
        while (rows.next()) {
          sorter.add(rows.row().integer(0), rows.row());
        }
        final Row row = new Row(file);
        while (sorter.next(row)) {
          sorted.add(row.content());
        }
      }
      assertEquals(expected, sorted);
    }
  }

  @Test
  void shouldPutSwappedRowsOfMetricsInOrder() throws IOException {
    final List<String> rows = new ArrayList<>();
    for (int i = 0; i < 288; i++) {
      rows.add(
          String.format(
              "2024-08-05 %02d:%02d:00,BTCUSDT,%d.5,1,1,1,1.%03d,1",
              i / 12, i % 12 * 5, 80_000 + i, i));
    }
    final List<String> swapped = new ArrayList<>(rows);
    for (int i = 10; i < 10 + 22 * 12; i += 12) {
      Collections.swap(swapped, i, i + 1);
    }
    rows.add(0, METRICS);
    swapped.add(0, METRICS);
    final String name = "BTCUSDT-metrics-2024-08-05.csv";
    importBinance(DEFAULTS, csv(folder, name, rows.toArray(String[]::new)));
    final byte[] expected = Files.readAllBytes(feed());
    final ImportReport report =
        importBinance(DEFAULTS, csv(folder, name, swapped.toArray(String[]::new)));
    assertEquals(288, report.events().openInterests());
    assertEquals(22, report.files().get(0).rowsReordered());
    assertArrayEquals(expected, Files.readAllBytes(feed()));
  }

  @Test
  void shouldReplayAFileThatIsNewestFirstFromItsOldestRow() throws IOException {
    final String rest = ",ZeroMinusTick,0-0-0,1,1,1";
    final String text =
        String.join(
                "\n",
                BYBIT,
                "1580515203.1,BTCUSDT,Sell,4,6706.5" + rest,
                "1580515202.5,BTCUSDT,Buy,3,6700" + rest,
                "1580515202.5,BTCUSDT,Buy,2,6690" + rest,
                "1580515201.25,BTCUSDT,Buy,1,6686.5" + rest)
            + "\n";
    final Path file = gzip(folder, "BTCUSDT2020-02-01.csv.gz", text);
    final ImportReport report = run(ImportFormat.BYBIT, DEFAULTS, feed(), file);
    final List<FeedEvent> trades = read(feed(), FeedEvent.TRADE);
    assertEquals(
        List.of("1", "2", "3", "4").stream().map(FeedCheck::mantissa).toList(),
        trades.stream().map(FeedEvent::quantity).toList());
    assertEquals(mantissa("6706.5"), trades.get(3).price());
    assertEquals(nanos("2020-02-01T00:00:01.250Z"), trades.get(0).exchangeTime());
    assertEquals(trades.get(3).exchangeTime(), trades.get(3).receiveTime());
    assertEquals(3, report.files().get(0).rowsReordered());
    assertTrue(report.files().get(0).isNewestFirst());
  }

  @Test
  void shouldKeepTheOrderOfEqualTimesInAFileWithAFewRowsOutOfPlace() throws IOException {
    final String rest = ",ZeroMinusTick,0-0-0,1,1,1";
    final Path file =
        csv(
            folder,
            "BTCUSDT2020-02-01.csv",
            BYBIT,
            "1580515202,BTCUSDT,Buy,2,6690" + rest,
            "1580515202,BTCUSDT,Buy,3,6690" + rest,
            "1580515201,BTCUSDT,Buy,1,6690" + rest,
            "1580515202,BTCUSDT,Buy,4,6690" + rest,
            "1580515203,BTCUSDT,Buy,5,6690" + rest,
            "1580515204,BTCUSDT,Buy,6,6690" + rest);
    final ImportReport report = run(ImportFormat.BYBIT, DEFAULTS, feed(), file);
    assertEquals(
        List.of("1", "2", "3", "4", "5", "6").stream().map(FeedCheck::mantissa).toList(),
        read(feed(), FeedEvent.TRADE).stream().map(FeedEvent::quantity).toList());
    assertEquals(1, report.files().get(0).rowsReordered());
    assertFalse(report.files().get(0).isNewestFirst());
  }

  @Test
  void shouldTellOldStateOfATickerInTheOrderOfItsTimes() throws IOException {
    final String header =
        "exchange,symbol,timestamp,local_timestamp,funding_timestamp,funding_rate,"
            + "predicted_funding_rate,open_interest,last_price,index_price,mark_price\n";
    final String head = "binance-futures,BTCUSDT,";
    final Path file =
        gzip(
            folder,
            "binance-futures_derivative_ticker_2024-08-05_BTCUSDT.csv.gz",
            header
                + head
                + "1722816000000000,1722816000000100,,,,10,1,,60000\n"
                + head
                + "1722816002000000,1722816002000100,,,,12,1,,\n"
                + head
                + "1722816001000000,1722816001000100,,,,11,1,,60001\n");
    run(ImportFormat.TARDIS, DEFAULTS, feed(), file);
    assertEquals(
        List.of("10", "11", "12").stream().map(FeedCheck::mantissa).toList(),
        read(feed(), FeedEvent.OPEN_INTEREST).stream().map(FeedEvent::openInterest).toList());
  }

  @Test
  void shouldLetIdsDecideOverFilesWhateverTheirTimesSay() throws IOException {
    // The later file begins where an id of the other has a later time than those behind it.
    final Path one =
        csv(
            folder,
            "BTCUSDT-aggTrades-2024-08.csv",
            "1,58000,1,1,1,1722816000000,true",
            "2,58000,1,2,2,1722816009000,true",
            "3,58000,1,3,3,1722816001000,true",
            "4,58000,1,4,4,1722816002000,true");
    final Path two =
        csv(
            folder,
            "BTCUSDT-aggTrades-2024-08-05.csv",
            "3,58000,1,3,3,1722816001000,true",
            "4,58000,1,4,4,1722816002000,true",
            "5,58000,1,5,5,1722816003000,true");
    final ImportReport report = importBinance(DEFAULTS, one, two);
    assertEquals(5, report.events().trades());
    assertEquals(2, report.files().stream().mapToLong((f) -> f.dropped()).sum());
    assertEquals(0, report.files().stream().mapToLong((f) -> f.lost()).sum());
    assertEquals(List.of(), report.notes());
  }

  @Test
  void shouldPutEachFileInOrderWhereTheFirstIsSeenToBeNoneBeforeTheOthersAreOpened()
      throws IOException {
    // Rows of nothing at the start: their order is seen when the first event is looked for.
    final List<Path> days = new ArrayList<>();
    for (int day = 5; day < 8; day++) {
      final List<String> rows = new ArrayList<>();
      for (int minute = 59; minute >= 0; minute--) {
        rows.add(
            String.format(
                "2024-08-%02d 00:%02d:00,BTCUSDT,%s,1,1,1,%s,1",
                day, minute, minute > 55 ? "" : "1", minute > 55 ? "" : "1"));
      }
      days.add(csv(folder, "BTCUSDT-metrics-2024-08-" + day + ".csv", rows.toArray(String[]::new)));
    }
    final ImportReport report = importBinance(DEFAULTS, days.toArray(Path[]::new));
    assertEquals(3 * 56, report.events().openInterests());
    report.files().forEach((f) -> assertTrue(f.isNewestFirst()));
    assertEquals(nanos("2024-08-05T00:00:00Z"), report.firstTime());
  }

  @Test
  void shouldCountAnIdThatComesWithOtherValuesAsLost() throws IOException {
    final Path one =
        csv(
            folder,
            "BTCUSDT-aggTrades-2024-08.csv",
            "0,58000,1,1,1,1722816000000,true",
            "1,58000,1,1,1,1722816000000,true");
    final Path two =
        csv(
            folder,
            "BTCUSDT-aggTrades-2024-08-05.csv",
            "1,58000,2,1,1,1722816000000,true",
            "2,58000,1,2,2,1722816000000,true");
    final ImportReport report = importBinance(DEFAULTS, one, two);
    assertEquals(1, report.files().stream().mapToLong((f) -> f.lost()).sum());
  }

  @Test
  void shouldRefuseTwoFilesOfTradesWithoutIdsThatCoverTheSameTime() throws IOException {
    final String row = "1722816000,BTCUSDT,Buy,1,58000,ZeroMinusTick,0-0-0,1,1,1";
    final String later = row.replace("1722816000", "1722819600");
    final Path one = csv(folder.resolve("a"), "BTCUSDT2024-08-05.csv", BYBIT, row, later);
    final Path two = csv(folder.resolve("b"), "BTCUSDT2024-08-05.csv", BYBIT, row, later);
    final ImportException flaw =
        assertThrows(
            ImportException.class, () -> run(ImportFormat.BYBIT, DEFAULTS, feed(), one, two));
    assertTrue(flaw.getMessage().contains("covers too"), flaw.getMessage());
    assertFalse(Files.exists(feed()));
  }

  /**
   * Files at random: gaps, repeats in the file and over files, swaps, blocks in turn, reversed,
   * shuffled. Count, sums, first and last are those of the ids that the text holds.
   */
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
  void shouldHoldEachTradeOnceWhateverTheFilesLookLike(final long seed) throws IOException {
    final Random random = new Random(seed);
    final List<String> all = trades(1 + random.nextInt(50), 6_000, random);
    all.removeIf((r) -> random.nextInt(40) == 0);
    final List<Path> files = new ArrayList<>();
    final int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      final int from = Math.max(0, all.size() * i / count - random.nextInt(500));
      final int to = all.size() * (i + 1) / count;
      final List<String> rows = disturbed(new ArrayList<>(all.subList(from, to)), random);
      files.add(
          csv(folder, "BTCUSDT-aggTrades-2024-08-0" + i + ".csv", rows.toArray(String[]::new)));
    }
    final ImportReport report =
        importBinance(
            DEFAULTS.withSortMemoryBytes(4 << 10 << random.nextInt(12)),
            files.toArray(Path[]::new));
    assertHoldsEach(files, report);
    assertNothingLeft();
  }

  /** Of rows of one time the first counts. */
  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24, 25, 26})
  void shouldHoldEachStateOnceWhateverTheFilesLookLike(final long seed) throws IOException {
    final Random random = new Random(seed);
    final List<String> all = new ArrayList<>();
    for (int i = 0; i < 1_440; i++) {
      if (random.nextInt(30) > 0) {
        all.add(
            String.format(
                "2024-08-05 %02d:%02d:00,BTCUSDT,%s,1,1,1,1.5,1",
                i / 60, i % 60, 1 + random.nextInt(90_000)));
      }
    }
    final List<String> rows = disturbed(new ArrayList<>(all), random);
    final String again = rows.get(5).replace(",1.5,", ",1.6,");
    rows.add(700, again.replaceFirst("BTCUSDT,", "BTCUSDT,1"));
    final Map<String, Long> first = new TreeMap<>();
    long contradicting = 0;
    for (final String row : inOrderOf(rows)) {
      final String[] fields = row.split(",", -1);
      final Long before = first.putIfAbsent(fields[0], mantissa(fields[2]));
      contradicting += before != null && before != mantissa(fields[2]) ? 1 : 0;
    }
    final Path file = csv(folder, "BTCUSDT-metrics-2024-08-05.csv", rows.toArray(String[]::new));
    final ImportReport report = importBinance(LITTLE_MEMORY, file);
    assertEquals(
        List.copyOf(first.values()),
        read(feed(), FeedEvent.OPEN_INTEREST).stream().map(FeedEvent::openInterest).toList());
    assertEquals(contradicting, report.files().get(0).lost());
    assertEquals(rows.size() - first.size(), report.files().get(0).dropped());
    assertNothingLeft();
  }

  /** A file most of whose rows fall is read from its end. */
  private static List<String> inOrderOf(final List<String> rows) {
    int rises = 0;
    for (int i = 1; i < rows.size(); i++) {
      rises +=
          Integer.signum(rows.get(i).substring(0, 19).compareTo(rows.get(i - 1).substring(0, 19)));
    }
    final List<String> ordered = new ArrayList<>(rows);
    if (rises < 0) {
      Collections.reverse(ordered);
    }
    return ordered;
  }

  private static List<String> disturbed(final List<String> rows, final Random random) {
    for (int i = random.nextInt(60); i > 0; i--) {
      rows.add(random.nextInt(rows.size()), rows.get(random.nextInt(rows.size())));
    }
    switch (random.nextInt(5)) {
      case 0 -> Collections.reverse(rows);
      case 1 -> Collections.shuffle(rows, random);
      case 2 -> Collections.swap(rows, 3, rows.size() - 300);
      case 3 -> {
        return inTurn(rows.size() % 2 == 0 ? rows : rows.subList(0, rows.size() - 1));
      }
      default -> {
        // As it is.
      }
    }
    return rows;
  }

  private void assertHoldsEach(final List<Path> files, final ImportReport report)
      throws IOException {
    final Map<Long, String[]> byId = new TreeMap<>();
    long lines = 0;
    for (final Path file : files) {
      for (final String line : Files.readAllLines(file)) {
        final String[] fields = line.split(",");
        byId.put(Long.parseLong(fields[0]), fields);
        lines++;
      }
    }
    long quantity = 0;
    long bought = 0;
    final TreeSet<Long> times = new TreeSet<>();
    for (final String[] fields : byId.values()) {
      final long tenths = Long.parseLong(fields[2].substring(2)) * 10_000_000L;
      quantity += tenths;
      bought += fields[6].equals("false") ? tenths : 0;
      times.add(Long.parseLong(fields[5]) * 1_000_000L);
    }
    final List<FeedEvent> trades = read(feed(), FeedEvent.TRADE);
    assertEquals(byId.size(), trades.size());
    assertEquals(quantity, trades.stream().mapToLong(FeedEvent::quantity).sum());
    assertEquals(
        bought,
        trades.stream()
            .filter((t) -> t.takerSide() == FeedEvent.BUY)
            .mapToLong(FeedEvent::quantity)
            .sum());
    assertEquals(times.first(), trades.get(0).exchangeTime());
    assertEquals(times.last(), trades.get(trades.size() - 1).exchangeTime());
    int i = 0;
    for (final String[] fields : byId.values()) {
      assertEquals(mantissa(fields[1]), trades.get(i).price());
      assertEquals(Long.parseLong(fields[5]) * 1_000_000L, trades.get(i).exchangeTime());
      i++;
    }
    final TreeMap<Long, String[]> ids = new TreeMap<>(byId);
    assertEquals(lines, report.files().stream().mapToLong((f) -> f.rowsRead()).sum());
    assertEquals(lines - byId.size(), report.files().stream().mapToLong((f) -> f.dropped()).sum());
    assertEquals(0, report.files().stream().mapToLong((f) -> f.lost()).sum());
    assertEquals(ids.lastKey() - ids.firstKey() + 1 - ids.size(), report.series().get(0).missing());
  }
}
