package io.liqmap.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.clusters.LevelEvent;
import io.liqmap.engine.core.clusters.QualityFlags;
import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedFileException;
import io.liqmap.engine.market.MapListener;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.shared.counters.Figure;
import io.liqmap.engine.shared.counters.Health;
import io.liqmap.engine.shared.counters.HealthReader;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an engine tells of how it fares. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class EngineHealthTest {
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

  private static HealthReader.State state(final HealthReader reader) {
    return reader.state(System.currentTimeMillis());
  }

  @ParameterizedTest
  @EnumSource(ThreadingMode.class)
  void shouldTellFromOutsideWhatItReportsAtItsEnd(final ThreadingMode mode) throws Exception {
    final EngineReport report;
    try (Engine engine = Engine.launch(settings(mode), journal(), Outlets.NONE)) {
      assertEquals(HealthReader.State.RUNNING, state(HealthReader.open(journal())));
      engine.run(feed(), Pace.max());
      engine.finish();
      report = engine.report();
    }

    final HealthReader reader = HealthReader.open(journal());
    assertEquals(HealthReader.State.ENDED, state(reader));
    assertEquals(report.journaled().events(), reader.value(Figure.EVENTS));
    assertEquals(report.journaled().sequence(), reader.value(Figure.SEQUENCE));
    assertEquals(report.journaled().time(), reader.value(Figure.EVENT_TIME));
    assertEquals(report.journaled().gaps(), reader.value(Figure.GAPS));
    assertEquals(report.missing(), reader.value(Figure.MISSING));
    assertEquals(report.duplicates(), reader.value(Figure.DUPLICATES));
    assertEquals(report.reordered(), reader.value(Figure.REORDERED));
    assertEquals(report.journaled().rejected(), reader.value(Figure.REJECTED));
    assertEquals(report.unknown(), reader.value(Figure.UNKNOWN));
    assertEquals(report.instruments(), reader.value(Figure.INSTRUMENTS));
    assertEquals(report.snapshots(), reader.value(Figure.SNAPSHOTS));
    assertEquals(report.snapshotsSkipped(), reader.value(Figure.SNAPSHOTS_PASSED_BY));
    assertEquals(report.journaled().events(), reader.value(Figure.JOURNAL_EVENTS));
    assertEquals(report.journalBytes(), reader.value(Figure.JOURNAL_BYTES));
    assertEquals(report.backPressure(), reader.value(Figure.BACK_PRESSURE));
    assertEquals(Figure.JOURNALING, reader.value(Figure.JOURNAL_STATE));
    assertEquals(0, reader.value(Figure.MAP_LAG));
    assertEquals(0, reader.value(Figure.JOURNAL_LAG));
    assertEquals(mode == ThreadingMode.PIPELINED ? 1024 : 0, reader.value(Figure.RING_CAPACITY));
    assertTrue(report.duplicates() > 0 && report.snapshots() > 0 && report.journalBytes() > 0);
    assertNotEquals(0, reader.value(Figure.QUALITY) & QualityFlags.GAP);
    assertEquals(0, reader.value(Figure.QUALITY) & QualityFlags.NOT_JOURNALED);
    assertEquals(List.of(), reader.errors());
  }

  @Test
  void shouldTellInTheSharedFolderWhereItKeepsNoJournal() throws Exception {
    final Path shared = folder.resolve("shared");
    try (Engine engine =
        Engine.launch(
            settings(ThreadingMode.PIPELINED),
            null,
            Outlets.share(shared, VIEW, 1 << 16, MapListener.NONE))) {
      engine.run(feed(), Pace.max());
      engine.finish();
      final HealthReader reader = HealthReader.open(shared);
      assertEquals(engine.map().events(), reader.value(Figure.EVENTS));
      assertEquals(Figure.NO_JOURNAL, reader.value(Figure.JOURNAL_STATE));
      assertNotEquals(0, reader.value(Figure.QUALITY) & QualityFlags.NOT_JOURNALED);
    }
  }

  @Test
  void shouldTellInTheJournalWhereThereIsOneBesideASharedFolder() throws Exception {
    final Path shared = folder.resolve("shared");
    try (Engine engine =
        Engine.launch(
            settings(ThreadingMode.INLINE),
            journal(),
            Outlets.share(shared, VIEW, 1 << 16, MapListener.NONE))) {
      engine.run(feed(), Pace.max());
    }
    assertTrue(Files.exists(journal().resolve(Health.FILE)));
    assertFalse(Files.exists(shared.resolve(Health.FILE)));
  }

  @Test
  void shouldBeatWhileNothingComes() throws Exception {
    try (Engine engine =
        Engine.launch(settings(ThreadingMode.PIPELINED), journal(), Outlets.NONE)) {
      final long first = HealthReader.open(journal()).value(Figure.HEARTBEAT);
      while (HealthReader.open(journal()).value(Figure.HEARTBEAT) == first) {
        Thread.sleep(10);
      }
      assertEquals(HealthReader.State.RUNNING, state(HealthReader.open(journal())));
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
    try (Engine engine = Engine.launch(settings(mode), journal(), Outlets.to(throwing))) {
      engine.run(feed(), Pace.max());
      failures = engine.map().listenerFailures();
    }
    final HealthReader reader = HealthReader.open(journal());
    assertTrue(failures > 1);
    assertEquals(failures, reader.value(Figure.LISTENER_FAILURES));
    assertEquals(
        failures, reader.errors().stream().mapToLong(HealthReader.DistinctError::count).sum());
    assertTrue(reader.errors().size() < failures);
    assertTrue(reader.errors().get(0).text().contains("planned"));
    assertEquals(HealthReader.State.ENDED, state(reader));
  }

  @ParameterizedTest
  @EnumSource(ThreadingMode.class)
  void shouldGoOnWhenItsViewCannotBePublished(final ThreadingMode mode) throws Exception {
    final ViewMemory view = ViewMemory.inProcess(VIEW);
    final Outlets outlets = new Outlets(MapListener.NONE, view, null);
    final long expected;
    try (Engine first = Engine.launch(settings(mode), null, outlets)) {
      first.run(feed(), Pace.max());
      expected = first.map().stateHash();
    }
    // Each region of the view has a writer now, and grants itself to no other.
    try (Engine second = Engine.launch(settings(mode), journal(), outlets)) {
      second.run(feed(), Pace.max());
      assertEquals(expected, second.map().stateHash());
      assertTrue(second.isJournaling());
    }
    final HealthReader reader = HealthReader.open(journal());
    assertTrue(reader.value(Figure.PUBLICATION_FAILURES) > 0);
    assertTrue(reader.errors().get(0).text().contains("has a writer already"));
    assertEquals(HealthReader.State.ENDED, state(reader));
  }

  @ParameterizedTest
  @EnumSource(ThreadingMode.class)
  void shouldSayThatItFailed(final ThreadingMode mode) throws Exception {
    final MapListener failing =
        new MapListener() {
          @Override
          public void onApplied(final FeedEvent event, final MapWriter map) {}

          @Override
          public void onLevelEvent(final LevelEvent event) {
            throw new LinkageError("planned");
          }
        };
    try (Engine engine = Engine.launch(settings(mode), journal(), Outlets.to(failing))) {
      assertThrows(EngineException.class, () -> engine.run(feed(), Pace.max()));
    }
    final HealthReader reader = HealthReader.open(journal());
    assertEquals(HealthReader.State.FAILED, state(reader));
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
    try (Engine engine = Engine.launch(settings(ThreadingMode.INLINE), journal(), Outlets.NONE)) {
      assertThrows(FeedFileException.class, () -> engine.run(broken, Pace.max()));
    }
    final HealthReader reader = HealthReader.open(journal());
    assertEquals(HealthReader.State.ENDED, state(reader));
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
    try (Engine engine = Engine.launch(settings(mode), journal(), Outlets.to(throwing))) {
      engine.run(new FeedPart(feed, 10), Pace.max());
      try (FileChannel counters =
          FileChannel.open(journal().resolve(Health.FILE), StandardOpenOption.WRITE)) {
        counters.truncate(0);
      }
      engine.run(feed, Pace.max());
      engine.finish();
      assertTrue(engine.isJournaling());
      // The last beat has made it whole again.
      final HealthReader reader = HealthReader.open(journal());
      assertEquals(engine.map().events(), reader.value(Figure.EVENTS));
      assertFalse(reader.errors().isEmpty());
    }
  }

  @Test
  void shouldTellAFlightRecordingOfWhatIsRare() throws Exception {
    final MapListener throwing =
        (event, map) -> {
          if (event.kind() == FeedEvent.GAP) {
            throw new IllegalArgumentException("planned");
          }
        };
    try (Recording recording = new Recording()) {
      recording.start();
      final Engine engine =
          Engine.launch(settings(ThreadingMode.PIPELINED), journal(), Outlets.to(throwing));
      engine.run(feed(), Pace.max());
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
