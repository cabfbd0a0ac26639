package io.liqmap.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.files.HeldFile;
import io.liqmap.engine.journal.JournalCompression;
import io.liqmap.engine.journal.JournalCompression.Compressed;
import io.liqmap.engine.journal.JournalCopy;
import io.liqmap.engine.journal.JournalDamageException;
import io.liqmap.engine.journal.JournalException;
import io.liqmap.engine.journal.JournalReader;
import io.liqmap.engine.journal.NoJournalException;
import io.liqmap.engine.replay.JournalCheck;
import io.liqmap.engine.replay.Replay;
import io.liqmap.engine.replay.Until;
import io.liqmap.engine.settings.ThreadingMode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Journals whose files were compressed. */
@Tag("slow")
class CompressedJournalTest {
  private static final long SEED = 5;
  private static final long EVENTS = 12_000;
  private static final int BLOCK = 200;
  private static final long HALF = 30;
  private static final int FLIPS = 40;

  @TempDir private Path folder;

  private Path journal() {
    return folder.resolve("journal");
  }

  private EngineReport run(final long blocks) throws Exception {
    try (Engine engine =
        Engine.launch(
            EngineSettingsFixture.of(ThreadingMode.INLINE, 1_024, 64), journal(), Outputs.NONE)) {
      final RandomFeed feed = new RandomFeed(SEED, EVENTS, BLOCK, true);
      engine.run(blocks == 0 ? feed : new FeedPart(feed, blocks), ReplayPace.max());
      engine.finish();
      return engine.report();
    }
  }

  private List<Path> queue() throws IOException {
    try (Stream<Path> files = Files.list(journal().resolve("queue"))) {
      return files.filter((file) -> !file.toString().endsWith(".cq4t")).sorted().toList();
    }
  }

  private Path only() throws IOException {
    assertEquals(1, queue().size());
    return queue().get(0);
  }

  private static String damage(final Path journal) throws IOException {
    try (JournalReader reader = JournalReader.open(journal)) {
      return JournalCheck.of(reader).damage();
    } catch (final JournalDamageException e) {
      return e.getMessage();
    }
  }

  private void replayTo(final EngineReport report) throws Exception {
    for (final boolean fromSnapshot : new boolean[] {false, true}) {
      try (JournalReader reader = JournalReader.open(journal())) {
        final Replay replay = EngineSettingsFixture.replay(reader);
        if (fromSnapshot) {
          replay.fromSnapshot(Until.END);
        } else {
          replay.fromStart(Until.END);
        }
        assertTrue(replay.matches());
        assertEquals(report.journaled(), replay.map().report());
      }
    }
  }

  @Test
  void shouldVerifyReplayCopyAndResumeAsBefore() throws Exception {
    final EngineReport half = run(HALF);
    final Compressed compressed = JournalCompression.compress(journal());

    assertEquals(1, compressed.files());
    assertEquals(0, compressed.left());
    assertEquals(Files.size(only()), compressed.after());
    assertTrue(compressed.after() < compressed.before() / 2, compressed.toString());
    assertEquals(null, damage(journal()));
    replayTo(half);

    JournalCopy.copy(journal(), folder.resolve("copy"));
    assertEquals(null, damage(folder.resolve("copy")));

    final EngineReport whole = run(0);
    assertEquals(2, queue().size());
    replayTo(whole);
    assertEquals(1, JournalCompression.compress(journal()).files());
    replayTo(whole);
    assertEquals(0, JournalCompression.compress(journal()).files());
  }

  @Test
  void shouldBeReadableByGunzip() throws Exception {
    run(HALF);
    final byte[] before = Files.readAllBytes(only());
    JournalCompression.compress(journal());

    final byte[] after;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(only()))) {
      after = in.readAllBytes();
    }
    assertArrayEquals(before, after);
  }

  @Test
  void shouldKeepTheFileThatAnEngineAppendsTo() throws Exception {
    run(HALF);
    try (Engine engine =
        Engine.launch(
            EngineSettingsFixture.of(ThreadingMode.INLINE, 1_024, 64), journal(), Outputs.NONE)) {
      final Path file = only();
      final Compressed compressed = JournalCompression.compress(journal());
      assertEquals(0, compressed.files());
      assertEquals(1, compressed.left());
      assertEquals(file, only());
      assertTrue(engine.isJournaling());
    }
  }

  @Test
  void shouldWaitForNobodyAndLeaveTheLockOfAnotherCompressionAlone() throws Exception {
    run(HALF);
    final Path guard = journal().resolve("liqmap.compress.part");
    try (HeldFile other = HeldFile.create(guard)) {
      final JournalException refused =
          assertThrows(JournalException.class, () -> JournalCompression.compress(journal()));
      assertTrue(refused.getMessage().contains("another process compresses"), refused::getMessage);
      assertTrue(other.isAt(guard));
    }
    assertEquals(1, JournalCompression.compress(journal()).files());
    assertFalse(Files.exists(guard));
  }

  @Test
  void shouldContinueAfterAKillAtAnyPlace() throws Exception {
    final EngineReport report = run(HALF);
    final Path plain = only();
    final byte[] content = Files.readAllBytes(plain);
    Files.write(plain.resolveSibling(plain.getFileName() + ".gz.part"), new byte[] {1, 2, 3});
    JournalCompression.compress(journal());
    final Path compressed = only();

    // Killed before the file was deleted: both are there, and the compressed one may be anything.
    Files.write(plain, content);
    Files.write(compressed, new byte[] {1, 2, 3});
    replayTo(report);
    JournalCompression.compress(journal());
    assertEquals(compressed, only());
    replayTo(report);
  }

  @Test
  void shouldNameTheDamagedPlaceOfACompressedFileOrReadTheSame() throws Exception {
    final EngineReport report = run(HALF);
    JournalCompression.compress(journal());
    final Path file = only();
    final byte[] whole = Files.readAllBytes(file);
    final SplittableRandom random = new SplittableRandom(SEED);
    int found = 0;
    for (int i = 0; i < FLIPS; i++) {
      final byte[] flipped = whole.clone();
      final int place = random.nextInt(whole.length);
      flipped[place] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, flipped);
      final String damage = damage(journal());
      if (damage == null) {
        // A time in a block's header, or zeros behind the last document.
        replayTo(report);
      } else {
        assertTrue(damage.contains(file.toString()), damage);
        found++;
      }
      Files.write(file, Arrays.copyOf(whole, place));
      assertTrue(damage(journal()) != null, "cut at " + place);
    }
    // Most of a file is zeros after the last document; readers stop before them.
    assertTrue(found > FLIPS / 8, found + " found");
  }

  @Test
  void shouldRefuseWhatIsDamagedOrNoJournal() throws Exception {
    assertThrows(NoJournalException.class, () -> JournalCompression.compress(journal()));
    run(HALF);
    final Path file = only();
    final byte[] whole = Files.readAllBytes(file);
    final SplittableRandom random = new SplittableRandom(SEED);
    int end = whole.length;
    while (whole[end - 1] == 0) {
      end--;
    }
    do {
      final byte[] content = whole.clone();
      content[random.nextInt(end)] ^= 1;
      Files.write(file, content);
    } while (damage(journal()) == null);
    final JournalException refused =
        assertThrows(JournalDamageException.class, () -> JournalCompression.compress(journal()));
    assertFalse(refused.getMessage().isEmpty());
    assertEquals(file, only());
  }
}
