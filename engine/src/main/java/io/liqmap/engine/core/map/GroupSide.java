package io.liqmap.engine.core.map;

/** One side of a {@link GroupDensity}: notionals by bucket of the group. */
public final class GroupSide extends SideNotionals {
  GroupSide() {
    // Empty before the first projection.
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
    final double[] notionals = notionals();
    final double[] added = member.notionals();
    final int away = origin() - shift - member.origin();
    for (int place = from - origin(); place <= to - origin(); place++) {
      notionals[place] += part * added[place + away];
    }
  }
}
