package io.liqmap.engine.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.map.TestSettings;
import io.liqmap.engine.feed.FeedEvent;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import net.openhft.chronicle.core.time.SetTimeProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a writer leaves behind that was stopped at the wrong moment, and the next one's clock. */
@Tag("slow")
class JournalResumeTest {
  private static final long DAY_MILLIS = 86_400_000L;
  private static final int SOME = 500;
  private static final JournalSettings SETTINGS = new JournalSettings(4096, 1 << 24);

  private final SetTimeProvider clock = new SetTimeProvider();
  private final FeedEvent event = new FeedEvent();
  private long sequence;

  @TempDir private Path parent;
  private Path folder;

  @BeforeEach
  void beginBeforeMidnight() throws IOException {
    folder = parent.resolve("journal");
    clock.currentTimeMillis(Instant.parse("2026-03-01T23:59:59Z").toEpochMilli());
    try (JournalWriter writer =
        JournalWriter.create(new JournalFolder(folder, clock), SETTINGS, "x")) {
      write(writer);
    }
  }

  private void write(final JournalWriter writer) throws IOException {
    final EventDocument document = new EventDocument(SOME);
    for (int i = 0; i < SOME; i++) {
      event.heartbeat(++sequence, TestSettings.START, TestSettings.START);
      document.add(event);
    }
    document.appendTo(writer);
  }

  private JournalWriter resume() throws IOException {
    try (ExistingJournal journal = ExistingJournal.open(new JournalFolder(folder, clock), "x")) {
      while (journal.reader().next()) {
        assertTrue(journal.reader().events() <= sequence);
      }
      assertEquals(sequence, journal.reader().events());
      return journal.append(SETTINGS, "x", sequence);
    }
  }

  private void resumeAndWrite() throws IOException {
    try (JournalWriter writer = resume()) {
      write(writer);
    }
  }

  private void requireWhole(final int runs) throws IOException {
    try (JournalReader reader = JournalReader.open(folder)) {
      while (reader.next()) {
        assertTrue(reader.events() <= sequence);
      }
      assertEquals(sequence, reader.events());
      assertEquals(sequence, reader.acknowledgedEvents());
      assertEquals(runs, reader.runs());
    }
  }

