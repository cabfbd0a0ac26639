package io.liqmap.engine.shared.counters;

import org.agrona.concurrent.status.AtomicCounter;

/** Figures of the journal, on the thread that writes it; told once a batch of events. */
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

  /** There is a journal. */
  public void started() {
    state.setRelease(EngineCounter.JOURNALING);
  }

  /** What has been appended so far. */
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

  /** It has failed, and takes nothing more. */
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
