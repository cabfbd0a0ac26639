package io.liqmap.engine.shared.counters;

import org.agrona.concurrent.status.AtomicCounter;

/** Counters of the journal; updated once a batch of events, on the journal's thread. */
public final class JournalCounters {
  private final EngineCounters counters;
  private final AtomicCounter state;
  private final AtomicCounter events;
  private final AtomicCounter documents;
  private final AtomicCounter bytes;
  private final AtomicCounter snapshots;

  JournalCounters(final EngineCounters counters) {
    this.counters = counters;
    state = counters.counter(EngineCounter.JOURNAL_STATE, 0);
    events = counters.counter(EngineCounter.JOURNAL_EVENTS, 0);
    documents = counters.counter(EngineCounter.JOURNAL_DOCUMENTS, 0);
    bytes = counters.counter(EngineCounter.JOURNAL_BYTES, 0);
    snapshots = counters.counter(EngineCounter.SNAPSHOTS, 0);
  }

  /** The engine has a journal. */
  public void started() {
    state.setRelease(EngineCounter.JOURNALING);
  }

  /** Updates the totals. */
  public void appended(
      final long newEvents, final long newDocuments, final long newBytes, final long newSnapshots) {
    events.setRelease(newEvents);
    documents.setRelease(newDocuments);
    bytes.setRelease(newBytes);
    if (newSnapshots != snapshots.getPlain()) {
      snapshots.setRelease(newSnapshots);
      if (SnapshotTakenEvent.isRecorded()) {
        final SnapshotTakenEvent event = new SnapshotTakenEvent();
        event.snapshots = newSnapshots;
        event.journalEvents = newEvents;
        event.commit();
      }
    }
  }

  /** The journal failed and takes nothing more. */
  public void failed(final Exception cause) {
    state.setRelease(EngineCounter.JOURNAL_FAILED);
    counters.error(cause);
    if (JournalFailedEvent.isRecorded()) {
      final JournalFailedEvent event = new JournalFailedEvent();
      event.cause = cause.getMessage();
      event.commit();
    }
  }
}
