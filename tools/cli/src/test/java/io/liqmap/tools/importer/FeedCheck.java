package io.liqmap.tools.importer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.codecs.feed.ContractKind;
import io.liqmap.codecs.feed.OpenInterestSides;
import io.liqmap.codecs.feed.OpenInterestUnit;
import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedFault;
import io.liqmap.engine.feed.FeedFileReader;
import io.liqmap.engine.feed.FeedOrigin;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes inputs, and reads feeds back through the adapter that the engine uses. */
final class FeedCheck {
  private FeedCheck() {}

  static InstrumentDefinition instrument(final String symbol) {
    return new InstrumentDefinition(
        0,
        symbol,
        "binance-usdm",
        symbol.substring(0, 3),
        "USDT",
        -8,
        -8,
        ContractKind.LINEAR,
        OpenInterestUnit.BASE,
        OpenInterestSides.ONE,
        1_000_000,
        100_000,
        100_000_000,
        FeedOrigin.NOT_STATED);
  }

  static InstrumentDefinition btc() {
    return instrument("BTCUSDT");
  }

  /**
   * All events of a feed that has no fault, whose sequences rise by one and whose receive times
   * don't fall.
   */
  static List<FeedEvent> read(final Path feed) throws IOException {
    final List<FeedEvent> events = new ArrayList<>();
    final FeedAdapter adapter = new FeedAdapter(1);
    final FeedEvent event = new FeedEvent();
    try (FeedFileReader reader = new FeedFileReader(feed)) {
      while (reader.nextBlock()) {
        adapter.wrap(reader.buffer(), reader.offset(), reader.length());
        while (adapter.next(event)) {
          final FeedEvent copy = new FeedEvent();
          copy.copyFrom(event);
          events.add(copy);
        }
      }
    }
    for (final FeedFault fault : FeedFault.values()) {
      assertEquals(0, adapter.count(fault), fault::toString);
    }
    assertFalse(events.isEmpty());
    assertEquals(FeedEvent.INSTRUMENT, events.get(0).kind());
    for (int i = 0; i < events.size(); i++) {
      assertEquals(i + 1, events.get(i).sequence());
      assertTrue(
          i == 0 || events.get(i).receiveTime() >= events.get(i - 1).receiveTime(),
          "receive times don't fall");
    }
    return events;
  }

  static List<FeedEvent> read(final Path feed, final int kind) throws IOException {
    return read(feed).stream().filter((e) -> e.kind() == kind).toList();
  }

  static ImportReport run(
      final ImportFormat format,
      final ImportOptions options,
      final Path target,
      final Path... inputs)
      throws IOException {
    return run(format, options, target, btc(), inputs);
  }

  static ImportReport run(
      final ImportFormat format,
      final ImportOptions options,
      final Path target,
      final InstrumentDefinition definition,
      final Path... inputs)
      throws IOException {
    final ImportReport report =
        FeedImport.run(format, definition, options, target, List.of(inputs), ImportProgress.NONE);
    for (final ImportReport.InputReport file : report.files()) {
      assertEquals(file.rowsRead(), file.rowsUsed() + file.dropped(), file::toString);
    }
    return report;
  }

  /** Message of a refused import. */
  static String refusal(
      final ImportFormat format,
      final ImportOptions options,
      final Path target,
      final Path... inputs) {
    return assertThrows(ImportException.class, () -> run(format, options, target, inputs))
        .getMessage();
  }

  static ImportReport.InputReport file(final ImportReport report, final Path file) {
    return report.files().stream().filter((f) -> f.file().equals(file)).findFirst().orElseThrow();
  }

  static Path csv(final Path folder, final String name, final String... lines) throws IOException {
    Files.createDirectories(folder);
    return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
  }

  /** One gzip member per text, one behind the other. */
  static Path gzip(final Path folder, final String name, final String... members)
      throws IOException {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (final String member : members) {
      try (OutputStream gzip = new GZIPOutputStream(bytes)) {
        gzip.write(member.getBytes(StandardCharsets.UTF_8));
      }
    }
    Files.createDirectories(folder);
    return Files.write(folder.resolve(name), bytes.toByteArray());
  }

  static Path zip(final Path folder, final String name, final String entry, final String text)
      throws IOException {
    Files.createDirectories(folder);
    final Path file = folder.resolve(name);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write(text.getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
    }
    return file;
  }

  static long mantissa(final String decimal) {
    return new BigDecimal(decimal).movePointRight(8).longValueExact();
  }

  static long nanos(final String instant) {
    final Instant time = Instant.parse(instant);
    return time.getEpochSecond() * 1_000_000_000L + time.getNano();
  }
}
