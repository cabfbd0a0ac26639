package io.liqmap.engine.pipeline;

import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.JumpLimits;
import io.liqmap.engine.market.MapState;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.shared.counters.EngineCounters;
import java.io.IOException;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;

/**
 * The market of a log that its caller keeps, as a replicated cluster or a batch job does: blocks of
 * frames go in, the state can be taken out and restored between two of them.
 *
 * <pre>
 *   caller:  blocks ──▶ adapter ──▶ map writer ──▶ view, events, listener
 *                           └── snapshot ──┘
 * </pre>
 *
 * State and events are those of an {@link Engine} that gets the same frames, however they are cut
 * into blocks and wherever a snapshot was restored. The settings of threads, shards and journal
 * don't apply. One thread; a block allocates nothing in steady state.
 */
public final class Replica implements AutoCloseable {
  private final FeedAdapter adapter;
  private final MapWriter map;
  private final Outputs outputs;
  private final EngineCounters counters;
  private final Publisher publisher;
  private final FeedEvent slot = new FeedEvent();
  private Consumer<FeedEvent> beforeEach = (event) -> {};
  private boolean hasFailed;

  private Replica(
      final EngineSettings settings,
      final StateReader snapshot,
      final Outputs outputs,
      final EngineCounters counters) {
    final int room = settings.maxInstruments();
    adapter = new FeedAdapter(room, JumpLimits.STANDARD);
    map = new MapWriter(settings.map(), settings.levels(), room);
    if (snapshot != null) {
      restore(snapshot);
    }
    this.outputs = outputs;
    this.counters = counters;
    final int numbers = room + settings.map().groups().size();
    final SnapshotSlot none = new SnapshotSlot(settings.snapshotIntervalNanos(), 1, numbers);
    publisher = new Publisher(outputs, 0, map, (events) -> true, none, counters, room);
    counters.start("REPLICA", true);
  }

  private void restore(final StateReader snapshot) {
    final int length = snapshot.remaining() - FeedAdapter.UNREPORTED_BYTES;
    if (length < 0) {
      throw new IllegalStateException("the snapshot ends too early");
    }
    map.decode(new StateReader(snapshot.buffer(), snapshot.position(), length), adapter);
    snapshot.skip(length);
    adapter.decodeUnreported(snapshot);
  }

  /**
   * Starts at the beginning of a log, or after a snapshot.
   *
   * @param snapshot what {@link #snapshot} wrote with the same settings; null for the beginning
   * @param outputs closed with the replica, and when starting fails
   * @throws IOException if making the file of counters fails
   * @throws IllegalStateException if the bytes are no such snapshot
   * @throws IllegalArgumentException if the view is too small, or of another resolution
   */
  public static Replica start(
      final EngineSettings settings, final StateReader snapshot, final Outputs outputs)
      throws IOException {
    EngineCounters counters = null;
    try {
      outputs.requireFits(settings, 1);
      counters = EngineCounters.in(outputs.folder(), 1, settings.maxInstruments());
      if (outputs.view() != null) {
        counters.onHeartbeat(outputs.view()::recordHeartbeat);
      }
      return new Replica(settings, snapshot, outputs, counters);
    } catch (final IOException | RuntimeException | Error e) {
      if (counters != null) {
        counters.end(true);
      }
      outputs.close();
      throw e;
    }
  }

  /**
   * Applies the frames of a block and publishes what they changed.
   *
   * @param skipped frames at its start that were applied before
   * @throws EngineException if the map failed; the replica can't continue
   */
  public void apply(
      final DirectBuffer block, final int offset, final int length, final long skipped)
      throws EngineException {
    adapter.wrap(block, offset, length);
    adapter.skip(skipped);
    try {
      while (adapter.next(slot)) {
        beforeEach.accept(slot);
        map.onEvent(slot);
      }
      publisher.publish();
    } catch (final RuntimeException | Error e) {
      throw failed(e);
    }
  }

  /**
   * Shows each event before it is applied, as who samples the state at given times needs.
   *
   * @param seer must not keep the event; what it throws is a failure of the map
   */
  public void beforeEach(final Consumer<FeedEvent> seer) {
    beforeEach = seer;
  }

  /**
   * Reports messages that were dropped since the last event, as at the end of a feed, and publishes
   * everything. An event of its own: the state is that of an {@link Engine#run} that has ended.
   *
   * @throws EngineException if the map failed; the replica can't continue
   */
  public void flush() throws EngineException {
    try {
      if (adapter.flush(slot)) {
        map.onEvent(slot);
      }
      publisher.publishWhole();
    } catch (final RuntimeException | Error e) {
      throw failed(e);
    }
  }

  /** Publishes what has become due while no block came; to be called some 100 times a second. */
  public void catchUp() {
    publisher.catchUp();
  }

  private EngineException failed(final Throwable cause) {
    hasFailed = true;
    counters.failed(cause);
    return new EngineException(
        "the map failed behind sequence " + map.sequence() + ": " + cause.getMessage(), cause);
  }

  /**
   * Accepts any later time of the next message, and returns the sequence that it follows: where a
   * live feed begins to number its messages, or another feed continues this one.
   */
  public long admitLaterStart() {
    adapter.admitLaterStart();
    return adapter.lastSequence();
  }

  /** Sequence of the last message, 0 before the first. */
  public long lastSequence() {
    return adapter.lastSequence();
  }

  /** The state after the last block. */
  public MapState state() {
    return map;
  }

  /** Writes all that {@link #start} needs, from the start of the writer's buffer. */
  public void snapshot(final StateWriter out) {
    map.encode(out);
    adapter.encodeUnreported(out);
  }

  /** Ends view, events and counters; the state stays readable. */
  @Override
  public void close() {
    counters.end(hasFailed);
    outputs.close();
  }
}
