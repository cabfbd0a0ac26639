package io.liqmap.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.journal.HangingDisk;
import io.liqmap.engine.journal.JournalException;
import io.liqmap.engine.journal.JournalReader;
import io.liqmap.engine.journal.JournalSettings;
import io.liqmap.engine.market.MapListener;
import io.liqmap.engine.replay.JournalCheck;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.settings.ThreadingMode;
import io.liqmap.engine.shared.counters.EngineCountersReader;
import io.liqmap.engine.shared.view.ViewMemory;
import io.liqmap.engine.shared.view.ViewSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Engines that are started, stopped and aborted in every order: nothing hangs, nothing is left. */
@Tag("slow")
class LifeCycleTest {
  private static final Duration NO_HANG = Duration.ofMinutes(1);
  private static final int LIVES = Integer.getInteger("liqmap.lives", 26);
  private static final long SEED = Long.getLong("liqmap.seed", 1);
  private static final long EVENTS = 3_000;
  private static final Path OPEN_FILES = Path.of("/proc/self/fd");
  private static final Path MAPPINGS = Path.of("/proc/self/maps");

  @TempDir private Path folder;

  /** What befalls an engine. */
  private enum Fate {
    FINISHES,
    IS_NEVER_RUN,
    IS_STOPPED_BEFORE,
    IS_STOPPED_BY_ANOTHER_THREAD,
    IS_STOPPED_BY_ITS_LISTENER,
    IS_INTERRUPTED,
    IS_INTERRUPTED_WHILE_IT_RUNS,
    HAS_A_SOURCE_THAT_BREAKS,
    HAS_A_LISTENER_THAT_THROWS,
    HAS_A_LISTENER_THAT_ENDS_IT,
    HAS_TOO_SMALL_A_VIEW,
    HAS_NO_MODE,
    FINDS_ITS_JOURNAL_TAKEN
  }

  @Test
  void shouldLeaveNothingBehindWhateverBefallsAnEngine() throws Exception {
    final SplittableRandom random = new SplittableRandom(SEED);
    for (int life = 0; life < LIVES; life++) {
      final Fate fate = Fate.values()[life % Fate.values().length];
      final int shards = random.nextInt(4);
      final boolean isJournaled = fate == Fate.FINDS_ITS_JOURNAL_TAKEN || random.nextBoolean();
      final Path home = folder.resolve("life-" + life);
      final String what = "seed " + SEED + ", life " + life + ": " + fate + ", " + shards;
      assertTimeoutPreemptively(
          NO_HANG,
          () -> live(fate, shards, isJournaled ? home.resolve("journal") : null, home),
          what);
      requireNothingLeft(home, what);
      remove(home);
    }
  }

