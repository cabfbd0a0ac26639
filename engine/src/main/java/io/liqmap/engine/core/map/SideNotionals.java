package io.liqmap.engine.core.map;

import java.util.Arrays;

/**
 * One side of a {@link SummedDensity}: notionals by bucket, in whole blocks of 64 that begin at
 * multiples of 64. On the thread that owns the map; allocates only when it has become wider.
 */
public abstract sealed class SideNotionals permits BlendedSide, GroupSide {
  /** Buckets by which it may grow before numbers are laid out again. */
  private static final int SLACK = 256;

  private double[] notionals = new double[0];
  private int origin;
  private int first = 1;
  private int last;

  SideNotionals() {
    // Empty before the first projection.
  }

  /** Lowest bucket that holds anything; above {@link #last} where none does. */
  public final int first() {
    return first;
  }

  /** Highest bucket that holds anything. */
  public final int last() {
    return last;
  }

  /** Bucket of the first number. */
  public final int origin() {
    return origin;
  }

  /**
   * From the origin on: whole blocks of 64, 0 below {@link #first} and above {@link #last}; read
   * only.
   */
  public final double[] notionals() {
    return notionals;
  }

  /** Notional in a bucket. */
  public final double notional(final int bucket) {
    return bucket < first || bucket > last ? 0 : notionals[bucket - origin];
  }

  /** Empties it, and makes room for buckets; none where the lowest is above the highest. */
  final void begin(final int low, final int high) {
    if (low <= high && (low < origin || high >= origin + notionals.length)) {
      origin = low - SLACK & -Long.SIZE;
      final int count = high + SLACK + Long.SIZE - origin & -Long.SIZE;
      if (count > notionals.length) {
        notionals = new double[count];
      }
    }
    Arrays.fill(notionals, 0);
    first = low <= high ? low : 1;
    last = low <= high ? high : 0;
  }

  /** Finds the buckets that hold anything. */
  final void end() {
    while (first <= last && notionals[first - origin] == 0) {
      first++;
    }
    while (last >= first && notionals[last - origin] == 0) {
      last--;
    }
  }
}
