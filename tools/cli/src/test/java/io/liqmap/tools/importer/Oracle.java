package io.liqmap.tools.importer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Makes files as people have them and imports them: either the report, the report kept and the feed
 * agree, or the import is refused and leaves no feed.
 */
final class Oracle {
  /** Few rows in order are sorted in memory, more of them on the disk. */
  private static final ImportOptions OPTIONS =
      ImportOptions.defaults().withSortMemoryBytes(16 << 10);

  private final Random random;
  private final Path folder;

  Oracle(final long seed, final Path in) {
    random = new Random(seed);
    folder = in;
  }

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  Random random() {
    return random;
  }

  Path in() {
    return folder.resolve("in");
  }

  Path feed() {
    return folder.resolve("out.feed");
  }

  /** One time in so many. */
  boolean once(final int in) {
    return random.nextInt(in) == 0;
  }

  /** Repeats a row, or a stretch of them, somewhere in the file. */
  void repeat(final List<String> rows) {
    final int from = random.nextInt(rows.size());
    final int length = once(2) ? 1 : 1 + random.nextInt(Math.min(50, rows.size() - from));
    rows.addAll(
        random.nextInt(rows.size() + 1), new ArrayList<>(rows.subList(from, from + length)));
  }

  /** Disturbs the order; false if it is as before or from newest to oldest. */
  boolean disturb(final List<String> rows) {
    switch (random.nextInt(6)) {
      case 0 -> Collections.shuffle(rows, random);
      case 1 -> Collections.rotate(rows, random.nextInt(rows.size()));
      case 2 -> {
        for (int i = 0; i < 5; i++) {
          final int at = random.nextInt(rows.size() - 1);
          Collections.swap(rows, at, at + 1);
        }
      }
      case 3 -> {
        Collections.reverse(rows);
        return false;
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Replaces a field. */
  static String with(final String row, final int column, final String field) {
    final String[] fields = row.split(",", -1);
    fields[column] = field;
    return String.join(",", fields);
  }

  /**
   * Writes a file in one of the forms that mean the same: packed or not, with a byte order mark,
   * other line ends, quotes, blank lines, headers inside.
   *
   * @param packed what packs it, ".gz" or ".zip"; "" if the vendor doesn't
   */
  Path write(
      final Path in,
      final String stem,
      final String header,
      final List<String> rows,
      final String packed)
      throws IOException {
    final StringBuilder text = new StringBuilder(once(4) ? "\uFEFF" : "");
    final String end = once(4) ? "\r\n" : "\n";
    if (header != null) {
      text.append(header).append(end);
    }
    final boolean quotes = once(5);
    final int again = header != null && once(3) ? random.nextInt(rows.size()) : -1;
    final int blank = once(3) ? random.nextInt(rows.size()) : -1;
    for (int i = 0; i < rows.size(); i++) {
      if (i == again) {
        text.append(header).append(end);
      }
      if (i == blank) {
        text.append(end);
      }
      text.append(quotes ? "\"" + rows.get(i).replace(",", "\",\"") + "\"" : rows.get(i));
      text.append(i == rows.size() - 1 && once(2) ? "" : end);
    }
    Files.createDirectories(in);
    final byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    return packed.isEmpty() || once(2)
        ? Files.write(in.resolve(stem + ".csv"), bytes)
        : packed.equals(".zip")
            ? zip(in.resolve(stem + ".zip"), stem + ".csv", bytes)
            : gzip(in.resolve(stem + ".csv.gz"), bytes);
  }

  private static Path zip(final Path file, final String entry, final byte[] bytes)
      throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write(bytes);
      zip.closeEntry();
    }
    return file;
  }

  /** Several members, cut anywhere, one behind the other. */
  private Path gzip(final Path file, final byte[] bytes) throws IOException {
    final ByteArrayOutputStream all = new ByteArrayOutputStream();
    final int cut = random.nextInt(bytes.length);
    for (final int[] part : new int[][] {{0, cut}, {cut, bytes.length - cut}}) {
      try (GZIPOutputStream gzip = new GZIPOutputStream(all)) {
        gzip.write(bytes, part[0], part[1]);
      }
    }
    return Files.write(file, all.toByteArray());
  }

  /** Cuts a file off as a broken download does. */
  void cut(final Path file) throws IOException {
    final byte[] bytes = Files.readAllBytes(file);
    int to = bytes.length / 2 + random.nextInt(bytes.length / 3);
    if (file.toString().endsWith(".csv")) {
      // Behind the first comma of a row, where it is recognizably incomplete.
      while (bytes[to] != '\n') {
        to++;
      }
      while (bytes[to] != ',') {
        to++;
      }
    }
    Files.write(file, Arrays.copyOf(bytes, to));
  }

  /** Whether a file that loses so many of its rows is refused, by the rule that is documented. */
  static boolean losesTooMuch(final long lost, final long rows) {
    return lost > 0.05 * rows && !(lost <= 10 && 2 * lost <= rows);
  }

  ImportReport run(final ImportFormat format, final InstrumentDefinition definition)
      throws IOException {
    return run(format, OPTIONS, definition);
  }

  /** Imports the folder and compares the report, the one that is kept, and the feed. */
  ImportReport run(
      final ImportFormat format, final ImportOptions options, final InstrumentDefinition definition)
      throws IOException {
    final ImportReport report = FeedCheck.run(format, options, feed(), definition, in());
    final List<FeedEvent> events = FeedCheck.read(feed());
    final ImportReport.EventCounts counts = report.events();
    assertEquals(count(events, FeedEvent.TRADE), counts.trades());
    assertEquals(count(events, FeedEvent.LIQUIDATION), counts.liquidations());
    assertEquals(count(events, FeedEvent.MARK_PRICE), counts.markPrices());
    assertEquals(count(events, FeedEvent.OPEN_INTEREST), counts.openInterests());
    assertEquals(count(events, FeedEvent.ACCOUNT_RATIO), counts.accountRatios());
    assertEquals(events.size(), counts.total());
    final List<FeedEvent> said = events.subList(1, events.size());
    assertEquals(
        said.stream().mapToLong(FeedEvent::exchangeTime).min().orElseThrow(), report.firstTime());
    assertEquals(
        said.stream().mapToLong(FeedEvent::exchangeTime).max().orElseThrow(), report.lastTime());
    final String kept = Files.readString(feed().resolveSibling("out.feed.import.json"));
    assertEquals(List.of(counts.trades()), numbers(kept, "trades"));
    assertEquals(List.of(counts.total()), numbers(kept, "total"));
    final List<Long> read = numbers(kept, "rowsRead");
    final List<Long> used = numbers(kept, "rowsUsed");
    final List<Long> dropped = numbers(kept, "rowsDropped");
    assertEquals(report.files().size(), read.size());
    for (int i = 0; i < read.size(); i++) {
      assertEquals(read.get(i), used.get(i) + dropped.get(i));
    }
    assertNothingLeft(2);
    return report;
  }

  private static List<Long> numbers(final String json, final String field) {
    return Pattern.compile("\"" + field + "\" : (\\d+)")
        .matcher(json)
        .results()
        .map((m) -> Long.valueOf(m.group(1)))
        .toList();
  }

  private static long count(final List<FeedEvent> events, final int kind) {
    return events.stream().filter((e) -> e.kind() == kind).count();
  }

  /** Expects that the import is refused with a message that names a file of the input. */
  String refuses(final ImportFormat format, final InstrumentDefinition definition)
      throws IOException {
    final ImportException flaw =
        assertThrows(
            ImportException.class, () -> FeedCheck.run(format, OPTIONS, feed(), definition, in()));
    assertTrue(flaw.getMessage().contains(in().toString()), flaw.getMessage());
    assertFalse(Files.exists(feed()));
    assertNothingLeft(0);
    return flaw.getMessage();
  }

  /** No temporary file stays beside the feed. */
  private void assertNothingLeft(final int files) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      assertEquals(files, all.filter(Files::isRegularFile).count());
    }
  }
}
