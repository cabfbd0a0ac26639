package io.liqmap.engine.core.map;

import io.liqmap.engine.core.margin.Side;
import java.util.ArrayList;
import java.util.List;

/**
 * Snapshot of a group's map: the sum of its members' snapshots, and what each of them has in it.
 * Immutable, for any thread.
 *
 * <p>Notionals are added up by bucket of the group. A bucket of a member whose prices have another
 * exponent lies across two of these, and is split in proportion to the logarithm of price. Of a
 * silent member, what the group's mark has passed is left out: its own mark doesn't follow.
 */
public final class GroupSnapshot {
  private final MapSnapshot sum;
  private final MemberNotionals longs;
  private final MemberNotionals shorts;

  private GroupSnapshot(
      final MapSnapshot sum, final MemberNotionals longs, final MemberNotionals shorts) {
    this.sum = sum;
    this.longs = longs;
    this.shorts = shorts;
  }

  /**
   * Of a model and a window, made on the thread that owns the members' maps.
   *
   * @param now where the window ends, ns: the time of the last event of any instrument
   * @throws IllegalArgumentException if the feed has no member
   */
  public static GroupSnapshot of(
      final GroupMap group, final int model, final Window window, final long now) {
    if (group.counted() == 0) {
      throw new IllegalArgumentException("the feed has no member of " + group.settings().name());
    }
    final List<GroupMember> members = new ArrayList<>();
    final List<MapSnapshot> snapshots = new ArrayList<>();
    for (int i = 0; i < group.members(); i++) {
      if (group.member(i).isCounted()) {
        members.add(group.member(i));
        snapshots.add(MapSnapshot.of(group.member(i).map(), model, window, now));
      }
    }
    final GroupMember reference = group.reference(now);
    final int markBucket = group.markBucket(reference);
    final MemberNotionals longs = new MemberNotionals(group.members());
    final MemberNotionals shorts = new MemberNotionals(group.members());
    final SnapshotSum sums = new SnapshotSum(group, members, snapshots, markBucket, now);
    final MapSnapshot sum =
        new MapSnapshot(
            group,
            snapshots,
            group.markMantissa(reference),
            markBucket,
            sums.side(Side.LONG, longs),
            sums.side(Side.SHORT, shorts));
    return new GroupSnapshot(sum, longs, shorts);
  }

  /** The sum, which answers like an instrument's snapshot. */
  public MapSnapshot sum() {
    return sum;
  }

  /** Notional of a member in a bucket of the group, quote asset. */
  public double notional(final int member, final Side side, final int bucket) {
    return (side == Side.LONG ? longs : shorts).at(member, bucket);
  }

  /** Notional of a member on a side, quote asset. */
  public double total(final int member, final Side side) {
    return (side == Side.LONG ? longs : shorts).total(member);
  }
}
