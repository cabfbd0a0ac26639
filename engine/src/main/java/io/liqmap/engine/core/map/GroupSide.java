package io.liqmap.engine.core.map;

import java.util.Arrays;

/**
 * One side of a {@link GroupDensity}: notionals by bucket of the group, in whole blocks of 64 that
 * begin at multiples of 64.
 */
public final class GroupSide implements SideNotionals {
  /** Buckets by which it may grow before numbers are laid out again. */
  private static final int SLACK = 256;

  private double[] notionals = new double[0];
  private int origin;
  private int first = 1;
  private int last;

  GroupSide() {
    // Empty before the first projection.
  }

  @Override
  public int first() {
    return first;
  }

  @Override
  public int last() {
    return last;
  }

  @Override
  public int origin() {
    return origin;
  }

  @Override
  public double[] notionals() {
    return notionals;
  }

  @Override
  public double notional(final int bucket) {
    return bucket < first || bucket > last ? 0 : notionals[bucket - origin];
  }

  /** Empties it, and makes room for buckets; none where the lowest is above the highest. */
  void begin(final int low, final int high) {
    if (low <= high && (low < origin || high >= origin + notionals.length)) {
      origin = low - SLACK & -Long.SIZE;
      final int count = high + SLACK + Long.SIZE - origin & -Long.SIZE;
      if (count > notionals.length) {
        notionals = new double[count];
      }
    }
    Arrays.fill(notionals, 0);
    first = low;
    last = high;
  }

  /**
   * Adds a part of a member's notionals.
   *
   * @param shift buckets by which the member's lie below the group's
   * @param low lowest bucket of the group that counts
   * @param high highest bucket of the group that counts
   */
  void add(
      final SideDensity member, final int shift, final double part, final int low, final int high) {
    final int from = Math.max(low, member.first() + shift);
    final int to = Math.min(high, member.last() + shift);
    final double[] added = member.notionals();
    final int away = origin - shift - member.origin();
    for (int place = from - origin; place <= to - origin; place++) {
      notionals[place] += part * added[place + away];
    }
  }

  /** Finds the buckets that hold anything. */
  void end() {
    while (first <= last && notionals[first - origin] == 0) {
      first++;
    }
    while (last >= first && notionals[last - origin] == 0) {
      last--;
    }
  }
}
