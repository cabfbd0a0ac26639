package io.liqmap.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.feed.FeedFileException;
import io.liqmap.engine.journal.JournalException;
import io.liqmap.engine.journal.JournalReader;
import io.liqmap.engine.market.MapListener;
import io.liqmap.engine.replay.Replay;
import io.liqmap.engine.replay.Until;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.settings.PipelineSettings;
import io.liqmap.engine.settings.ThreadingMode;
import io.liqmap.engine.settings.WaitMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EngineTest {
  private static final Duration NO_HANG = Duration.ofSeconds(60);
  private static final long SEED = 42;
  private static final long EVENTS = 30_000;

  @TempDir private Path folder;

  private static EngineReport run(final EngineSettings settings, final int blockEvents)
      throws Exception {
    try (Engine engine = Engine.launch(settings, null, Outputs.NONE)) {
      engine.run(new RandomFeed(SEED, EVENTS, blockEvents, true), ReplayPace.max());
      return engine.report();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "INLINE, 64, 1, 1000",
    "INLINE, 64, 1, 7",
    "PIPELINED, 64, 1, 1000",
    "PIPELINED, 64, 16, 13",
    "PIPELINED, 1024, 256, 1",
    "PIPELINED, 16384, 4096, 1200"
  })
  @Tag("slow")
  void shouldEndInTheSameStateForEveryModeAndBatchSplit(
      final ThreadingMode mode, final int ringSize, final int claim, final int blockEvents)
      throws Exception {
    final EngineReport reference = run(EngineSettingsFixture.of(ThreadingMode.INLINE, 64, 1), 512);
    final EngineReport report = run(EngineSettingsFixture.of(mode, ringSize, claim), blockEvents);

    assertEquals(reference.journaled(), report.journaled());
    assertEquals(reference.faults().duplicates(), report.faults().duplicates());
    assertTrue(
        report.journaled().gaps() > 0
            && report.journaled().rejected() > 0
            && report.faults().duplicates() > 0);
  }

  @Tag("slow")
  @ParameterizedTest
  @EnumSource(ThreadingMode.class)
  void shouldReplayToTheSameStateFromStartAndFromEachSnapshot(final ThreadingMode mode)
      throws Exception {
    final EngineReport report = journal(mode);

    try (JournalReader reader = JournalReader.open(folder.resolve("journal"))) {
      final Replay replay = EngineSettingsFixture.replay(reader);
      replay.fromStart(Until.END);
      assertEquals(report.journaled(), replay.map().report());
      assertEquals(report.journaled(), replay.recorded());
      assertTrue(replay.matches());
      assertTrue(replay.compared() > 1, "snapshots compared: " + replay.compared());
      assertEquals(report.snapshots(), replay.snapshots().size());
    }
    int snapshots = 0;
    try (JournalReader reader = JournalReader.open(folder.resolve("journal"))) {
      snapshots = reader.snapshots().size();
    }
    for (int i = 0; i < snapshots; i++) {
      try (JournalReader reader = JournalReader.open(folder.resolve("journal"))) {
        final Replay replay = EngineSettingsFixture.replay(reader);
        replay.fromSnapshot(Until.sequence(replay.snapshots().get(i).sequence()));
        assertEquals(replay.snapshots().get(i).stateHash(), replay.map().stateHash());
        assertEquals(replay.snapshots().get(i).events(), replay.start().events());
      }
    }
  }

  @Tag("slow")
  @Test
  void shouldContinueFromASnapshotToTheRecordedEnd() throws Exception {
    final EngineReport report = journal(ThreadingMode.INLINE);

    try (JournalReader reader = JournalReader.open(folder.resolve("journal"))) {
      final Replay replay = EngineSettingsFixture.replay(reader);
      final long middle = replay.snapshots().get(replay.snapshots().size() / 2).sequence();
      final Replay early = EngineSettingsFixture.replay(reader);
      early.fromSnapshot(Until.sequence(middle + 500));
      assertEquals(middle, early.start().sequence());
      assertTrue(early.map().sequence() <= middle + 500 && early.map().sequence() > middle);

      final Replay fromStart = EngineSettingsFixture.replay(reader);
      fromStart.fromStart(Until.sequence(middle + 500));
      assertEquals(fromStart.map().stateHash(), early.map().stateHash());
    }
    assertNotEquals(0, report.journaled().stateHash());
  }

  private EngineReport journal(final ThreadingMode mode) throws Exception {
    final EngineReport report;
    try (Engine engine =
        Engine.launch(
            EngineSettingsFixture.of(mode, 1024, 64), folder.resolve("journal"), Outputs.NONE)) {
      engine.run(new RandomFeed(SEED, EVENTS, 300, true), ReplayPace.max());
      engine.finish();
      report = engine.report();
    }
    return report;
  }

  @ParameterizedTest
  @EnumSource(ThreadingMode.class)
  void shouldEndWithAnErrorWhenAConsumerFails(final ThreadingMode mode) {
    final MapListener failing =
        (event, map) -> {
          if (map.events() == 1_000) {
            throw new LinkageError("planned");
          }
        };

    assertTimeoutPreemptively(
        NO_HANG,
        () -> {
          try (Engine engine =
              Engine.launch(
                  EngineSettingsFixture.of(mode, 64, 16),
                  folder.resolve("journal"),
                  Outputs.to(failing))) {
            final EngineException e =
                assertThrows(
                    EngineException.class,
                    () -> engine.run(new RandomFeed(SEED, EVENTS, 300, false), ReplayPace.max()));
            assertTrue(e.getMessage().contains("planned"), e.getMessage());
          }
          try (JournalReader reader = JournalReader.open(folder.resolve("journal"))) {
            assertFalse(reader.isClosedCleanly());
            assertTrue(reader.acknowledgedEvents() >= 900);
            while (reader.next()) {
              assertTrue(reader.events() >= 0);
            }
          }
        });
  }

  @Test
  void shouldRefuseWorkAfterAFailure() throws Exception {
    try (Engine engine =
        Engine.launch(
            EngineSettingsFixture.of(ThreadingMode.PIPELINED, 64, 16),
            null,
            Outputs.to(
                (event, map) -> {
                  throw new LinkageError("planned");
                }))) {
      assertThrows(
          EngineException.class,
          () -> engine.run(new RandomFeed(SEED, 100, 10, false), ReplayPace.max()));
      assertTimeoutPreemptively(
          NO_HANG,
          () ->
              assertThrows(
                  EngineException.class,
                  () -> engine.run(new RandomFeed(SEED, 10_000, 10, false), ReplayPace.max())));
    }
  }

  @Test
  void shouldCountBackPressureOfASlowConsumer() throws Exception {
    try (Engine engine =
        Engine.launch(
            EngineSettingsFixture.of(ThreadingMode.PIPELINED, 64, 16),
            null,
            Outputs.to((event, map) -> LockSupport.parkNanos(10_000)))) {
      engine.run(new RandomFeed(SEED, 2_000, 500, false), ReplayPace.max());
      assertTrue(engine.report().backPressure() > 0);
      assertEquals(2_000, engine.report().journaled().events());
    }
  }

  @ParameterizedTest
  @EnumSource(ThreadingMode.class)
  void shouldKeepWhatWasTakenInWhenTheSourceBreaks(final ThreadingMode mode) throws Exception {
    final RandomFeed feed = new RandomFeed(SEED, EVENTS, 100, false);
    final BlockSource breaking = new BreakingFeed(new FeedPart(feed, 50));

    try (Engine engine =
        Engine.launch(
            EngineSettingsFixture.of(mode, 1024, 64), folder.resolve("journal"), Outputs.NONE)) {
      assertThrows(FeedFileException.class, () -> engine.run(breaking, ReplayPace.max()));
      assertEquals(5_000, engine.report().journaled().events());
      engine.finish();
    }
    try (JournalReader reader = JournalReader.open(folder.resolve("journal"))) {
      assertEquals(5_000, reader.acknowledgedEvents());
      assertTrue(reader.isClosedCleanly());
    }
  }

  @ParameterizedTest
  @EnumSource(ThreadingMode.class)
  void shouldStopFromAnotherThreadAndLoseNothing(final ThreadingMode mode) throws Exception {
    final AtomicLong applied = new AtomicLong();
    try (Engine engine =
        Engine.launch(
            EngineSettingsFixture.of(mode, 1024, 64),
            folder.resolve("journal"),
            Outputs.to((event, map) -> applied.set(map.events())))) {
      final Thread stopper =
          new Thread(
              () -> {
                while (applied.get() < 2_000) {
                  Thread.onSpinWait();
                }
                engine.stop();
              });
      stopper.start();
      assertTimeoutPreemptively(
          NO_HANG,
          () -> engine.run(new RandomFeed(SEED, Long.MAX_VALUE, 100, false), ReplayPace.max()));
      stopper.join();
      engine.finish();
      final long events = engine.report().journaled().events();
      assertTrue(events >= 2_000);
      try (JournalReader reader = JournalReader.open(folder.resolve("journal"))) {
        assertEquals(events, reader.acknowledgedEvents());
        assertTrue(reader.isClosedCleanly());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ThreadingMode.class)
  void shouldStopWhileItWaitsForAnEventThatIsDueMuchLater(final ThreadingMode mode)
      throws Exception {
    try (Engine engine =
        Engine.launch(EngineSettingsFixture.of(mode, 64, 16), null, Outputs.NONE)) {
      final Thread stopper =
          new Thread(
              () -> {
                LockSupport.parkNanos(200_000_000L);
                engine.stop();
              });
      stopper.start();
      assertTimeoutPreemptively(
          NO_HANG,
          () -> engine.run(new RandomFeed(SEED, 1_000, 100, false), ReplayPace.times(1e-6)));
      stopper.join();
    }
  }

  @Tag("slow")
  @Test
  void shouldCloseInEveryOrder() throws Exception {
    for (int shards = 0; shards <= 3; shards++) {
      for (int i = 0; i < 24; i++) {
        final EngineSettings settings =
            shards == 0
                ? EngineSettingsFixture.of(ThreadingMode.INLINE, 64, 16)
                : EngineSettingsFixture.sharded(shards, 64, 16);
        final Engine engine = Engine.launch(settings, null, Outputs.NONE);
        if (i % 3 > 0) {
          engine.run(new RandomFeed(i, i * 10L, 10, false), ReplayPace.max());
        }
        if (i % 2 == 0) {
          engine.stop();
        }
        engine.close();
        engine.close();
        assertEquals(i % 3 > 0 ? i * 10L : 0, engine.report().journaled().events());
      }
    }
    assertEquals(List.of(), EngineThreads.alive());
  }

  @Test
  void shouldRefuseASecondWriterOnTheSameJournal() throws Exception {
    final EngineSettings settings = EngineSettingsFixture.of(ThreadingMode.INLINE, 64, 1);
    try (Engine engine = Engine.launch(settings, folder.resolve("journal"), Outputs.NONE)) {
      engine.run(new RandomFeed(SEED, 100, 10, false), ReplayPace.max());
      final JournalException e =
          assertThrows(
              JournalException.class,
              () -> Engine.launch(settings, folder.resolve("journal"), Outputs.NONE));
      assertTrue(e.getMessage().contains("another engine is writing this journal"), e.getMessage());
    }
  }

  @Test
  void shouldRefuseSpinningThreadsWithoutProcessors() {
    final PipelineSettings spinning =
        new PipelineSettings(ThreadingMode.PIPELINED, 64, 16, WaitMode.SPIN, false);

    assertThrows(IllegalStateException.class, () -> Pipeline.requireProcessors(spinning, 1));
    Pipeline.requireProcessors(spinning, 2);
    Pipeline.requireProcessors(
        new PipelineSettings(ThreadingMode.PIPELINED, 64, 16, WaitMode.SPIN, true), 1);
    Pipeline.requireProcessors(
        new PipelineSettings(ThreadingMode.PIPELINED, 64, 16, WaitMode.PARK, false), 1);
  }

  @Test
  void shouldGoAtThePaceAtWhichItHappened() throws Exception {
    final long started = System.nanoTime();
    try (Engine engine =
        Engine.launch(EngineSettingsFixture.of(ThreadingMode.INLINE, 64, 1), null, Outputs.NONE)) {
      engine.run(new RandomFeed(SEED, 40, 10, false), ReplayPace.times(10));
      final long happened = engine.map().time() - engine.map().firstTime();
      assertTrue(System.nanoTime() - started >= happened / 10 * 9 / 10);
    }
  }
}