  private Path lastFile() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("queue"))) {
      return files
          .filter((file) -> file.toString().endsWith(".cq4"))
          .max(Path::compareTo)
          .orElseThrow();
    }
  }

  private long end() throws IOException {
    try (JournalReader reader = JournalReader.open(folder)) {
      while (reader.next()) {
        assertTrue(reader.events() <= sequence);
      }
      return reader.lastEnd();
    }
  }

  @Test
  void shouldResumeTheSameDayTheNextAndDaysLater() throws Exception {
    resumeAndWrite();
    clock.advanceMillis(2_000);
    resumeAndWrite();
    clock.advanceMillis(3 * DAY_MILLIS);
    resumeAndWrite();
    resumeAndWrite();
    requireWhole(5);
  }

  @Test
  void shouldKeepItsOrderWhenTheNextRunsClockIsBehind() throws Exception {
    clock.advanceMillis(2_000);
    resumeAndWrite();
    clock.advanceMillis(-DAY_MILLIS);
    resumeAndWrite();
    requireWhole(3);
  }

  @Test
  void shouldTakeInADocumentThatWasNotAcknowledged() throws Exception {
    final byte[] before = Files.readAllBytes(folder.resolve("liqmap.journal"));
    resumeAndWrite();
    Files.write(folder.resolve("liqmap.journal"), before);

    resumeAndWrite();

    requireWhole(3);
  }

  /** The journal's reader skips it, so only a writer that appends finds it. */
  @ParameterizedTest
  @ValueSource(ints = {18, 28, 49, 100, 105, 132, 163, 173})
  void shouldRefuseToResumeWhereChronicleCannotReadItsOwnHeader(final int at) throws Exception {
    final byte[] mark = Files.readAllBytes(folder.resolve("liqmap.journal"));
    try (RandomAccessFile file = new RandomAccessFile(lastFile().toFile(), "rw")) {
      file.seek(at);
      file.write(0x24);
    }

    final JournalDamageException refused =
        assertThrows(JournalDamageException.class, this::resumeAndWrite);

    assertTrue(refused.getMessage().contains(folder.toString()), refused.getMessage());
    assertArrayEquals(mark, Files.readAllBytes(folder.resolve("liqmap.journal")));
    requireWhole(1);
  }

  @Test
  void shouldClearWhatAnUnfinishedDocumentLeft() throws Exception {
    final long end = end();
    try (RandomAccessFile file = new RandomAccessFile(lastFile().toFile(), "rw")) {
      file.seek(end);
      // A header that says "not complete, length unknown", and part of what was to follow.
      file.write(new byte[] {0, 0, 0, (byte) 0x80});
      for (int i = 0; i < 20_000; i++) {
        file.write(i | 1);
      }
    }

    resumeAndWrite();
    resumeAndWrite();

    requireWhole(3);
  }

  @Test
  void shouldRemoveAFileThatWasBegunAtMidnightAndGotNoDocument() throws Exception {
    final Path later = folder.resolve("queue").resolve("20260302F.cq4");
    Files.write(later, new byte[4_096]);
    resumeAndWrite();
    assertFalse(Files.exists(later));
    clock.advanceMillis(2_000);
    resumeAndWrite();
    requireWhole(3);
  }

  /** Chronicle Queue writes its own header and index first; a kill may come behind either. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldRemoveAFileThatChronicleHadBegunAtMidnight(final boolean isInADocument)
      throws Exception {
    final Path later = folder.resolve("queue").resolve("20260302F.cq4");
    final byte[] begun = Files.readAllBytes(lastFile());
    final int first = firstDocument(begun);
    Arrays.fill(begun, first, begun.length, (byte) 0);
    if (isInADocument) {
      begun[first + 3] = (byte) 0x80;
    }
    Files.write(later, begun);

    resumeAndWrite();

    assertFalse(Files.exists(later));
    resumeAndWrite();
    requireWhole(3);
  }

  /** Offset of the header of the journal's first document. */
  private static int firstDocument(final byte[] queue) {
    int at = 0;
    while (queue[at] != 'L'
        || queue[at + 1] != 'Q'
        || queue[at + 2] != 'M'
        || queue[at + 3] != 'B') {
      at += 4;
    }
    return at - 4;
  }

  @Test
  void shouldRefuseUnreachableDocumentsInALaterFile() throws Exception {
    final Path later = folder.resolve("queue").resolve("20260303F.cq4");
    final byte[] copy = Files.readAllBytes(lastFile());
    Files.write(later, copy);

    assertThrows(JournalDamageException.class, this::resumeAndWrite);
    assertTrue(Files.exists(later));
  }

  @Test
  void shouldStartOverWhereAWriterWasStoppedAtItsStart() throws Exception {
    final Path unfinished = parent.resolve("unfinished");
    Files.createDirectories(unfinished.resolve("queue"));
    Files.write(unfinished.resolve("liqmap.journal.new"), new byte[10]);
    Files.write(unfinished.resolve("queue").resolve("20260301F.cq4"), new byte[100]);
    assertThrows(NoJournalException.class, () -> JournalReader.open(unfinished));
    assertFalse(ExistingJournal.isAt(unfinished));

    JournalWriter.create(unfinished, SETTINGS, "x").close();

    try (JournalReader reader = JournalReader.open(unfinished)) {
      assertEquals("x", reader.settings());
    }
  }

  @Test
  void shouldHoldTheLockWhileOthersRead() throws Exception {
    try (JournalWriter writer = resume()) {
      JournalReader.open(folder).close();
      write(writer);
      assertThrows(JournalException.class, this::resumeAndWrite);
    }
    requireWhole(2);
  }

  @Test
  void shouldRefuseSettingsThatLeadToAnotherState() throws Exception {
    final JournalException e =
        assertThrows(
            JournalException.class,
            () -> ExistingJournal.open(folder, System::currentTimeMillis, "y"));
    assertTrue(e.getMessage().contains("'x' then, 'y' now"), e.getMessage());
  }

  @Test
  void shouldTakeSettingsThatDifferInWhatHasNoInfluence() throws Exception {
    final Path other = parent.resolve("other");
    JournalWriter.create(other, SETTINGS, "x\n" + RunSettings.NO_INFLUENCE + "\npace = 1").close();

    ExistingJournal.open(
            other, System::currentTimeMillis, "x\n" + RunSettings.NO_INFLUENCE + "\npace = 2")
        .close();
  }
}