  private static void live(final Fate fate, final int shards, final Path journal, final Path home)
      throws Exception {
    final EngineSettings settings =
        shards == 0
            ? EngineSettingsFixture.of(ThreadingMode.INLINE, 64, 16)
            : EngineSettingsFixture.sharded(shards, 64, 16);
    final AtomicReference<Engine> itself = new AtomicReference<>();
    final MapListener listener =
        (event, map) -> {
          if (map.events() == 1_000) {
            switch (fate) {
              case IS_STOPPED_BY_ITS_LISTENER -> itself.get().stop();
              case HAS_A_LISTENER_THAT_THROWS -> throw new IllegalStateException("planned");
              case HAS_A_LISTENER_THAT_ENDS_IT -> throw new LinkageError("planned");
              default -> {}
            }
          }
        };
    final int room = fate == Fate.HAS_TOO_SMALL_A_VIEW ? 1 : EngineSettingsFixture.INSTRUMENTS;
    final Outputs outputs =
        Outputs.share(
            home.resolve("shared"),
            new ViewSettings(room, 512, 64, 32, 5),
            1 << 16,
            Math.max(1, shards),
            listener);
    if (fate == Fate.HAS_TOO_SMALL_A_VIEW) {
      assertThrows(IllegalArgumentException.class, () -> Engine.launch(settings, journal, outputs));
      return;
    }
    if (fate == Fate.HAS_NO_MODE) {
      // Comes to light behind the journal and the counters.
      final EngineSettings modeless = EngineSettingsFixture.of(null, Math.max(1, shards), 64, 16);
      assertThrows(NullPointerException.class, () -> Engine.launch(modeless, journal, outputs));
      final Path counters = journal == null ? outputs.folder() : journal;
      assertEquals(
          EngineCountersReader.State.FAILED,
          EngineCountersReader.open(counters).state(System.currentTimeMillis()));
      return;
    }
    final Engine engine = Engine.launch(settings, journal, outputs);
    itself.set(engine);
    try (engine) {
      final BlockSource feed = new EndlessFeed(1, EVENTS);
      switch (fate) {
        case FINISHES, HAS_A_LISTENER_THAT_THROWS -> {
          engine.run(feed, ReplayPace.max());
          assertEquals(EVENTS, engine.map().events());
        }
        case IS_NEVER_RUN -> engine.finish();
        case IS_STOPPED_BEFORE -> {
          engine.stop();
          engine.run(feed, ReplayPace.max());
          assertEquals(0, engine.map().events());
        }
        case IS_STOPPED_BY_ANOTHER_THREAD -> {
          final Thread other = new Thread(engine::stop);
          other.start();
          engine.run(new EndlessFeed(1, Long.MAX_VALUE / 2), ReplayPace.max());
          other.join();
        }
        case IS_STOPPED_BY_ITS_LISTENER ->
            engine.run(new EndlessFeed(1, Long.MAX_VALUE / 2), ReplayPace.max());
        case IS_INTERRUPTED -> {
          engine.run(feed, ReplayPace.max());
          Thread.currentThread().interrupt();
          engine.finish();
          assertTrue(Thread.interrupted(), "the interrupt was swallowed");
          assertEquals(EVENTS, engine.map().events());
          requireEnded(journal, outputs);
        }
        case IS_INTERRUPTED_WHILE_IT_RUNS -> {
          final Thread running = Thread.currentThread();
          final Thread other = new Thread(running::interrupt);
          other.start();
          engine.run(new EndlessFeed(1, Long.MAX_VALUE / 2), ReplayPace.max());
          assertTrue(Thread.interrupted(), "the interrupt was swallowed");
          other.join();
          assertEquals(journal != null, engine.isJournaling());
        }
        case HAS_A_SOURCE_THAT_BREAKS ->
            assertThrows(
                IOException.class, () -> engine.run(new BreakingFeed(feed), ReplayPace.max()));
        case HAS_A_LISTENER_THAT_ENDS_IT ->
            assertThrows(EngineException.class, () -> engine.run(feed, ReplayPace.max()));
        case FINDS_ITS_JOURNAL_TAKEN ->
            assertThrows(
                JournalException.class, () -> Engine.launch(settings, journal, Outputs.NONE));
        default -> throw new AssertionError(fate);
      }
    }
    if (journal != null) {
      requireReadable(journal, fate != Fate.HAS_A_LISTENER_THAT_ENDS_IT);
    }
  }

  private static void requireEnded(final Path journal, final Outputs outputs) throws IOException {
    final Path counters = journal == null ? outputs.folder() : journal;
    if (counters != null) {
      assertEquals(
          EngineCountersReader.State.ENDED,
          EngineCountersReader.open(counters).state(System.currentTimeMillis()));
    }
  }

  private static void requireReadable(final Path journal, final boolean isEnded)
      throws IOException {
    try (JournalReader reader = JournalReader.open(journal)) {
      final JournalCheck check = JournalCheck.of(reader);
      assertNull(check.damage());
      assertEquals(isEnded, reader.isClosedCleanly());
    }
  }

  private static void requireNothingLeft(final Path home, final String what) throws IOException {
    assertEquals(List.of(), EngineThreads.alive(), what);
    assumeTrue(Files.isDirectory(OPEN_FILES), "skipped: this system has no /proc");
    // Chronicle Queue closes on a thread of its own, mappings go with the buffers that have them.
    for (int i = 0; i < 3_000 && !(openFiles(home).isEmpty() && mappings(home).isEmpty()); i++) {
      System.gc();
      LockSupport.parkNanos(10_000_000);
    }
    assertEquals(List.of(), openFiles(home), what);
    assertEquals(List.of(), mappings(home), what);
  }

  private static List<String> openFiles(final Path home) throws IOException {
    try (Stream<Path> all = Files.list(OPEN_FILES)) {
      return all.map(LifeCycleTest::target).filter((file) -> file.startsWith(home + "/")).toList();
    }
  }

