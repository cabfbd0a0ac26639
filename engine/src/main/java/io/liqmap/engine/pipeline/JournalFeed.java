package io.liqmap.engine.pipeline;

import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.health.Health;
import io.liqmap.engine.journal.JournalException;
import io.liqmap.engine.journal.JournalWriter;

/**
 * Hands events to the journal for as long as it works. When it fails, the map goes on, and the
 * failure is kept for the answers and the exit code. One thread at a time.
 */
final class JournalFeed {
  private final JournalWriter journal;
  private final SnapshotSlot snapshots;
  private final Health health;
  private volatile JournalException failure;

  /**
   * Feeds a journal.
   *
   * @param journal null if nothing is journaled
   */
  JournalFeed(final JournalWriter journal, final SnapshotSlot snapshots, final Health health) {
    this.journal = journal;
    this.snapshots = snapshots;
    this.health = health;
  }

  void append(final FeedEvent event) {
    if (isJournaling()) {
      try {
        journal.append(event);
      } catch (final JournalException e) {
        fail(e);
      } catch (final RuntimeException | Error e) {
        fail(new JournalException("the journal failed: " + e, e));
      }
    }
  }

  /** Appends what was taken, and the snapshot that is waiting. */
  void flush() {
    if (isJournaling()) {
      try {
        journal.flush();
        snapshots.drain(journal);
        tell();
      } catch (final JournalException e) {
        fail(e);
      } catch (final RuntimeException | Error e) {
        fail(new JournalException("the journal failed: " + e, e));
      }
    }
  }

  /** Ends the journal with the report of the run. */
  void end(final MapWriter map) {
    flush();
    if (isJournaling()) {
      try {
        journal.appendReport(map.report());
        tell();
      } catch (final JournalException e) {
        fail(e);
      } catch (final RuntimeException | Error e) {
        fail(new JournalException("the journal failed: " + e, e));
      }
    }
  }

  private void tell() {
    health
        .journal()
        .appended(
            journal.events(), journal.documents(), journal.bytesWritten(), journal.snapshots());
  }

  private void fail(final JournalException cause) {
    failure = cause;
    health.journal().failed(cause);
  }

  boolean isJournaling() {
    return journal != null && failure == null;
  }

  JournalException failure() {
    return failure;
  }
}
