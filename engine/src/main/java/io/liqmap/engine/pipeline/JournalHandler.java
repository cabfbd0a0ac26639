package io.liqmap.engine.pipeline;

import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.journal.Journal;
import io.liqmap.engine.journal.JournalException;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.shared.counters.EngineCounters;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Passes events to the journal until it fails or is abandoned; the map continues, and the failure
 * is kept for the answers and the exit code.
 *
 * <p>The feed's thread takes events, hands them over and abandons the journal; the journal's, which
 * may be the same, appends and flushes.
 */
final class JournalHandler {
  private final Journal journal;
  private final SnapshotSlot snapshots;
  private final EngineCounters counters;
  private final FrameBlocks blocks;
  private final AtomicReference<JournalException> failure = new AtomicReference<>();

  /** The engine, and the journal's thread if there is one. */
  private final AtomicInteger users = new AtomicInteger(1);

  /**
   * Makes a handler.
   *
   * @param journal null if nothing is journaled
   * @param slots how many events the feed may be ahead of the journal, a power of two
   */
  JournalHandler(
      final Journal journal,
      final SnapshotSlot snapshots,
      final EngineCounters counters,
      final int slots) {
    this.journal = journal;
    this.snapshots = snapshots;
    this.counters = counters;
    blocks = journal == null ? null : new FrameBlocks(journal.settings().blockBytes(), slots);
  }

  /** Feed: whether there is room for an event before what was taken is handed over. */
  boolean hasRoom() {
    return !isJournaling() || blocks.hasRoom();
  }

  /**
   * Feed: makes room for the next event, all before handed over; false if the journal is behind.
   */
  boolean makeRoom() {
    return hasRoom() || blocks.nextBlock();
  }

  /**
   * Feed: takes the event that the adapter has just filled; there is room for it. It is handed over
   * before the adapter goes to another block.
   */
  void take(final FeedAdapter adapter, final FeedEvent event) {
    if (isJournaling()) {
      blocks.add(adapter, event);
    }
  }

  /** Feed: hands over what was taken, with the slot of its last event. */
  void handOver(final long slot) {
    // A journal that was abandoned may still read the cuts.
    if (isJournaling()) {
      blocks.cut(slot);
    }
  }

  /**
   * Journal: appends the next document of events up to a slot.
   *
   * @return false if there are no more
   */
  boolean append(final long slot) {
    if (isJournaling()) {
      try {
        return blocks.append(journal, slot);
      } catch (final JournalException e) {
        fail(e);
      } catch (final RuntimeException | Error e) {
        fail(new JournalException("the journal failed: " + e, e));
      }
    }
    return false;
  }

  /** Journal: slot of the last event appended. */
  long lastSlot() {
    return blocks.lastSlot();
  }

  /** Journal: appends the waiting snapshot, and forces what is due. */
  void flush() {
    if (isJournaling()) {
      try {
        journal.syncWhenDue();
        snapshots.drain(journal);
        updateCounters();
      } catch (final JournalException e) {
        fail(e);
      } catch (final RuntimeException | Error e) {
        fail(new JournalException("the journal failed: " + e, e));
      }
    }
  }

  /** Appends all that was taken, on a thread that is both feed's and journal's. */
  void appendTaken() {
    handOver(0);
    appendRest();
    if (isJournaling()) {
      blocks.nextBlock();
    }
  }

  /** Appends all that was handed over, while no other thread does. */
  void appendRest() {
    while (append(Long.MAX_VALUE)) {
      // One document after another.
    }
    flush();
  }

  /** Ends the journal with the report of the run. */
  void end(final MapWriter map) {
    appendRest();
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
