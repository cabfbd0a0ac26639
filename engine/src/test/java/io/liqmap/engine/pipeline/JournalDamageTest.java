package io.liqmap.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.journal.JournalDamageException;
import io.liqmap.engine.journal.JournalException;
import io.liqmap.engine.journal.JournalReader;
import io.liqmap.engine.journal.JournalSettings;
import io.liqmap.engine.journal.JournalWriter;
import io.liqmap.engine.journal.SnapshotIndex;
import io.liqmap.engine.replay.JournalCheck;
import io.liqmap.engine.replay.Replay;
import io.liqmap.engine.replay.Until;
import io.liqmap.engine.settings.ThreadingMode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalDamageTest {
  private static final long EVENTS = 20_000;

  @TempDir private Path folder;
  private Path journal;

  @BeforeEach
  void writeJournal() throws Exception {
    journal = folder.resolve("journal");
    try (Engine engine =
        Engine.launch(
            EngineSettingsFixture.of(ThreadingMode.INLINE, 64, 1), journal, Outputs.NONE)) {
      engine.run(new RandomFeed(3, EVENTS, 200, false), ReplayPace.max());
    }
  }

  private JournalCheck check() throws IOException {
    try (JournalReader reader = JournalReader.open(journal)) {
      return JournalCheck.of(reader);
    } catch (final JournalDamageException e) {
      return new JournalCheck(0, 0, 0, 0, 0, e.getMessage());
    }
  }

  private Path queueFile() throws IOException {
    try (Stream<Path> files = Files.list(journal.resolve("queue"))) {
      return files.filter((file) -> file.toString().endsWith(".cq4")).findFirst().orElseThrow();
    }
  }

  /** Where the first document of events starts, so that damage falls on what we wrote. */
  private long firstEnvelope(final int number) throws IOException {
    final byte[] content = new byte[1 << 20];
    try (RandomAccessFile file = new RandomAccessFile(queueFile().toFile(), "r")) {
      file.readFully(content);
    }
    int found = 0;
    for (int i = 0; i < content.length - 4; i++) {
      if (content[i] == 'L'
          && content[i + 1] == 'Q'
          && content[i + 2] == 'M'
          && content[i + 3] == 'B') {
        if (found++ == number) {
          return i;
        }
      }
    }
    throw new AssertionError("no envelope " + number);
  }

  @Test
  void shouldFindAWholeJournalWhole() throws Exception {
    final JournalCheck check = check();

    assertNull(check.damage());
    assertEquals(EVENTS, check.events());
    assertTrue(check.snapshots() > 1);
  }

  private void flip(final long at, final int mask) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(queueFile().toFile(), "rw")) {
      file.seek(at);
      final int value = file.read();
      file.seek(at);
      file.write(value ^ mask);
    }
  }

  @Test
  void shouldReplayUpToTheDamage() throws Exception {
    flip(firstEnvelope(40) + 100, 4);

    try (JournalReader reader = JournalReader.open(journal)) {
      final Replay replay = replay(reader);
      assertThrows(JournalDamageException.class, () -> replay.fromStart(Until.END));
      assertTrue(replay.map().events() > 1_000);
      assertNull(replay.recorded());
    }
  }

  @Test
  void shouldPassOverADamagedSnapshotForTheOneBefore() throws Exception {
    final SnapshotIndex.Entry first;
    final SnapshotIndex.Entry second;
    final long hash;
    try (JournalReader reader = JournalReader.open(journal)) {
      final Replay replay = replay(reader);
      assertTrue(replay.snapshots().size() > 2);
      first = replay.snapshots().get(0);
      second = replay.snapshots().get(1);
      replay.fromStart(Until.sequence(second.sequence() + 2));
      hash = replay.map().stateHash();
    }
    flip(firstEnvelope((int) second.document()) + 200, 1);
    try (JournalReader reader = JournalReader.open(journal)) {
      final Replay replay = replay(reader);
      replay.fromSnapshot(Until.sequence(second.sequence() + 2));

      // The bound lies behind the damaged document, in which there is no event.
      assertEquals(first, replay.start());
      assertEquals(1, replay.skipped());
      assertEquals(hash, replay.map().stateHash());
    }
    try (JournalReader reader = JournalReader.open(journal)) {
      final Replay replay = replay(reader);
      assertThrows(JournalDamageException.class, () -> replay.fromStart(Until.END));
    }
  }

  private static Replay replay(final JournalReader reader) throws JournalException {
    return EngineSettingsFixture.replay(reader);
  }

  @Test
  void shouldRefuseAFolderThatHoldsSomethingElse() throws Exception {
    final Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(other.resolve("letter.txt"), "dear", StandardCharsets.UTF_8);
    final JournalSettings settings = new JournalSettings(4096, 1 << 24);

    assertThrows(JournalException.class, () -> JournalWriter.create(other, settings, "x"));
    assertThrows(JournalException.class, () -> JournalReader.open(other));
    assertThrows(JournalException.class, () -> JournalReader.open(folder.resolve("nowhere")));
    assertThrows(
        JournalException.class,
        () -> JournalWriter.create(other.resolve("letter.txt"), settings, "x"));
    assertFalse(Files.exists(folder.resolve("nowhere")));
  }

  @Test
  void shouldRefuseToStartWithTooLittleFreeSpace() {
    final JournalException e =
        assertThrows(
            JournalException.class,
            () ->
                JournalWriter.create(
                    folder.resolve("full"), new JournalSettings(4096, Long.MAX_VALUE), "x"));

    assertTrue(e.getMessage().contains("min-free-space"), e.getMessage());
  }
}
