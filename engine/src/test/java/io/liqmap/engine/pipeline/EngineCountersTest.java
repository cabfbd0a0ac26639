package io.liqmap.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.clusters.MapEvent;
import io.liqmap.engine.core.clusters.QualityFlags;
import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedFileException;
import io.liqmap.engine.market.MapListener;
import io.liqmap.engine.market.MapState;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.settings.ThreadingMode;
import io.liqmap.engine.shared.counters.EngineCounter;
import io.liqmap.engine.shared.counters.EngineCounters;
import io.liqmap.engine.shared.counters.EngineCountersReader;
import io.liqmap.engine.shared.view.ViewMemory;
import io.liqmap.engine.shared.view.ViewSettings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an engine tells of how it fares. */
@Tag("slow")
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class EngineCountersTest {
  private static final long EVENTS = 20_000;
  private static final ViewSettings VIEW =
      new ViewSettings(EngineSettingsFixture.INSTRUMENTS, 512, 64, 32, 5);

  @TempDir private Path folder;

  private Path journal() {
    return folder.resolve("journal");
  }

  private static RandomFeed feed() {
    return new RandomFeed(42, EVENTS, 300, true);
  }

  private static EngineSettings settings(final ThreadingMode mode) {
    return EngineSettingsFixture.of(mode, 1024, 64);
  }

  private static EngineCountersReader.State state(final EngineCountersReader reader) {
    return reader.state(System.currentTimeMillis());
  }

  @ParameterizedTest
  @EnumSource(ThreadingMode.class)
  void shouldShowOutsideWhatItReportsAtItsEnd(final ThreadingMode mode) throws Exception {
    final EngineReport report;
    try (Engine engine = Engine.launch(settings(mode), journal(), Outputs.NONE)) {
      assertEquals(EngineCountersReader.State.RUNNING, state(EngineCountersReader.open(journal())));
      engine.run(feed(), ReplayPace.max());
      engine.finish();
      report = engine.report();
    }

    final EngineCountersReader reader = EngineCountersReader.open(journal());
    assertEquals(EngineCountersReader.State.ENDED, state(reader));
    assertEquals(report.journaled().events(), reader.value(EngineCounter.EVENTS));
    assertEquals(report.journaled().sequence(), reader.value(EngineCounter.SEQUENCE));
    assertEquals(report.journaled().time(), reader.value(EngineCounter.EVENT_TIME));
    assertEquals(report.journaled().gaps(), reader.value(EngineCounter.GAPS));
    assertEquals(report.faults().missing(), reader.value(EngineCounter.MISSING));
    assertEquals(report.faults().duplicates(), reader.value(EngineCounter.DUPLICATES));
    assertEquals(report.faults().reordered(), reader.value(EngineCounter.REORDERED));
    assertEquals(report.journaled().rejected(), reader.value(EngineCounter.REJECTED));
    assertEquals(report.faults().unknown(), reader.value(EngineCounter.UNKNOWN));
    assertEquals(report.instruments(), reader.value(EngineCounter.INSTRUMENTS));
    assertEquals(report.snapshots(), reader.value(EngineCounter.SNAPSHOTS));
    assertEquals(report.snapshotsSkipped(), reader.value(EngineCounter.SNAPSHOTS_PASSED_BY));
    assertEquals(report.journaled().events(), reader.value(EngineCounter.JOURNAL_EVENTS));
    assertEquals(report.journalBytes(), reader.value(EngineCounter.JOURNAL_BYTES));
    assertEquals(report.backPressure(), reader.value(EngineCounter.BACK_PRESSURE));
    assertEquals(EngineCounter.JOURNALING, reader.value(EngineCounter.JOURNAL_STATE));
    assertEquals(0, reader.value(EngineCounter.MAP_LAG));
    assertEquals(0, reader.value(EngineCounter.JOURNAL_LAG));
    assertEquals(
        mode == ThreadingMode.PIPELINED ? 1024 : 0, reader.value(EngineCounter.RING_CAPACITY));
    assertTrue(
        report.faults().duplicates() > 0 && report.snapshots() > 0 && report.journalBytes() > 0);
    assertNotEquals(0, reader.value(EngineCounter.QUALITY) & QualityFlags.GAP);
    assertEquals(0, reader.value(EngineCounter.QUALITY) & QualityFlags.NOT_JOURNALED);
    assertEquals(List.of(), reader.errors());
  }

  @Test
  void shouldCountInTheSharedFolderWithoutAJournal() throws Exception {
    final Path shared = folder.resolve("shared");
    try (Engine engine =
        Engine.launch(
            settings(ThreadingMode.PIPELINED),
            null,
            Outputs.share(shared, VIEW, 1 << 16, MapListener.NONE))) {
      engine.run(feed(), ReplayPace.max());
      engine.finish();
      final EngineCountersReader reader = EngineCountersReader.open(shared);
      assertEquals(engine.map().events(), reader.value(EngineCounter.EVENTS));
      assertEquals(EngineCounter.NO_JOURNAL, reader.value(EngineCounter.JOURNAL_STATE));
      assertNotEquals(0, reader.value(EngineCounter.QUALITY) & QualityFlags.NOT_JOURNALED);
    }
  }

  @Test
  void shouldCountInTheJournalBesideASharedFolder() throws Exception {
    final Path shared = folder.resolve("shared");
    try (Engine engine =
        Engine.launch(
            settings(ThreadingMode.INLINE),
            journal(),
            Outputs.share(shared, VIEW, 1 << 16, MapListener.NONE))) {
      engine.run(feed(), ReplayPace.max());
    }
    assertTrue(Files.exists(journal().resolve(EngineCounters.FILE)));
    assertFalse(Files.exists(shared.resolve(EngineCounters.FILE)));
  }

  @Test
  void shouldBeatWithoutEvents() throws Exception {
    try (Engine engine =
        Engine.launch(settings(ThreadingMode.PIPELINED), journal(), Outputs.NONE)) {
      final long first = EngineCountersReader.open(journal()).value(EngineCounter.HEARTBEAT);
      while (EngineCountersReader.open(journal()).value(EngineCounter.HEARTBEAT) == first) {
        Thread.sleep(10);
      }
      assertEquals(EngineCountersReader.State.RUNNING, state(EngineCountersReader.open(journal())));
      assertTrue(engine.isJournaling());
    }
    assertFalse(
        Thread.getAllStackTraces().keySet().stream()
            .anyMatch((thread) -> thread.getName().equals("liqmap-health")));
  }

  @ParameterizedTest
  @EnumSource(ThreadingMode.class)
  void shouldKeepWhatAListenerThrows(final ThreadingMode mode) throws Exception {
    final MapListener throwing =
        (event, map) -> {
          if (event.kind() == FeedEvent.GAP) {
            throw new IllegalArgumentException("planned");
          }
        };
    final long failures;
    try (Engine engine = Engine.launch(settings(mode), journal(), Outputs.to(throwing))) {
      engine.run(feed(), ReplayPace.max());
      failures = engine.map().listenerFailures();
    }
    final EngineCountersReader reader = EngineCountersReader.open(journal());
    assertTrue(failures > 1);
    assertEquals(failures, reader.value(EngineCounter.LISTENER_FAILURES));
    assertEquals(
        failures,
        reader.errors().stream().mapToLong(EngineCountersReader.DistinctError::count).sum());
    assertTrue(reader.errors().size() < failures);
    assertTrue(reader.errors().get(0).text().contains("planned"));
    assertEquals(EngineCountersReader.State.ENDED, state(reader));
  }

  @ParameterizedTest
  @EnumSource(ThreadingMode.class)
  void shouldKeepRunningWhenItsViewCannotBePublished(final ThreadingMode mode) throws Exception {
    final ViewMemory view = ViewMemory.inProcess(VIEW);
    final Outputs outputs = new Outputs(MapListener.NONE, view, null);
    final long expected;
    try (Engine first = Engine.launch(settings(mode), null, outputs)) {
      first.run(feed(), ReplayPace.max());
      expected = first.map().stateHash();
    }
    // Each region of the view has a writer now, and grants itself to no other.
    try (Engine second = Engine.launch(settings(mode), journal(), outputs)) {
      second.run(feed(), ReplayPace.max());
      assertEquals(expected, second.map().stateHash());
      assertTrue(second.isJournaling());
    }
    final EngineCountersReader reader = EngineCountersReader.open(journal());
    assertTrue(reader.value(EngineCounter.PUBLICATION_FAILURES) > 0);
    assertTrue(reader.errors().get(0).text().contains("has a writer already"));
    assertEquals(EngineCountersReader.State.ENDED, state(reader));
  }

  @ParameterizedTest
  @EnumSource(ThreadingMode.class)
  void shouldSayThatItFailed(final ThreadingMode mode) throws Exception {
    final MapListener failing =
        new MapListener() {
          @Override
          public void onApplied(final FeedEvent event, final MapState map) {}

          @Override
          public void onMapEvent(final MapEvent event) {
            throw new LinkageError("planned");
          }
        };
    try (Engine engine = Engine.launch(settings(mode), journal(), Outputs.to(failing))) {
      assertThrows(EngineException.class, () -> engine.run(feed(), ReplayPace.max()));
    }
    final EngineCountersReader reader = EngineCountersReader.open(journal());
    assertEquals(EngineCountersReader.State.FAILED, state(reader));
    assertTrue(reader.errors().get(0).text().contains("planned"));
  }

  @Test
  void shouldKeepWhyAFeedBroke() throws Exception {
    final BlockSource broken =
        new BlockSource() {
          @Override
          public boolean nextBlock() throws IOException {
            throw new FeedFileException("planned");
          }

          @Override
          public DirectBuffer buffer() {
            throw new AssertionError();
          }

          @Override
          public int offset() {
            return 0;
          }

          @Override
          public int length() {
            return 0;
          }

          @Override
          public String name() {
            return "broken";
          }
        };
    try (Engine engine = Engine.launch(settings(ThreadingMode.INLINE), journal(), Outputs.NONE)) {
      assertThrows(FeedFileException.class, () -> engine.run(broken, ReplayPace.max()));
    }
    final EngineCountersReader reader = EngineCountersReader.open(journal());
    assertEquals(EngineCountersReader.State.ENDED, state(reader));
    assertTrue(reader.errors().get(0).text().contains("planned"));
  }

  @ParameterizedTest
  @EnumSource(ThreadingMode.class)
  void shouldSurviveThatSomebodyCutsOffItsCounters(final ThreadingMode mode) throws Exception {
    final MapListener throwing =
        (event, map) -> {
          if (event.kind() == FeedEvent.GAP) {
            throw new IllegalArgumentException("planned");
          }
        };
    final RandomFeed feed = feed();
    try (Engine engine = Engine.launch(settings(mode), journal(), Outputs.to(throwing))) {
      engine.run(new FeedPart(feed, 10), ReplayPace.max());
      try (FileChannel counters =
          FileChannel.open(journal().resolve(EngineCounters.FILE), StandardOpenOption.WRITE)) {
        counters.truncate(0);
      }
      engine.run(feed, ReplayPace.max());
      engine.finish();
      assertTrue(engine.isJournaling());
      // The last beat has made it whole again.
      final EngineCountersReader reader = EngineCountersReader.open(journal());
      assertEquals(engine.map().events(), reader.value(EngineCounter.EVENTS));
      assertFalse(reader.errors().isEmpty());
    }
  }

  @Test
  void shouldRecordRareEventsInAFlightRecording() throws Exception {
    final MapListener throwing =
        (event, map) -> {
          if (event.kind() == FeedEvent.GAP) {
            throw new IllegalArgumentException("planned");
          }
        };
    try (Recording recording = new Recording()) {
      recording.start();
      final Engine engine =
          Engine.launch(settings(ThreadingMode.PIPELINED), journal(), Outputs.to(throwing));
      engine.run(feed(), ReplayPace.max());
      engine.close();
      recording.stop();
      final Path file = folder.resolve("engine.jfr");
      recording.dump(file);
      final List<RecordedEvent> events =
          RecordingFile.readAllEvents(file).stream()
              .filter((event) -> event.getEventType().getName().startsWith("liqmap."))
              .toList();
      final Set<String> names =
          events.stream()
              .map((event) -> event.getEventType().getName())
              .collect(Collectors.toSet());
      assertTrue(
          names.containsAll(
              Set.of(
                  "liqmap.EngineStart",
                  "liqmap.EngineStop",
                  "liqmap.SnapshotTaken",
                  "liqmap.FeedFaults",
                  "liqmap.ClusterCleared",
                  "liqmap.Failure")),
          names.toString());
      assertEquals(
          engine.report().journaled().gaps(),
          events.stream()
              .filter((event) -> event.getEventType().getName().equals("liqmap.FeedFaults"))
              .mapToLong((event) -> event.getLong("gaps"))
              .sum());
      assertTrue(events.size() < EVENTS / 4, events.size() + " events");
    }
  }
}
