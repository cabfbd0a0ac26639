package io.liqmap.engine.shared.counters;

import org.agrona.concurrent.status.AtomicCounter;

/** Figures of the journal, on the thread that writes it; told once a batch of events. */
public final class JournalHealth {
  private final Health health;
  private final AtomicCounter state;
  private final AtomicCounter events;
  private final AtomicCounter documents;
  private final AtomicCounter bytes;
  private final AtomicCounter snapshots;

  JournalHealth(final Health health) {
    this.health = health;
    state = health.counter(Figure.JOURNAL_STATE, 0);
    events = health.counter(Figure.JOURNAL_EVENTS, 0);
    documents = health.counter(Figure.JOURNAL_DOCUMENTS, 0);
    bytes = health.counter(Figure.JOURNAL_BYTES, 0);
    snapshots = health.counter(Figure.SNAPSHOTS, 0);
  }

  /** There is a journal. */
  public void begun() {
    state.setRelease(Figure.JOURNALING);
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
    state.setRelease(Figure.JOURNAL_FAILED);
    health.error(cause);
    if (JournalFailedEvent.isRecorded()) {
      final JournalFailedEvent event = new JournalFailedEvent();
      event.cause = cause.getMessage();
      event.commit();
    }
  }
}
