package io.liqmap.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.clusters.QualityFlags;
import io.liqmap.engine.core.state.StateReport;
import io.liqmap.engine.journal.Journal;
import io.liqmap.engine.journal.JournalException;
import io.liqmap.engine.journal.JournalReader;
import io.liqmap.engine.journal.JournalSettings;
import io.liqmap.engine.journal.JournalWriter;
import io.liqmap.engine.market.MapListener;
import io.liqmap.engine.replay.JournalCheck;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.settings.ThreadingMode;
import io.liqmap.engine.shared.counters.EngineCounter;
import io.liqmap.engine.shared.counters.EngineCountersReader;
import io.liqmap.engine.shared.events.EventStream;
import io.liqmap.engine.shared.events.EventStreamReader;
import io.liqmap.engine.shared.view.ViewMemory;
import io.liqmap.engine.shared.view.ViewReader;
import io.liqmap.engine.shared.view.ViewSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Consumers that throw, hang or never read: the others keep running, and it is reported. */
@Tag("slow")
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class FaultyConsumersTest {
  private static final long EVENTS = 20_000;
  private static final ViewSettings VIEW =
      new ViewSettings(EngineSettingsFixture.INSTRUMENTS, 512, 64, 32, 5);

  @TempDir private Path folder;

  @AfterEach
  void shouldLeaveNoThread() throws InterruptedException {
    for (int i = 0; i < 60_000 && !EngineThreads.alive().isEmpty(); i++) {
      Thread.sleep(1);
    }
    assertEquals(List.of(), EngineThreads.alive());
  }

  private static EngineSettings settings(final ThreadingMode mode) {
    return EngineSettingsFixture.of(mode, 64, 16);
  }

  private static long expectedHash() throws Exception {
    try (Engine engine = Engine.launch(settings(ThreadingMode.INLINE), null, Outputs.NONE)) {
      engine.run(new EndlessFeed(1, EVENTS), ReplayPace.max());
      return engine.map().stateHash();
    }
  }

  /** Where a journal fails. */
  private enum Where {
    APPEND(50),
    SYNC(20),
    SNAPSHOT(0),
    REPORT(0);

    /** How often it succeeds before. */
    private final int successes;

    Where(final int successes) {
      this.successes = successes;
    }
  }

  /** With what it fails. */
  private enum What {
    JOURNAL_EXCEPTION,
    RUNTIME_EXCEPTION,
    ERROR
  }

  /** A journal on a disk that throws at one place. */
  private static final class Throwing implements Journal {
    private final JournalWriter writer;
    private final Where where;
    private final What what;
    private final AtomicInteger closed = new AtomicInteger();
    private int passed;
    private int thrown;

    Throwing(final JournalWriter writer, final Where where, final What what) {
      this.writer = writer;
      this.where = where;
      this.what = what;
    }

    private void pass(final Where place) throws JournalException {
      if (place != where || passed++ < where.successes) {
        return;
      }
      thrown++;
      switch (what) {
        case JOURNAL_EXCEPTION -> throw new JournalException("planned");
        case RUNTIME_EXCEPTION -> throw new IllegalArgumentException("planned");
        case ERROR -> throw new LinkageError("planned");
      }
    }

    @Override
    public void append(
        final ByteBuffer frames, final int count, final long firstSequence, final long lastSequence)
        throws JournalException {
      pass(Where.APPEND);
      writer.append(frames, count, firstSequence, lastSequence);
    }

    @Override
    public void syncWhenDue() throws JournalException {
      pass(Where.SYNC);
      writer.syncWhenDue();
    }

    @Override
    public void appendSnapshot(
        final long afterEvents,
        final long sequence,
        final long time,
        final long hash,
        final DirectBuffer state,
        final int stateLength)
        throws JournalException {
      pass(Where.SNAPSHOT);
      writer.appendSnapshot(afterEvents, sequence, time, hash, state, stateLength);
    }

    @Override
    public void appendReport(final StateReport report) throws JournalException {
      pass(Where.REPORT);
      writer.appendReport(report);
    }

    @Override
    public JournalSettings settings() {
      return writer.settings();
    }

    @Override
    public long events() {
      return writer.events();
    }

    @Override
    public long documents() {
      return writer.documents();
    }

    @Override
    public long snapshots() {
      return writer.snapshots();
    }

    @Override
    public long bytesWritten() {
      return writer.bytesWritten();
    }

    @Override
    public void close() throws IOException {
      closed.incrementAndGet();
      writer.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "INLINE, APPEND, JOURNAL_EXCEPTION", "PIPELINED, APPEND, JOURNAL_EXCEPTION",
    "INLINE, SYNC, RUNTIME_EXCEPTION", "PIPELINED, SYNC, RUNTIME_EXCEPTION",
    "INLINE, SNAPSHOT, ERROR", "PIPELINED, SNAPSHOT, ERROR",
    "INLINE, REPORT, RUNTIME_EXCEPTION", "PIPELINED, REPORT, RUNTIME_EXCEPTION"
  })
  void shouldKeepRunningWithoutAJournalThatThrows(
      final ThreadingMode mode, final Where where, final What what) throws Exception {
    final EngineSettings settings = settings(mode);
    final ViewMemory view = ViewMemory.inProcess(VIEW);
    final Throwing journal =
        new Throwing(
            JournalWriter.create(folder.resolve("journal"), settings.journal(), settings.text()),
            where,
            what);
    final long acknowledged;
    try (Engine engine =
        Engine.launchOn(journal, settings, new Outputs(MapListener.NONE, view, null))) {
      engine.run(new EndlessFeed(1, EVENTS), ReplayPace.max());
      assertEquals(where == Where.REPORT, engine.isJournaling());
      engine.finish();

      assertFalse(engine.isJournaling());
      assertTrue(
          engine.journalFailure().getMessage().contains("planned"),
          engine.journalFailure().getMessage());
      assertEquals(expectedHash(), engine.map().stateHash());
      acknowledged = engine.acknowledgedEvents();
    }
    assertEquals(1, journal.thrown, "asked again");
    assertEquals(1, journal.closed.get());
    final ViewReader reader = new ViewReader(view, 0);
    assertTrue(reader.refresh());
    assertNotEquals(0, reader.quality() & QualityFlags.NOT_JOURNALED);
    requireHolds(acknowledged);
  }

  private void requireHolds(final long acknowledged) throws IOException {
    try (JournalReader reader = JournalReader.open(folder.resolve("journal"))) {
      final JournalCheck check = JournalCheck.of(reader);
      assertNull(check.damage());
      assertEquals(acknowledged, check.events());
      assertFalse(reader.isClosedCleanly());
    }
  }

  @ParameterizedTest
  @EnumSource(ThreadingMode.class)
  void shouldKeepRunningWhenItsStreamCannotBeWritten(final ThreadingMode mode) throws Exception {
    final EventStream closed = EventStream.create(folder.resolve("events"), 1 << 12);
    closed.close();
    final ViewMemory view = ViewMemory.inProcess(VIEW);
    final Path journal = folder.resolve("journal");
    try (Engine engine =
        Engine.launch(
            settings(mode), journal, new Outputs(MapListener.NONE, view, List.of(closed)))) {
      engine.run(new EndlessFeed(1, EVENTS), ReplayPace.max());

      assertTrue(engine.isJournaling());
      assertEquals(expectedHash(), engine.map().stateHash());
    }
    final EngineCountersReader counters = EngineCountersReader.open(journal);
    assertTrue(counters.value(EngineCounter.PUBLICATION_FAILURES) > 0);
    assertTrue(counters.errors().get(0).text().contains("the event stream was closed"));
    assertEquals(EngineCountersReader.State.ENDED, counters.state(System.currentTimeMillis()));
    final ViewReader reader = new ViewReader(view, 0);
    assertTrue(reader.refresh());
  }

  @ParameterizedTest
  @EnumSource(ThreadingMode.class)
  void shouldNotWaitForIdleReaders(final ThreadingMode mode) throws Exception {
    final Outputs outputs = Outputs.share(folder, VIEW, 1 << 12, MapListener.NONE);
    final ViewReader view = new ViewReader(ViewMemory.open(folder.resolve(Outputs.VIEW_FILE)), 0);
    try (EventStreamReader events = EventStreamReader.open(folder.resolve(Outputs.EVENTS_FILE))) {
      try (Engine engine = Engine.launch(settings(mode), null, outputs)) {
        engine.run(new EndlessFeed(1, EVENTS), ReplayPace.max());
        assertEquals(expectedHash(), engine.map().stateHash());
      }

      assertTrue(view.refresh());
      assertTrue(events.poll((buffer, offset, length) -> {}, Integer.MAX_VALUE) > 0);
      assertEquals(1, events.lapped());
      assertTrue(events.hasEnded());
    }
  }

  @Test
  void shouldEndTheJournalOfAMapThatHangsAsCutOff() throws Exception {
    // Longer than a busy machine may let a thread wait for a processor.
    final Pipeline.Timeouts impatient = new Pipeline.Timeouts(2_000_000_000L, 2_000_000_000L);
    final CountDownLatch wakes = new CountDownLatch(1);
    final MapListener hanging =
        (event, map) -> {
          if (map.events() == EVENTS / 2) {
            try {
              wakes.await();
            } catch (final InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        };
    final EngineSettings settings = settings(ThreadingMode.PIPELINED);
    final Engine engine =
        Engine.launchOn(
            JournalWriter.create(folder.resolve("journal"), settings.journal(), settings.text()),
            settings,
            Outputs.to(hanging),
            impatient);
    try {
      // Were it waited for at each look, this took longer than the test may.
      for (int run = 0; run < 60; run++) {
        assertThrows(
            EngineException.class, () -> engine.run(new EndlessFeed(1, EVENTS), ReplayPace.max()));
      }
      engine.finish();
      assertEquals(List.of("liqmap-map"), EngineThreads.alive());
      assertTrue(engine.acknowledgedEvents() >= EVENTS / 2);
      requireHolds(engine.acknowledgedEvents());
    } finally {
      wakes.countDown();
    }
  }
}
