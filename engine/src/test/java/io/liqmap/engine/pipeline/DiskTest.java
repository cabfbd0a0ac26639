package io.liqmap.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.liqmap.engine.core.clusters.QualityFlags;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.journal.HangingDisk;
import io.liqmap.engine.journal.JournalException;
import io.liqmap.engine.journal.JournalReader;
import io.liqmap.engine.journal.JournalSettings;
import io.liqmap.engine.market.MapListener;
import io.liqmap.engine.market.MapState;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.replay.JournalCheck;
import io.liqmap.engine.replay.Replay;
import io.liqmap.engine.replay.Until;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.settings.ThreadingMode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks that are full, read-only, gone, slow, or hang: the map stays live and says so. */
@Tag("slow")
class DiskTest {
  private static final Duration NO_HANG = Duration.ofSeconds(60);
  private static final long SOME = 20_000;
  private static final long MORE = 120_000;
  private static final JournalSettings IMPATIENT = new JournalSettings(4096, 1 << 24, 300_000_000L);
  private static final EngineSettings SETTINGS =
      EngineSettingsFixture.of(ThreadingMode.PIPELINED, 1_024, 64, IMPATIENT);

  @TempDir private Path folder;

  private static void run(final Engine engine, final long first, final long last) throws Exception {
    assertTimeoutPreemptively(
        NO_HANG, () -> engine.run(new EndlessFeed(first, last), ReplayPace.max()));
  }

  /** What the map is without any journal. */
  private static long hashAfter(final long events) throws Exception {
    try (Engine engine = Engine.launch(SETTINGS, null, Outputs.NONE)) {
      run(engine, 1, events);
      return engine.map().stateHash();
    }
  }

  private static void requireLiveWithoutJournal(final Engine engine, final String reason)
      throws Exception {
    assertFalse(engine.isJournaling());
    assertTrue(
        engine.journalFailure().getMessage().contains(reason),
        engine.journalFailure().getMessage());
    assertEquals(MORE, engine.map().events());
    assertEquals(hashAfter(MORE), engine.map().stateHash());
    assertTrue((((MapWriter) engine.map()).tracker(0).quality() & QualityFlags.NOT_JOURNALED) != 0);
  }

  /** Reads a journal to its end and gives what it holds. */
  private static long requireWhole(final Path journal, final long acknowledged) throws Exception {
    try (JournalReader reader = JournalReader.open(journal)) {
      final JournalCheck check = JournalCheck.of(reader);
      assertNull(check.damage());
      assertTrue(check.events() >= acknowledged, check.events() + " of " + acknowledged);
      assertEquals(check.events(), reader.acknowledgedEvents());
    }
    try (JournalReader reader = JournalReader.open(journal)) {
      final Replay replay = EngineSettingsFixture.replay(reader);
      replay.fromStart(Until.END);
      assertTrue(replay.matches());
      assertEquals(hashAfter(replay.map().events()), replay.map().stateHash());
      return replay.map().events();
    }
  }

  private static void requireResumes(final Path journal) throws Exception {
    final long held = requireWhole(journal, 0);
    try (Engine engine = Engine.launch(SETTINGS, journal, Outputs.NONE)) {
      assertEquals(held, engine.recovered().events());
      run(engine, 1, MORE);
      assertTrue(engine.isJournaling());
      engine.finish();
      assertEquals(hashAfter(MORE), engine.map().stateHash());
    }
    assertEquals(MORE, requireWhole(journal, MORE));
  }

