package io.liqmap.engine.pipeline;

import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.journal.Journal;
import io.liqmap.engine.journal.JournalException;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.shared.counters.EngineCounters;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Hands events to the journal for as long as it works. When it fails or is abandoned, the map goes
 * on, and the failure is kept for the answers and the exit code. One thread at a time; {@link
 * #abandon} comes from the feed's.
 */
final class JournalHandler {
  private final Journal journal;
  private final SnapshotSlot snapshots;
  private final EngineCounters counters;
  private final AtomicReference<JournalException> failure = new AtomicReference<>();

  /** The engine, and the thread that appends if it isn't the engine's. */
  private final AtomicInteger users = new AtomicInteger(1);

  /**
   * Feeds a journal.
   *
   * @param journal null if nothing is journaled
   */
  JournalHandler(final Journal journal, final SnapshotSlot snapshots, final EngineCounters counters) {
    this.journal = journal;
    this.snapshots = snapshots;
    this.counters = counters;
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
      // The slot may have been filled anew while it was read, but only behind abandon: whoever
      // appends what was read looks at the failure first, and now can't have looked too early.
      VarHandle.acquireFence();
    }
  }

  /** Appends what was taken, and the snapshot that is waiting. */
  void flush() {
    if (isJournaling()) {
      try {
        journal.flush();
        snapshots.drain(journal);
        updateCounters();
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
        updateCounters();
      } catch (final JournalException e) {
        fail(e);
      } catch (final RuntimeException | Error e) {
        fail(new JournalException("the journal failed: " + e, e));
      }
    }
  }

  /**
   * Lets nothing more be appended, from another thread than the one that hangs. What it is at may
   * still be finished.
   */
  void abandon(final long waitedNanos, final long waitingEvents) {
    fail(
        new JournalException(
            "the journal was given up: it took no event for "
                + waitedNanos / 1_000_000
                + " ms (journal.give-up-after) while "
                + waitingEvents
                + " were waiting; the "
                + journal.events()
                + " acknowledged before are whole. Look at the disk, then start again: the journal is gone on with"));
    // Slots are filled anew from here on, and nothing of that may be seen ahead of the failure.
    VarHandle.releaseFence();
  }

  /** The thread that appends has died of something outside its calls of the journal. */
  void died(final Throwable cause) {
    fail(new JournalException("the journal's thread died: " + cause, cause));
  }

  private void updateCounters() {
    if (journal == null) {
      return;
    }
    counters
        .journal()
        .appended(
            journal.events(), journal.documents(), journal.bytesWritten(), journal.snapshots());
  }

  private void fail(final JournalException cause) {
    if (failure.compareAndSet(null, cause)) {
      // What was acknowledged up to here counts, whatever failed behind it.
      updateCounters();
      counters.journal().failed(cause);
    }
  }

  boolean isJournaling() {
    return journal != null && failure.get() == null;
  }

  /** How many events the journal has acknowledged. */
  long acknowledged() {
    return journal.events();
  }

  /** How long the journal may hold up the ring without taking an event, ns. */
  long abandonNanos() {
    return journal.settings().abandonNanos();
  }

  JournalException failure() {
    return failure.get();
  }

  /** A thread other than the engine's will append. */
  void retain() {
    users.incrementAndGet();
  }

  /** Closes the journal exactly once, by its last user, never while a thread is blocked in it. */
  void release() throws IOException {
    if (users.decrementAndGet() == 0 && journal != null) {
      try {
        journal.close();
      } catch (final InternalError e) {
        throw new JournalException("the journal can't be closed: " + e, e);
      }
    }
  }

  /** {@link #release} at the end of the thread that appends. */
  void releaseAtEnd() {
    // One that hung and was abandoned may have acknowledged something since.
    updateCounters();
    try {
      release();
    } catch (final IOException | RuntimeException | Error e) {
      fail(new JournalException("the journal can't be closed: " + e, e));
    }
  }
}
