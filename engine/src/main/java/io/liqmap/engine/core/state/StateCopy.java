package io.liqmap.engine.core.state;

import java.util.Arrays;
import org.agrona.ExpandableDirectByteBuffer;

/**
 * A copy of a state, brought up to date for each snapshot: large pieces by what has changed, the
 * rest as bytes.
 *
 * <pre>
 *   bytes    ────────┬──────┬───────────────
 *                    ▲      ▲
 *   pieces           0      1
 * </pre>
 *
 * One thread at a time: one copies, another may encode afterwards. Allocates only when the state
 * has become larger than ever.
 */
public final class StateCopy implements StatePiece {
  private static final int FIRST_CAPACITY = 8;

  private final StateWriter out = new StateWriter(new ExpandableDirectByteBuffer(), this);
  private StatePiece[] pieces = new StatePiece[FIRST_CAPACITY];
  private int[] positions = new int[FIRST_CAPACITY];
  private int count;

  /**
   * Begins to bring the copy up to date.
   *
   * @return takes the state, whose large pieces have to come in the same order as before
   */
  public StateWriter begin() {
    out.reset();
    count = 0;
    return out;
  }

  void add(final LargePiece piece) {
    if (count == pieces.length) {
      pieces = Arrays.copyOf(pieces, 2 * count);
      positions = Arrays.copyOf(positions, 2 * count);
    }
    pieces[count] = piece.copied(pieces[count]);
    positions[count] = out.position();
    count++;
  }

  /** Writes the state as it was when it was copied. */
  @Override
  public void encode(final StateWriter to) {
    int written = 0;
    for (int i = 0; i < count; i++) {
      to.putState(out.buffer(), written, positions[i] - written);
      written = positions[i];
      pieces[i].encode(to);
    }
    to.putState(out.buffer(), written, out.position() - written);
  }
}
