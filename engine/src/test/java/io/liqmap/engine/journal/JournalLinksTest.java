package io.liqmap.engine.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.liqmap.engine.core.map.TestSettings;
import io.liqmap.engine.feed.FeedEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Links, FIFOs and foreign files in the places of a journal's own, and its files taken away. */
@Tag("slow")
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class JournalLinksTest {
  private static final JournalSettings SETTINGS = new JournalSettings(4096, 1 << 24);

  private final FeedEvent event = new FeedEvent();
  private long sequence;

  @TempDir private Path parent;
  private Path folder;
  private Path precious;

  @BeforeEach
  void makeFiles() throws IOException {
    folder = parent.resolve("journal");
    precious = Files.writeString(parent.resolve("precious"), "dear diary");
  }

  private JournalWriter create() throws IOException {
    return JournalWriter.create(folder, SETTINGS, "x");
  }

  private JournalWriter resume() throws IOException {
    try (ExistingJournal journal = ExistingJournal.open(folder, System::currentTimeMillis, "x")) {
      while (journal.reader().next()) {
        // To the end.
      }
      return journal.append(SETTINGS, "x", sequence);
    }
  }

  private void remove() throws IOException {
    try (Stream<Path> content = Files.walk(folder)) {
      for (final Path path : content.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private void write(final JournalWriter writer) throws IOException {
    event.heartbeat(++sequence, TestSettings.START, TestSettings.START);
    new EventDocument(1).add(event).appendTo(writer);
  }

  private void requireWhole() throws IOException {
    try (JournalReader reader = JournalReader.open(folder)) {
      while (reader.next()) {
        // Each is checked.
      }
      assertEquals(sequence, reader.events());
      assertEquals(sequence, reader.acknowledgedEvents());
    }
  }

  private static String refusal(final Executable executable) {
    return assertThrows(IOException.class, executable).getMessage();
  }

  @ParameterizedTest
  @ValueSource(strings = {"liqmap.lock", "liqmap.journal.new"})
  void shouldNotWriteThroughALinkWhenItBegins(final String name) throws IOException {
    Files.createDirectory(folder);
    for (final boolean isSymbolic : new boolean[] {true, false}) {
      final Path link = folder.resolve(name);
      if (isSymbolic) {
        Files.createSymbolicLink(link, precious);
      } else {
        Files.createLink(link, precious);
      }
      if (name.equals("liqmap.lock")) {
        assertTrue(refusal(this::create).contains("link"), refusal(this::create));
      } else {
        create().close();
        requireWhole();
        remove();
        Files.createDirectory(folder);
      }
      Files.deleteIfExists(link);
      assertEquals("dear diary", Files.readString(precious));
    }
  }

  /** A queue that was left half made is removed, but not what a link in its place leads to. */
  @Test
  void shouldNotEmptyTheFolderThatALinkLeadsTo() throws IOException {
    Files.createDirectory(folder);
    Files.createFile(folder.resolve("liqmap.journal.new"));
    final Path other = Files.createDirectory(parent.resolve("other"));
    Files.move(precious, other.resolve("precious"));
    Files.createSymbolicLink(folder.resolve("queue"), other);
    assertTrue(refusal(this::create).contains("symbolic link"), refusal(this::create));
    assertEquals("dear diary", Files.readString(other.resolve("precious")));
  }

  @Test
  void shouldNotAppendToFilesThatHaveAnotherName() throws IOException {
    create().close();
    final Path queue;
    try (Stream<Path> files = Files.list(folder.resolve("queue"))) {
      queue = files.filter((file) -> file.toString().endsWith(".cq4")).findFirst().orElseThrow();
    }
    for (final Path file : new Path[] {folder.resolve("liqmap.journal"), queue}) {
      final Path kept = parent.resolve("kept");
      Files.createLink(kept, file);
      assertTrue(refusal(this::resume).contains("hard link"), refusal(this::resume));
      Files.delete(file);
      Files.createSymbolicLink(file, kept);
      assertTrue(refusal(this::resume).contains("symbolic link"), refusal(this::resume));
      requireWhole();
      Files.delete(file);
      Files.move(kept, file);
      resume().close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"liqmap.lock", "liqmap.journal"})
  void shouldSayAtOnceThatAFifoIsNoFile(final String name) throws Exception {
    create().close();
    Files.delete(folder.resolve(name));
    assumeTrue(
        new ProcessBuilder("mkfifo", folder.resolve(name).toString()).start().waitFor() == 0);
    assertTrue(refusal(this::resume).contains("FIFO"), refusal(this::resume));
    if (name.equals("liqmap.journal")) {
      final IOException e =
          assertThrows(IOException.class, () -> JournalReader.open(folder).close());
      assertTrue(e instanceof NoJournalException, e.toString());
      assertTrue(refusal(this::create).contains("holds a journal already"));
    }
  }

  /** Scripts remove what they take for stale locks. */
  @Test
  void shouldKeepOthersOutWhenItsLockFileIsRemovedAndPutItBack() throws Exception {
    final Path lock = folder.resolve("liqmap.lock");
    try (JournalWriter writer = create()) {
      write(writer);
      Files.delete(lock);
      assertTrue(refusal(this::resume).contains("another engine is writing this journal"));
      Files.deleteIfExists(lock);
      Thread.sleep(1_100);
      write(writer);
      assertTrue(Files.exists(lock));
      Files.delete(lock);
      Files.createSymbolicLink(lock, precious);
      Thread.sleep(1_100);
      write(writer);
      assertTrue(refusal(this::resume).contains("link"), refusal(this::resume));
    }
    assertEquals("dear diary", Files.readString(precious));
    Files.delete(lock);
    resume().close();
    requireWhole();
  }

  @Test
  void shouldStopWhenAnotherJournalIsInItsPlace() throws Exception {
    try (JournalWriter writer = create()) {
      write(writer);
      Files.move(folder, parent.resolve("moved"));
      try (JournalWriter other = create()) {
        Thread.sleep(1_100);
        final String message = refusal(() -> write(writer));
        assertTrue(message.contains("removed or replaced"), message);
        assertTrue(message.contains("1 events had been acknowledged"), message);
        sequence = 0;
        write(other);
      }
      requireWhole();
    }
  }

  @Test
  void shouldStopWhenItsQueueIsReplaced() throws Exception {
    try (JournalWriter writer = create()) {
      write(writer);
      final Path queue = folder.resolve("queue");
      Files.move(queue, parent.resolve("moved"));
      Files.createDirectory(queue);
      try (Stream<Path> files = Files.list(parent.resolve("moved"))) {
        for (final Path file : files.toList()) {
          Files.copy(file, queue.resolve(file.getFileName()));
        }
      }
      Thread.sleep(1_100);
      assertTrue(refusal(() -> write(writer)).contains("removed or replaced"));
    }
  }

  @Test
  void shouldCopyAJournalThatIsWhole() throws IOException {
    final Path to = parent.resolve("copy");
    try (JournalWriter writer = create()) {
      for (int i = 0; i < 1_000; i++) {
        write(writer);
      }
      final JournalCopy.Copied copied = JournalCopy.copy(folder, to);
      assertEquals(new JournalCopy.Copied(1_001, 1_000, false), copied);
      write(writer);
    }
    requireWhole();
    assertTrue(refusal(() -> JournalCopy.copy(folder, to)).contains("is there already"));
    folder = to;
    sequence--;
    requireWhole();
    try (JournalWriter writer = resume()) {
      write(writer);
    }
    requireWhole();
    assertFalse(Files.exists(parent.resolve("copy.part")));
  }

  @Test
  void shouldNotCopyADamagedJournal() throws IOException {
    try (JournalWriter writer = create()) {
      write(writer);
    }
    final Path mark = folder.resolve("liqmap.journal");
    final byte[] bytes = Files.readAllBytes(mark);
    bytes[16] = 50;
    Files.write(mark, bytes);
    final Path to = parent.resolve("copy");
    final IOException e =
        assertThrows(JournalDamageException.class, () -> JournalCopy.copy(folder, to));
    assertTrue(e.getMessage().contains("isn't copied"), e.getMessage());
    assertFalse(Files.exists(to));
    assertFalse(Files.exists(parent.resolve("copy.part")));
    assertNotEquals(0, Files.size(mark));
  }
}
