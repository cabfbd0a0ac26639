package io.liqmap.engine.pipeline;

import io.liqmap.engine.journal.JournalException;
import io.liqmap.engine.journal.JournalWriter;
import io.liqmap.engine.state.StateHash;
import io.liqmap.engine.state.StateWriter;
import org.agrona.ExpandableDirectByteBuffer;

/**
 * Carries one snapshot at a time from the map's thread to the journal's: the map's thread only
 * copies, hash and append happen elsewhere.
 *
 * <p>{@link #offer} belongs to the map's thread, {@link #drain} to the journal's.
 */
final class SnapshotSlot {
  /** Chronicle Queue maps its file in pieces, and a larger document could reach beyond one. */
  private static final int MAX_STATE = 8 << 20;

  private final long interval;
  private final StateWriter state = new StateWriter(new ExpandableDirectByteBuffer(1 << 16));
  private long events;
  private long sequence;
  private long time;
  private long due;
  private long skipped;
  private long tooLarge;
  private volatile boolean full;

  SnapshotSlot(final long intervalNanos) {
    interval = intervalNanos;
  }

  /**
   * Copies the state when event time has passed the next whole multiple of the interval; passes it
   * by if the last snapshot hasn't been taken yet.
   */
  void offer(final MapWriter map) {
    if (map.time() < due) {
      return;
    }
    final boolean first = due == 0;
    due = map.time() - map.time() % interval + interval;
    if (first) {
      return;
    }
    take(map);
  }

  /** Copies the state; passes it by if the last snapshot hasn't been taken yet. */
  void take(final MapWriter map) {
    if (full) {
      skipped++;
      return;
    }
    map.encode(state);
    if (state.position() > MAX_STATE) {
      tooLarge++;
      return;
    }
    events = map.events();
    sequence = map.sequence();
    time = map.time();
    full = true;
  }

  /** Whether a snapshot waits to be appended. */
  boolean isFull() {
    return full;
  }

  /** Appends the snapshot if there is one and all its events stand before it. */
  void drain(final JournalWriter journal) throws JournalException {
    if (full && journal.events() >= events) {
      final long hash = StateHash.of(state.buffer(), 0, state.position());
      journal.appendSnapshot(events, sequence, time, hash, state.buffer(), state.position());
      full = false;
    }
  }

  /** Snapshots passed by because the journal was behind. */
  long skipped() {
    return skipped;
  }

  /** Snapshots that no document can hold. */
  long tooLarge() {
    return tooLarge;
  }
}
