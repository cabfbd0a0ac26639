package io.liqmap.engine.market;

import io.liqmap.engine.core.state.StateWriter;
import org.agrona.ExpandableDirectByteBuffer;

/**
 * What one shard has of a state, in pieces that go together with those of the others:
 *
 * <pre>
 *   shard 0 of 2   head │ map 0 │ map 2 │ levels 0 │ levels 2        state   head │ map 0 │ map 1 │ map 2 │ levels 0 │ levels 1 │ levels 2
 *   shard 1 of 2   head │ map 1 │ levels 1
 * </pre>
 *
 * One thread at a time; allocates only when the state has become larger than ever.
 */
public final class StatePart {
  private final StateWriter out = new StateWriter(new ExpandableDirectByteBuffer());
  private final int[] mapEnd;
  private final int[] levelsEnd;
  private int headEnd;
  private int taken;

  /** Makes an empty part. */
  public StatePart(final int maxInstruments) {
    mapEnd = new int[maxInstruments];
    levelsEnd = new int[maxInstruments];
  }

  /** Begins anew. */
  StateWriter begin() {
    out.reset();
    return out;
  }

  void endHead() {
    headEnd = out.position();
  }

  void endMap(final int instrument) {
    mapEnd[instrument] = out.position();
  }

  void endLevels(final int instrument) {
    levelsEnd[instrument] = out.position();
  }

  /** Writes the state that the parts of all shards make, from the start of the writer's buffer. */
  public static void join(final StatePart[] parts, final StateWriter to) {
    to.reset();
    to.putState(parts[0].out.buffer(), 0, parts[0].headEnd);
    for (final StatePart part : parts) {
      part.taken = part.headEnd;
    }
    final int instruments = parts[0].mapEnd.length;
    for (int id = 0; id < instruments; id++) {
      final StatePart owner = parts[id % parts.length];
      owner.giveUpTo(owner.mapEnd[id], to);
    }
    for (int id = 0; id < instruments; id++) {
      final StatePart owner = parts[id % parts.length];
      owner.giveUpTo(owner.levelsEnd[id], to);
    }
  }

  /** An instrument that wasn't defined has no end. */
  private void giveUpTo(final int end, final StateWriter to) {
    if (end > 0) {
      to.putState(out.buffer(), taken, end - taken);
      taken = end;
    }
  }
}
