package io.liqmap.engine.pipeline;

import io.liqmap.engine.core.state.StateHash;
import io.liqmap.engine.core.state.StateWriter;
import io.liqmap.engine.journal.Journal;
import io.liqmap.engine.journal.JournalException;
import io.liqmap.engine.journal.JournalWriter;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.market.StatePart;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.ExpandableDirectByteBuffer;

/**
 * Carries one snapshot at a time from the map threads to the journal's: a map thread only copies
 * its part, hash and append happen elsewhere.
 *
 * <p>When a snapshot is due follows from event time, so all shards come to the same <em>cuts</em>,
 * each at its own moment and without waiting for the others. Whether a cut becomes a snapshot is
 * decided once, by the shard that comes to it first:
 *
 * <pre>
 *   cut          1        2            3        4
 *   decided      taken    skipped      taken    …
 *   shard 0      copies   ·            copies
 *   shard 1               copies                                    still behind cut 1 when 2 was skipped
 *                                └ all parts there: the journal appends, and frees the slot
 * </pre>
 *
 * The slot is free again only when every shard has been there, so no later cut is taken while one
 * is incomplete, and the latest that was taken is all that a late shard has to know.
 *
 * <p>{@link #offer} belongs to the map threads, each with its own shard; {@link #drain} to the
 * journal's.
 */
final class SnapshotSlot {
  private final long interval;
  private final Cuts[] cuts;
  private final StatePart[] parts;
  private final StateWriter state = new StateWriter(new ExpandableDirectByteBuffer());

  /** Number of the latest cut that was decided, and of the latest that was taken. */
  private final AtomicLong decision = new AtomicLong();

  private final AtomicInteger present = new AtomicInteger();
  private final AtomicLong skipped = new AtomicLong();
  private final AtomicLong tooLarge = new AtomicLong();
  private volatile int freed;
  private long events;
  private long sequence;
  private long time;

  /** Of instruments and groups with numbers below {@code numbers}. */
  SnapshotSlot(final long intervalNanos, final int shards, final int numbers) {
    interval = intervalNanos;
    cuts = new Cuts[shards];
    parts = new StatePart[shards];
    for (int shard = 0; shard < shards; shard++) {
      cuts[shard] = new Cuts();
      parts[shard] = new StatePart(numbers);
    }
  }

  private static final class Cuts {
    private long due;
    private int count;
  }

  /**
   * Copies the shard's part of the state when event time has passed the next whole multiple of the
   * interval; skips it if the last snapshot hadn't been drained when the first shard came.
   */
  void offer(final int shard, final MapWriter map) {
    final Cuts own = cuts[shard];
    if (map.time() < own.due) {
      return;
    }
    final boolean first = own.due == 0;
    own.due = map.time() - map.time() % interval + interval;
    if (first) {
      return;
    }
    take(shard, map);
  }

  /**
   * Copies the shard's part of the state; skips it if the last snapshot hadn't been drained when
   * the first shard came. All shards do so at the same event.
   */
  void take(final int shard, final MapWriter map) {
    final Cuts own = cuts[shard];
    own.count++;
    if (isTaken(own.count)) {
      map.copyTo(parts[shard]);
      if (shard == 0) {
        events = map.events();
        sequence = map.sequence();
        time = map.time();
      }
      present.incrementAndGet();
    }
  }

  /** The same for every shard that asks. */
  private boolean isTaken(final int cut) {
    long now = decision.get();
    while (cut > decided(now)) {
      final boolean isFree = freed == taken(now);
      if (decision.compareAndSet(now, decision(cut, isFree ? cut : taken(now)))) {
        skipped.addAndGet(isFree ? 0 : 1);
        return isFree;
      }
      now = decision.get();
    }
    return cut == taken(now);
  }

  private static long decision(final int decided, final int taken) {
    return (long) decided << Integer.SIZE | taken;
  }

  private static int decided(final long decision) {
    return (int) (decision >>> Integer.SIZE);
  }

  private static int taken(final long decision) {
    return (int) decision;
  }

  /** Whether a snapshot waits to be appended, all its parts there. */
  boolean isFull() {
    return present.get() == parts.length;
  }

  /** Appends the snapshot if there is one and the journal holds all its events. */
  void drain(final Journal journal) throws JournalException {
    if (isFull() && journal.events() >= events) {
      StatePart.assemble(parts, state);
      if (state.position() > JournalWriter.MAX_STATE) {
        tooLarge.incrementAndGet();
      } else {
        final long hash = StateHash.of(state.buffer(), 0, state.position());
        journal.appendSnapshot(events, sequence, time, hash, state.buffer(), state.position());
      }
      present.set(0);
      freed = taken(decision.get());
    }
  }

  /** Snapshots skipped because the journal was behind. */
  long skipped() {
    return skipped.get();
  }

  /** Snapshots too large for the journal. */
  long tooLarge() {
    return tooLarge.get();
  }
}
