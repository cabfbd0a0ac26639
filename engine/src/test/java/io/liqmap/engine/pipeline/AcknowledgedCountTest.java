package io.liqmap.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.liqmap.engine.core.map.TestSettings;
import io.liqmap.engine.core.state.StateReport;
import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.journal.Journal;
import io.liqmap.engine.journal.JournalException;
import io.liqmap.engine.journal.JournalSettings;
import io.liqmap.engine.shared.counters.EngineCounter;
import io.liqmap.engine.shared.counters.EngineCounters;
import io.liqmap.engine.shared.counters.EngineCountersReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged before a journal failed is counted, whatever failed behind it. */
final class AcknowledgedCountTest {
  private static final int WHOLE = 7;

  @TempDir private Path folder;

  /** Acknowledges each event at once, and none after the first seven. */
  private static final class Failing implements Journal {
    private long events;

    @Override
    public void append(
        final ByteBuffer frames, final int count, final long firstSequence, final long lastSequence)
        throws JournalException {
      if (events == WHOLE) {
        throw new JournalException("planned");
      }
      events += count;
    }

    @Override
    public void syncWhenDue() {}

    @Override
    public void appendSnapshot(
        final long afterEvents,
        final long sequence,
        final long time,
        final long hash,
        final DirectBuffer state,
        final int stateLength) {}

    @Override
    public void appendReport(final StateReport report) {}

    @Override
    public JournalSettings settings() {
      return new JournalSettings(4096, 1 << 24);
    }

    @Override
    public long events() {
      return events;
    }

    @Override
    public long documents() {
      return events;
    }

    @Override
    public long snapshots() {
      return 0;
    }

    @Override
    public long bytesWritten() {
      return 100 * events;
    }

    @Override
    public void close() {}
  }

  @Test
  void shouldCountWhatWasAcknowledgedBeforeOneAppendFailed() throws IOException {
    assertEquals(WHOLE, counted(2 * WHOLE, false));
  }

  @Test
  void shouldCountWhatWasAcknowledgedWhenTheJournalIsGivenUp() throws IOException {
    assertEquals(WHOLE - 2, counted(WHOLE - 2, true));
  }

  /** One that hangs may acknowledge what it is at when it was given up already. */
  @Test
  void shouldCountWhatWasAcknowledgedAfterItWasGivenUp() throws IOException {
    final Failing journal = new Failing();
    final EngineCounters counters =
        EngineCounters.create(folder.resolve(EngineCounters.FILE), 1, 4);
    final JournalHandler feed = new JournalHandler(journal, new SnapshotSlot(1, 1, 1), counters, 1);
    feed.retain();
    feed.abandon(1, 1);
    journal.events = 3;
    feed.releaseAtEnd();
    counters.end(false);
    assertEquals(3, EngineCountersReader.open(folder).value(EngineCounter.JOURNAL_EVENTS));
  }

  private long counted(final int events, final boolean isGivenUp) throws IOException {
    final EngineCounters counters =
        EngineCounters.create(folder.resolve(EngineCounters.FILE), 1, 4);
    final JournalHandler feed =
        new JournalHandler(new Failing(), new SnapshotSlot(1, 1, 1), counters, 1);
    final FeedAdapter adapter = new FeedAdapter(1);
    final FeedEvent event = new FeedEvent();
    for (int i = 0; i < events; i++) {
      event.heartbeat(1 + i, TestSettings.START, TestSettings.START);
      feed.take(adapter, event);
      feed.appendTaken();
    }
    if (isGivenUp) {
      feed.abandon(1, 1);
    }
    assertFalse(feed.isJournaling());
    counters.end(false);
    final EngineCountersReader reader = EngineCountersReader.open(folder);
    assertEquals(EngineCounter.JOURNAL_FAILED, reader.value(EngineCounter.JOURNAL_STATE));
    return reader.value(EngineCounter.JOURNAL_EVENTS);
  }
}
