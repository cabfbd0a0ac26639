package io.liqmap.engine.market;

import io.liqmap.engine.core.state.StateCopy;
import io.liqmap.engine.core.state.StateWriter;
import org.agrona.ExpandableDirectByteBuffer;

/**
 * One shard's part of a state, in pieces to be interleaved with those of the others:
 *
 * <pre>
 *   shard 0 of 2   head │ map 0 │ map 2 │ tracker 0 │ tracker 2      state   head │ map 0 │ map 1 │ map 2 │ tracker 0 │ tracker 1 │ tracker 2
 *   shard 1 of 2   head │ map 1 │ tracker 1
 * </pre>
 *
 * Maps are copied by what has changed since the last snapshot. One thread at a time; allocates only
 * when the state has become larger than ever.
 */
public final class StatePart {
  private final StateWriter out = new StateWriter(new ExpandableDirectByteBuffer());

  /** By instrument, null before it was defined. */
  private final StateCopy[] maps;

  private final int[] trackerEnd;
  private int headEnd;
  private int copied;

  /**
   * Makes an empty part.
   *
   * @param numbers of instruments, and of the groups behind them, are below this
   */
  public StatePart(final int numbers) {
    maps = new StateCopy[numbers];
    trackerEnd = new int[numbers];
  }

  StateWriter begin() {
    out.reset();
    return out;
  }

  void endHead() {
    headEnd = out.position();
  }

  StateWriter beginMap(final int instrument) {
    if (maps[instrument] == null) {
      maps[instrument] = new StateCopy();
    }
    return maps[instrument].begin();
  }

  /** Ends the tracker of an instrument or a group. */
  void endTracker(final int number) {
    trackerEnd[number] = out.position();
  }

  /** Assembles the parts of all shards, from the start of the writer's buffer. */
  public static void assemble(final StatePart[] parts, final StateWriter to) {
    to.reset();
    to.putState(parts[0].out.buffer(), 0, parts[0].headEnd);
    for (final StatePart part : parts) {
      part.copied = part.headEnd;
    }
    final int count = parts[0].maps.length;
    for (int id = 0; id < count; id++) {
      for (final StatePart part : parts) {
        if (part.maps[id] != null) {
          part.maps[id].encode(to);
        }
      }
    }
    for (int id = 0; id < count; id++) {
      for (final StatePart part : parts) {
        part.copyUpTo(part.trackerEnd[id], to);
      }
    }
  }

  /** On other shards than its own, and before it is defined, an instrument has no end. */
  private void copyUpTo(final int end, final StateWriter to) {
    if (end > 0) {
      to.putState(out.buffer(), copied, end - copied);
      copied = end;
    }
  }
}
