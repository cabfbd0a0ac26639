package io.liqmap.engine.core.clusters;

import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import java.util.Arrays;
import java.util.List;

/**
 * What price did after it had cleared a cluster: by side, and by how much later.
 *
 * <p>The move is that of mark from where it was when the cluster was cleared to the first price at
 * or after the horizon, in basis points; above 0 it continued in the direction of the sweep. Where
 * prices are made from bars, their order inside a bar is assumed: what followed within less than a
 * bar is unknown and isn't counted. One thread; allocates nothing after construction.
 */
public final class Reactions {
  /** Most clusters whose horizons are still to come; for one more, the oldest is dropped. */
  public static final int MAX_PENDING = 256;

  private static final double BPS = 10_000;

  private final long[] horizons;
  private final double deadBandBps;

  private final long[] clearedAt = new long[MAX_PENDING];
  private final long[] clearedPrice = new long[MAX_PENDING];
  private final boolean[] isLong = new boolean[MAX_PENDING];

  /** Numbers of the clusters that wait: of the oldest, and of the next that will come. */
  private long head;

  private long tail;

  /** For each horizon, number of the first cluster that hasn't reached it. */
  private final long[] next;

  private long due = Long.MAX_VALUE;

  /** By side, then horizon. */
  private final long[] continuations;

  private final long[] reversals;
  private final long[] flats;
  private final double[] moves;
  private long dropped;
  private long barNanos;

  Reactions(final List<Long> horizonsNanos, final double deadBandBps) {
    this.deadBandBps = deadBandBps;
    horizons = horizonsNanos.stream().mapToLong(Long::longValue).toArray();
    next = new long[horizons.length];
    continuations = new long[2 * horizons.length];
    reversals = new long[2 * horizons.length];
    flats = new long[2 * horizons.length];
    moves = new double[2 * horizons.length];
  }

  /** Sets the length of the bars that prices are made from, ns; 0 for ticks. */
  void onBars(final long lengthNanos) {
    barNanos = lengthNanos;
    for (int horizon = 0; horizon < horizons.length; horizon++) {
      if (!isKnown(horizon)) {
        forget(horizon);
        forget(horizons.length + horizon);
      }
    }
  }

  private void forget(final int place) {
    continuations[place] = 0;
    reversals[place] = 0;
    flats[place] = 0;
    moves[place] = 0;
  }

  void onCleared(final long time, final long price, final Side side) {
    if (tail - head == MAX_PENDING) {
      head++;
      dropped++;
      for (int horizon = 0; horizon < next.length; horizon++) {
        next[horizon] = Math.max(next[horizon], head);
      }
    }
    final int slot = slot(tail);
    clearedAt[slot] = time;
    clearedPrice[slot] = price;
    isLong[slot] = side == Side.LONG;
    tail++;
    schedule();
  }

  /** Applies the next price; times never go back. */
  void onPrice(final long time, final long price) {
    if (time < due) {
      return;
    }
    for (int horizon = 0; horizon < next.length; horizon++) {
      while (next[horizon] < tail && time >= dueAt(horizon)) {
        if (isKnown(horizon)) {
          record(slot(next[horizon]), horizon, price);
        }
        next[horizon]++;
      }
    }
    head = next[next.length - 1];
    schedule();
  }

  private void record(final int slot, final int horizon, final long price) {
    final double change = ((double) price / clearedPrice[slot] - 1) * BPS;
    final double move = isLong[slot] ? -change : change;
    final int place = (isLong[slot] ? 0 : horizons.length) + horizon;
    moves[place] += move;
    if (move > deadBandBps) {
      continuations[place]++;
    } else if (move < -deadBandBps) {
      reversals[place]++;
    } else {
      flats[place]++;
    }
  }

  private long dueAt(final int horizon) {
    return clearedAt[slot(next[horizon])] + horizons[horizon];
  }

  private void schedule() {
    due = Long.MAX_VALUE;
    for (int horizon = 0; horizon < next.length; horizon++) {
      if (next[horizon] < tail) {
        due = Math.min(due, dueAt(horizon));
      }
    }
  }

  private static int slot(final long number) {
    return (int) (number & (MAX_PENDING - 1));
  }

  private int place(final Side side, final int horizon) {
    return (side == Side.LONG ? 0 : horizons.length) + horizon;
  }

  public int horizons() {
    return horizons.length;
  }

  /** Whether what follows within a horizon is known: it is no shorter than a bar of prices. */
  public boolean isKnown(final int horizon) {
    return horizons[horizon] >= barNanos;
  }

  /** A horizon, ns; they rise with their number. */
  public long horizonNanos(final int horizon) {
    return horizons[horizon];
  }

  /** Clusters of a side that have reached a horizon. */
  public long count(final Side side, final int horizon) {
    return continuations(side, horizon) + reversals(side, horizon) + flat(side, horizon);
  }

  /** After how many of them price had continued by more than the dead band. */
  public long continuations(final Side side, final int horizon) {
    return continuations[place(side, horizon)];
  }

  /** After how many of them price had reversed by more than the dead band. */
  public long reversals(final Side side, final int horizon) {
    return reversals[place(side, horizon)];
  }

  /** After how many of them price was within the dead band. */
  public long flat(final Side side, final int horizon) {
    return flats[place(side, horizon)];
  }

  /** Mean of the moves, basis points, above 0 for continuations; NaN before the first. */
  public double meanBps(final Side side, final int horizon) {
    return moves[place(side, horizon)] / count(side, horizon);
  }

  /** Clusters whose last horizon is still to come. */
  public int pending() {
    return (int) (tail - head);
  }

  /** Clusters that were dropped before their last horizon. */
  public long dropped() {
    return dropped;
  }

  void encode(final StateWriter out) {
    out.putLong(dropped);
    for (int place = 0; place < moves.length; place++) {
      out.putLong(continuations[place]);
      out.putLong(reversals[place]);
      out.putLong(flats[place]);
      out.putDouble(moves[place]);
    }
    out.putLong(tail - head);
    for (long number = head; number < tail; number++) {
      out.putLong(clearedAt[slot(number)]);
      out.putLong(clearedPrice[slot(number)]);
      out.putLong(isLong[slot(number)] ? 1 : 0);
    }
    for (final long number : next) {
      out.putLong(number - head);
    }
  }

  void decode(final StateReader in, final long time) {
    dropped = in.getLong(0, Long.MAX_VALUE);
    for (int place = 0; place < moves.length; place++) {
      continuations[place] = in.getLong(0, Long.MAX_VALUE);
      reversals[place] = in.getLong(0, Long.MAX_VALUE);
      flats[place] = in.getLong(0, Long.MAX_VALUE);
      moves[place] = in.getDouble(-Double.MAX_VALUE, Double.MAX_VALUE);
    }
    head = 0;
    tail = in.getInt(0, MAX_PENDING);
    Arrays.fill(clearedAt, 0);
    long before = 0;
    for (long number = 0; number < tail; number++) {
      before = in.getLong(before, time);
      clearedAt[slot(number)] = before;
      clearedPrice[slot(number)] = in.getLong(1, Long.MAX_VALUE);
      isLong[slot(number)] = in.getInt(0, 1) == 1;
    }
    // The longer a horizon, the fewer have reached it; the last one's are the ones that are left.
    long most = tail;
    for (int horizon = 0; horizon < next.length; horizon++) {
      most = in.getLong(0, horizon == next.length - 1 ? 0 : most);
      next[horizon] = most;
    }
    schedule();
  }
}