  private static String target(final Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (final IOException e) {
      return "";
    }
  }

  private static List<String> mappings(final Path home) throws IOException {
    try (Stream<String> lines = Files.lines(MAPPINGS)) {
      return lines.filter((line) -> line.contains(home + "/")).toList();
    }
  }

  private static void remove(final Path home) throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void shouldEndTheRunWhenAMapHangsAndWaitForItOnce() throws Exception {
    final Pipeline.Timeouts impatient = new Pipeline.Timeouts(200_000_000L, 100_000_000L);
    final CountDownLatch wakes = new CountDownLatch(1);
    final MapListener hanging =
        (event, map) -> {
          if (map.events() == 1_000) {
            try {
              wakes.await();
            } catch (final InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        };
    final EngineSettings settings = EngineSettingsFixture.sharded(2, 64, 16);
    final ViewSettings size = new ViewSettings(EngineSettingsFixture.INSTRUMENTS, 512, 64, 32, 5);
    final Engine engine =
        Engine.launchOn(
            null, settings, new Outputs(hanging, ViewMemory.inProcess(size), null), impatient);
    try {
      final EngineException e =
          assertTimeoutPreemptively(
              Duration.ofSeconds(20),
              () ->
                  assertThrows(
                      EngineException.class,
                      () -> engine.run(new EndlessFeed(1, EVENTS), ReplayPace.max())));
      assertTrue(e.getMessage().contains("hasn't moved for 200 ms"), e.getMessage());
      assertTimeoutPreemptively(Duration.ofSeconds(20), engine::finish);
      assertFalse(EngineThreads.alive().isEmpty());
    } finally {
      wakes.countDown();
    }
    awaitNoThread();
  }

  @Test
  void shouldCloseAJournalThatHangsOnlyBehindItsThread() throws Exception {
    final Path journal = folder.resolve("journal");
    final JournalSettings impatient = new JournalSettings(4096, 1 << 24, 50_000_000L);
    final EngineSettings settings =
        EngineSettingsFixture.of(ThreadingMode.PIPELINED, 64, 16, impatient);
    // The thread wakes about when the engine ends: either may be the last to leave.
    for (int round = 0; round < 5; round++) {
      final HangingDisk disk = new HangingDisk();
      final Path place = journal.resolveSibling("journal-" + round);
      final Engine engine =
          Engine.launchOn(disk.create(place, impatient, settings.text()), settings, Outputs.NONE);
      assertTimeoutPreemptively(
          NO_HANG, () -> engine.run(new FeedAroundAHang(disk), ReplayPace.max()));
      assertFalse(engine.isJournaling());
      if (round % 2 == 0) {
        engine.finish();
        assertFalse(openFiles(place).isEmpty(), "closed under the thread that hangs in it");
        disk.wakeUp();
      } else {
        disk.wakeUp();
        engine.finish();
      }
      awaitNoThread();
      requireNothingLeft(place, "round " + round);
      requireReadable(place, false);
    }
  }

  private static void awaitNoThread() throws InterruptedException {
    for (int i = 0; i < 60_000 && !EngineThreads.alive().isEmpty(); i++) {
      Thread.sleep(1);
    }
    assertEquals(List.of(), EngineThreads.alive());
  }

  /**
   * The ring has room for all events until the journal's thread hangs: however slow the machine is,
   * the journal isn't abandoned before.
   */
  private static final class FeedAroundAHang implements BlockSource {
    private final HangingDisk disk;
    private final BlockSource[] parts = {
      new EndlessFeed(1, 32), new EndlessFeed(33, 48), new EndlessFeed(49, EVENTS)
    };
    private int part;

    FeedAroundAHang(final HangingDisk disk) {
      this.disk = disk;
    }

    @Override
    public boolean nextBlock() throws IOException {
      if (parts[part].nextBlock()) {
        return true;
      }
      if (part == parts.length - 1) {
        return false;
      }
      part++;
      if (part == 1) {
        disk.hang();
      } else {
        disk.awaitHang();
      }
      return parts[part].nextBlock();
    }

    @Override
    public DirectBuffer buffer() {
      return parts[part].buffer();
    }

    @Override
    public int offset() {
      return parts[part].offset();
    }

    @Override
    public int length() {
      return parts[part].length();
    }
  }
}
