package io.liqmap.cluster;

import io.liqmap.engine.pipeline.EngineException;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.pipeline.Replica;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.tools.hashes.HashLog;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.agrona.DirectBuffer;

/** A shard's frames applied alone, with the hash of the state at given counts of events. */
final class ShardReplay implements AutoCloseable {
  private final Map<Long, HashLog.Line> hashes = new TreeMap<>();
  private final Replica replica;
  private final Piece piece = new Piece();
  private long frames;

  /**
   * Starts with no events.
   *
   * @param at counts of events at which to take a hash
   */
  ShardReplay(final EngineSettings settings, final Set<Long> at) throws IOException {
    replica =
        Replica.start(
            settings,
            null,
            Outputs.to(
                (event, state) -> {
                  if (at.contains(state.events())) {
                    hashes.put(
                        state.events(),
                        new HashLog.Line(state.events(), state.sequence(), state.stateHash()));
                  }
                }));
    piece.begin(0);
  }

  void add(
      final DirectBuffer block,
      final int offset,
      final int length,
      final long shift,
      final boolean isLast) {
    piece.add(block, offset, length, shift);
    frames++;
    if (isLast || piece.isFull()) {
      apply();
    }
  }

  private void apply() {
    if (piece.isEmpty()) {
      return;
    }
    try {
      replica.apply(piece.buffer(), piece.framesOffset(), piece.framesLength(), 0);
    } catch (final EngineException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
    piece.begin(frames);
  }

  /** Applies what is left, and ends as a session does. */
  void end() throws EngineException {
    apply();
    replica.flush();
  }

  /** By counts of events. */
  Map<Long, HashLog.Line> hashes() {
    return hashes;
  }

  long events() {
    return replica.state().events();
  }

  long stateHash() {
    return replica.state().stateHash();
  }

  @Override
  public void close() {
    replica.close();
  }
}
