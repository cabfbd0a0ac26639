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
 * Passes events to the journal until it fails or is abandoned; the map continues, and the failure
 * is kept for the answers and the exit code. One thread at a time; {@link #abandon} is called from
 * the feed's.
 */
final class JournalHandler {
  private final Journal journal;
  private final SnapshotSlot snapshots;
  private final EngineCounters counters;
  private final AtomicReference<JournalException> failure = new AtomicReference<>();

  /** The engine, and the journal's thread if there is one. */
  private final AtomicInteger users = new AtomicInteger(1);

  /**
   * Makes a handler.
   *
   * @param journal null if nothing is journaled
   */
  JournalHandler(
      final Journal journal, final SnapshotSlot snapshots, final EngineCounters counters) {
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
      // The slot may have been refilled while it was read, but only after abandon: with this fence
      // the next append sees the failure before it uses what was read.
      VarHandle.acquireFence();
    }
  }

  /** Flushes the appended events and the waiting snapshot. */
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
   * Rejects further appends; called from another thread than the blocked one, whose current call
   * may still finish.
   */
  void abandon(final long waitedNanos, final long waitingEvents) {
    fail(
        new JournalException(
            "the journal was abandoned: it took no event for "
                + waitedNanos / 1_000_000
                + " ms (journal.give-up-after) while "
                + waitingEvents
                + " were waiting; the "
                + journal.events()
                + " acknowledged before are whole. Check the disk, then start again: the run resumes the journal"));
    // The feed refills slots from here on; no thread may see that before the failure.
    VarHandle.releaseFence();
  }

  /** The journal's thread died outside its calls of the journal. */
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
      // Events acknowledged before the failure count.
      updateCounters();
      counters.journal().failed(cause);
    }
  }

  boolean isJournaling() {
    return journal != null && failure.get() == null;
  }

  long acknowledged() {
    return journal.events();
  }

  /** How long the journal may block the ring before it is abandoned, ns. */
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
        throw new JournalException("closing the journal failed: " + e, e);
      }
    }
  }

  /** {@link #release} at the end of the thread that appends. */
  void releaseAtEnd() {
    // A blocked journal may have acknowledged events after it was abandoned.
    updateCounters();
    try {
      release();
    } catch (final IOException | RuntimeException | Error e) {
      fail(new JournalException("closing the journal failed: " + e, e));
    }
  }
}