  /** That of the engine launched last. */
  private static Thread journalThread() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter((thread) -> thread.getName().equals("liqmap-journal"))
        .max(Comparator.comparingLong(Thread::getId))
        .orElseThrow();
  }

  @Test
  void shouldGiveUpAJournalThatHangs() throws Exception {
    final Path journal = folder.resolve("journal");
    final HangingDisk disk = new HangingDisk();
    final long acknowledged;
    final Engine engine =
        Engine.launchOn(disk.create(journal, IMPATIENT, SETTINGS.text()), SETTINGS, Outputs.NONE);
    final Thread hanging = journalThread();
    try {
      run(engine, 1, SOME);
      assertTrue(engine.isJournaling());
      disk.hang();
      run(engine, SOME + 1, MORE);
      requireLiveWithoutJournal(engine, "abandoned");
      acknowledged = engine.acknowledgedEvents();
      assertTrue(acknowledged >= SOME);
    } finally {
      assertTimeoutPreemptively(NO_HANG, engine::finish);
    }
    assertThrows(
        JournalException.class, () -> Engine.launch(SETTINGS, journal, Outputs.NONE).close());

    disk.wakeUp();
    hanging.join(60_000);

    requireWhole(journal, acknowledged);
    requireResumes(journal);
  }

  /** Events come at a pace at which the ring isn't full for minutes. */
  @Test
  void shouldReportAHangingJournalBeforeTheRingIsFull() throws Exception {
    final JournalSettings patient = new JournalSettings(4096, 1 << 24, 2_000_000_000L);
    final EngineSettings settings =
        EngineSettingsFixture.of(ThreadingMode.PIPELINED, 16_384, 64, patient);
    final Path journal = folder.resolve("journal");
    final HangingDisk disk = new HangingDisk();
    final AtomicLong seenAt = new AtomicLong();
    final MapListener listener =
        new MapListener() {
          @Override
          public void onApplied(final FeedEvent event, final MapState map) {
            final boolean isReported =
                map.instrument(0) != null
                    && (map.instrument(0).quality() & QualityFlags.NOT_JOURNALED) != 0;
            if (isReported && seenAt.compareAndSet(0, map.events())) {
              disk.wakeUp();
            }
          }
        };
    final long last = SOME + 1_000;
    try (Engine engine =
        Engine.launchOn(
            disk.create(journal, patient, settings.text()), settings, Outputs.to(listener))) {
      run(engine, 1, SOME);
      assertEquals(0, seenAt.get());
      disk.hang();
      assertTimeoutPreemptively(
          NO_HANG, () -> engine.run(new EndlessFeed(SOME + 1, last), ReplayPace.times(1)));
      assertTrue(seenAt.get() > SOME && seenAt.get() < last, seenAt + " events");
      assertTrue(engine.isJournaling());
      assertEquals(0, ((MapWriter) engine.map()).tracker(0).quality() & QualityFlags.NOT_JOURNALED);
    }
    assertEquals(last, requireWhole(journal, last));
  }

  @Test
  void shouldWaitForADiskThatIsSlow() throws Exception {
    final Path journal = folder.resolve("journal");
    final HangingDisk disk = new HangingDisk();
    try (Engine engine =
        Engine.launchOn(disk.create(journal, IMPATIENT, SETTINGS.text()), SETTINGS, Outputs.NONE)) {
      disk.slowDown(500_000);
      run(engine, 1, SOME);
      assertTrue(engine.isJournaling());
      assertTrue(engine.report().backPressure() > 0);
    }
    assertEquals(SOME, requireWhole(journal, SOME));
  }

  @Test
  void shouldKeepRunningWithoutJournalWhenTheDiskIsFull() throws Exception {
    try (Mount disk = Mount.tmpfs(folder.resolve("disk"), 64)) {
      final Path journal = disk.path().resolve("journal");
      final Path filler = disk.path().resolve("filler");
      final long acknowledged;
      try (Engine engine = Engine.launch(SETTINGS, journal, Outputs.NONE)) {
        run(engine, 1, SOME);
        assertTrue(engine.isJournaling());
        fill(filler);
        run(engine, SOME + 1, MORE);
        requireLiveWithoutJournal(engine, "");
        acknowledged = engine.acknowledgedEvents();
        assertTrue(acknowledged >= SOME);
      }
      assertTrue(requireWhole(journal, acknowledged) < MORE);
      final JournalException e =
          assertThrows(
              JournalException.class, () -> Engine.launch(SETTINGS, journal, Outputs.NONE));
      assertTrue(e.getMessage().contains("are free"), e.getMessage());

      Files.delete(filler);
      requireResumes(journal);
    }
  }

  private static void fill(final Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      final byte[] page = new byte[4_096];
      while (true) {
        out.write(page);
      }
    } catch (final IOException full) {
      assertTrue(Files.size(file) > 0);
    }
  }

  @Test
  void shouldNotStartOnAReadOnlyDiskButRead() throws Exception {
    try (Mount disk = Mount.tmpfs(folder.resolve("disk"), 64)) {
      final Path journal = disk.path().resolve("journal");
      try (Engine engine = Engine.launch(SETTINGS, journal, Outputs.NONE)) {
        run(engine, 1, SOME);
      }
      disk.makeReadOnly();

      for (final Path there : List.of(journal, disk.path().resolve("other"))) {
        final JournalException e =
            assertThrows(
                JournalException.class, () -> Engine.launch(SETTINGS, there, Outputs.NONE));
        assertTrue(e.getMessage().contains("Read-only file system"), e.getMessage());
      }
      assertEquals(SOME, requireWhole(journal, SOME));
    }
  }

  @Test
  void shouldKeepRunningWithoutJournalWhenItsFolderIsRemoved() throws Exception {
    final Path journal = folder.resolve("journal");
    try (Engine engine = Engine.launch(SETTINGS, journal, Outputs.NONE)) {
      run(engine, 1, SOME);
      assertTrue(engine.isJournaling());
      try (Stream<Path> files = Files.walk(journal)) {
        for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
      run(engine, SOME + 1, MORE);
      requireLiveWithoutJournal(engine, "was removed or replaced");
    }
    assertFalse(Files.exists(journal));
  }

  @Test
  void shouldGiveUpAJournalOnAFileSystemThatIsFrozen() throws Exception {
    assumeTrue(Boolean.getBoolean("liqmap.soak"), "skipped: in the profile soak alone");
    try (Mount disk = Mount.ext4(folder.resolve("disk"), folder.resolve("image"), 256)) {
      final Path journal = disk.path().resolve("journal");
      final Engine engine = Engine.launch(SETTINGS, journal, Outputs.NONE);
      final Thread hanging = journalThread();
      long acknowledged = 0;
      try {
        run(engine, 1, SOME);
        assertTrue(engine.isJournaling());
        disk.freeze();
        run(engine, SOME + 1, MORE);
        requireLiveWithoutJournal(engine, "abandoned");
        acknowledged = engine.acknowledgedEvents();
        assertTimeoutPreemptively(NO_HANG, engine::finish);
        assertTrue(disk.thaw(), "somebody waited for the disk");
      } finally {
        disk.thaw();
      }
      hanging.join(60_000);
      requireWhole(journal, acknowledged);
      requireResumes(journal);
    }
  }
}
