package io.liqmap.engine.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.map.TestSettings;
import io.liqmap.engine.core.state.StateReport;
import io.liqmap.engine.feed.FeedEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import net.openhft.chronicle.core.time.SetTimeProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chronicle Queue starts a new file at midnight, by the clock of the machine. */
class JournalRollTest {
  private static final long DAY_MILLIS = 86_400_000L;
  private static final int PER_DAY = 500;

  private final SetTimeProvider clock = new SetTimeProvider();
  private final FeedEvent event = new FeedEvent();
  private long sequence;

  @TempDir private Path folder;

  private JournalWriter create() throws IOException {
    clock.currentTimeMillis(Instant.parse("2026-03-01T23:59:59Z").toEpochMilli());
    return JournalWriter.create(
        new JournalFolder(folder.resolve("journal"), clock),
        new JournalSettings(4096, 1 << 24),
        "x");
  }

  private void writeDay(final JournalWriter writer) throws IOException {
    final EventDocument document = new EventDocument(PER_DAY);
    for (int i = 0; i < PER_DAY; i++) {
      event.heartbeat(++sequence, TestSettings.START, TestSettings.START);
      document.add(event);
    }
    document.appendTo(writer);
  }

  private long files() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("journal").resolve("queue"))) {
      return files.filter((file) -> file.toString().endsWith(".cq4")).count();
    }
  }

  private void readAll(final long events) throws IOException {
    try (JournalReader reader = JournalReader.open(folder.resolve("journal"))) {
      while (reader.next()) {
        assertTrue(reader.events() <= events);
      }
      assertEquals(events, reader.events());
      reader.rewind();
      assertTrue(reader.snapshots().isEmpty());
    }
  }

  @Test
  void shouldReadOnAcrossMidnightAndAcrossADayWithoutEvents() throws Exception {
    try (JournalWriter writer = create()) {
      writeDay(writer);
      clock.advanceMillis(2_000);
      writeDay(writer);
      readAll(2 * PER_DAY);
      clock.advanceMillis(2 * DAY_MILLIS);
      writeDay(writer);
      readAll(3 * PER_DAY);
      writer.appendReport(new StateReport(sequence, sequence, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    assertEquals(3, files());
    readAll(3 * PER_DAY);
  }

  @Test
  void shouldKeepItsOrderWhenTheClockGoesBackOverMidnight() throws Exception {
    try (JournalWriter writer = create()) {
      writeDay(writer);
      clock.advanceMillis(2_000);
      writeDay(writer);
      clock.advanceMillis(-4_000);
      writeDay(writer);
    }

    readAll(3 * PER_DAY);
    try (JournalReader reader = JournalReader.open(folder.resolve("journal"))) {
      assertFalse(reader.isClosedCleanly());
    }
  }
}
