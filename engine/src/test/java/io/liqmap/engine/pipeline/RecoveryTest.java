package io.liqmap.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.journal.JournalDamageException;
import io.liqmap.engine.journal.JournalReader;
import io.liqmap.engine.replay.Recovered;
import io.liqmap.engine.replay.Replay;
import io.liqmap.engine.replay.Until;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.settings.ThreadingMode;
import io.liqmap.engine.support.JournalCopies;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An engine that resumes an existing journal. */
@Tag("slow")
class RecoveryTest {
  private static final long SEED = 11;
  private static final long EVENTS = 30_000;
  private static final int BLOCK = 200;

  @TempDir private Path folder;

  private Path journal() {
    return folder.resolve("journal");
  }

  private static RandomFeed feed() {
    return new RandomFeed(SEED, EVENTS, BLOCK, true);
  }

  private static EngineSettings settings(final ThreadingMode mode) {
    return EngineSettingsFixture.of(mode, 1_024, 64);
  }

  private static EngineReport reference() throws Exception {
    try (Engine engine = Engine.launch(settings(ThreadingMode.INLINE), null, Outputs.NONE)) {
      engine.run(feed(), ReplayPace.max());
      return engine.report();
    }
  }

  private Recovered runPart(final ThreadingMode mode, final long blocks) throws Exception {
    try (Engine engine = Engine.launch(settings(mode), journal(), Outputs.NONE)) {
      engine.run(new FeedPart(feed(), blocks), ReplayPace.max());
      return engine.recovered();
    }
  }

  @ParameterizedTest
  @EnumSource(ThreadingMode.class)
  void shouldEndInTheStateOfOneRunWhenTheFeedIsGivenAgainAndAgain(final ThreadingMode mode)
      throws Exception {
    runPart(mode, 40);
    final Recovered second = runPart(mode, 90);
    assertTrue(second.events() > 7_000 && second.snapshotEvents() > 0, second.toString());
    assertTrue(second.replayed() < second.events(), second.toString());
    runPart(mode, 90);
    final EngineReport report;
    try (Engine engine = Engine.launch(settings(mode), journal(), Outputs.NONE)) {
      engine.run(feed(), ReplayPace.max());
      engine.finish();
      report = engine.report();
      assertTrue(engine.skipped() > 17_000);
    }

    final EngineReport reference = reference();
    assertEquals(reference.journaled().sequence(), report.journaled().sequence());
    assertEquals(reference.journaled().sweptNotionalLong(), report.journaled().sweptNotionalLong());
    assertEquals(reference.journaled().gaps(), report.journaled().gaps());
    assertEquals(reference.faults().missing(), report.faults().missing());
    assertEquals(reference.faults().duplicates(), report.faults().duplicates());
    assertEquals(reference.journaled().rejected(), report.journaled().rejected());
    replay(report, 4);
  }

  private void replay(final EngineReport report, final long runs) throws Exception {
    try (JournalReader reader = JournalReader.open(journal())) {
      final Replay replay = EngineSettingsFixture.replay(reader);
      replay.fromStart(Until.END);
      assertTrue(replay.matches());
      assertEquals(runs, replay.reports());
      assertEquals(report.journaled(), replay.map().report());
    }
    for (int i = 0; i < snapshots(); i++) {
      try (JournalReader reader = JournalReader.open(journal())) {
        final Replay replay = EngineSettingsFixture.replay(reader);
        final long bound = replay.snapshots().get(i).sequence() + 50;
        replay.fromSnapshot(Until.sequence(bound));
        assertTrue(replay.matches());
        assertTrue(replay.map().sequence() <= bound);
      }
    }
  }

  private int snapshots() throws Exception {
    try (JournalReader reader = JournalReader.open(journal())) {
      return reader.snapshots().size();
    }
  }

  @Test
  void shouldFindTheSameStateFromAnySnapshotThatTheMarkKeepsAndFromTheStart() throws Exception {
    final byte[] mark;
    try (Engine engine = Engine.launch(settings(ThreadingMode.INLINE), journal(), Outputs.NONE)) {
      engine.run(new FeedPart(feed(), 100), ReplayPace.max());
      engine.finish();
    }
    mark = Files.readAllBytes(journal().resolve("liqmap.journal"));
    long before = Long.MAX_VALUE;
    for (int torn = 0; torn <= 4; torn++) {
      final Path copy = folder.resolve("copy" + torn);
      JournalCopies.folder(journal(), copy);
      final byte[] damaged = mark.clone();
      for (int slot = 0; slot < torn; slot++) {
        damaged[newest(mark, slot) + 20] ^= 1;
      }
      Files.write(copy.resolve("liqmap.journal"), damaged);
      try (Engine engine = Engine.launch(settings(ThreadingMode.INLINE), copy, Outputs.NONE)) {
        final Recovered found = engine.recovered();
        assertTrue(found.snapshotEvents() < before, found.toString());
        before = found.snapshotEvents();
        engine.run(feed(), ReplayPace.max());
        assertEquals(reference().journaled(), engine.report().journaled());
      }
    }
    assertEquals(0, before);
  }

  /** Where the mark keeps the place of the snapshot that is so many before the last. */
  private static int newest(final byte[] mark, final int back) {
    final ByteBuffer bytes = ByteBuffer.wrap(mark).order(ByteOrder.LITTLE_ENDIAN);
    return IntStream.rangeClosed(1, 4)
        .map((slot) -> slot * 64)
        .boxed()
        .sorted((one, other) -> Long.compare(bytes.getLong(other), bytes.getLong(one)))
        .skip(back)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void shouldRefuseADamagedTailAndChangeNothing() throws Exception {
    runPart(ThreadingMode.INLINE, 100);
    final Path queue = queueFile();
    final long end;
    try (JournalReader reader = JournalReader.open(journal())) {
      assertTrue(reader.recentSnapshots().size() > 1);
      end = Files.size(queue);
    }
    flipBehind(queue, end);
    final byte[] before = Files.readAllBytes(queue);

    assertThrows(
        JournalDamageException.class,
        () -> Engine.launch(settings(ThreadingMode.INLINE), journal(), Outputs.NONE));

    assertArrayEquals(before, Files.readAllBytes(queue));
  }

  private Path queueFile() throws Exception {
    try (Stream<Path> files = Files.list(journal().resolve("queue"))) {
      return files.filter((file) -> file.toString().endsWith(".cq4")).findFirst().orElseThrow();
    }
  }

  /** Flips a bit in the last document, the report of the run. */
  private static void flipBehind(final Path queue, final long end) throws Exception {
    try (RandomAccessFile file = new RandomAccessFile(queue.toFile(), "rw")) {
      final byte[] content = new byte[(int) end];
      file.readFully(content);
      int at = content.length - 4;
      while (content[at] != 'L'
          || content[at + 1] != 'Q'
          || content[at + 2] != 'M'
          || content[at + 3] != 'B') {
        at--;
      }
      file.seek(at + 90);
      file.write(content[at + 90] ^ 4);
    }
  }
}
