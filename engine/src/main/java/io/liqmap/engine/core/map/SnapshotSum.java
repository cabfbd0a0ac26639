package io.liqmap.engine.core.map;

import io.liqmap.engine.core.margin.Side;
import java.util.Arrays;
import java.util.List;

/** Adds up the sides of the snapshots of a group's members. */
final class SnapshotSum {
  private final GroupMap group;
  private final List<GroupMember> members;
  private final List<MapSnapshot> snapshots;
  private final int markBucket;
  private final long now;

  SnapshotSum(
      final GroupMap group,
      final List<GroupMember> members,
      final List<MapSnapshot> snapshots,
      final int markBucket,
      final long now) {
    this.group = group;
    this.members = members;
    this.snapshots = snapshots;
    this.markBucket = markBucket;
    this.now = now;
  }

  /** Adds up a side, and records each member's notionals. */
  SideSnapshot side(final Side side, final MemberNotionals notionals) {
    int low = Integer.MAX_VALUE;
    int high = Integer.MIN_VALUE;
    for (int i = 0; i < members.size(); i++) {
      final MapSnapshot snapshot = snapshots.get(i);
      if (snapshot.bucketCount(side) > 0) {
        final int from = snapshot.firstBucket(side) + members.get(i).shift();
        low = Math.min(low, from);
        high = Math.max(high, from + snapshot.bucketCount(side));
      }
    }
    final int count = low > high ? 0 : high - low + 1;
    final double[][] rows = new double[snapshots.get(0).leverages()][count];
    for (int i = 0; i < members.size(); i++) {
      notionals.reserve(index(i), low, count);
      add(side, i, rows, low, notionals);
    }
    int first = 0;
    int end = count;
    while (first < end && isEmpty(rows, first)) {
      first++;
    }
    while (end > first && isEmpty(rows, end - 1)) {
      end--;
    }
    for (int leverage = 0; leverage < rows.length; leverage++) {
      rows[leverage] = Arrays.copyOfRange(rows[leverage], first, end);
    }
    double unmapped = 0;
    double weight = 0;
    double coverage = 0;
    double outOfReach = 0;
    for (int i = 0; i < members.size(); i++) {
      final double interest = members.get(i).interest();
      unmapped += interest > 0 ? snapshots.get(i).unmapped(side) : 0;
      weight += interest;
      coverage += interest * snapshots.get(i).coverage(side);
      outOfReach += interest * snapshots.get(i).outOfReach(side);
    }
    return new SideSnapshot(
        first == end ? 0 : low + first,
        rows,
        null,
        null,
        unmapped,
        weight > 0 ? coverage / weight : 0,
        weight > 0 ? outOfReach / weight : 0);
  }

  private int index(final int counted) {
    int index = 0;
    while (group.member(index) != members.get(counted)) {
      index++;
    }
    return index;
  }

  private void add(
      final Side side,
      final int i,
      final double[][] rows,
      final int low,
      final MemberNotionals notionals) {
    final MapSnapshot snapshot = snapshots.get(i);
    final GroupMember member = members.get(i);
    final boolean isSilent = member.isSilent(now) && markBucket >= 0;
    final int end = snapshot.firstBucket(side) + snapshot.bucketCount(side);
    for (int bucket = snapshot.firstBucket(side); bucket < end; bucket++) {
      final double notional = snapshot.notional(side, bucket);
      if (notional > 0) {
        for (int part = 0; part < 2; part++) {
          final int to = bucket + member.shift() + part;
          final double share = part == 0 ? 1 - member.split() : member.split();
          if (share > 0 && GroupMap.isWithin(isSilent, side.sign(), to, markBucket)) {
            notionals.add(index(i), to, notional * share);
            // A quantity of the group's bucket with the member's notional.
            final double scale =
                share
                    * (snapshot.centre(bucket)
                        / (group.lattice().centre(to) * GroupMap.PRICE_UNIT));
            for (int leverage = 0; leverage < rows.length; leverage++) {
              rows[leverage][to - low] += snapshot.quantity(side, leverage, bucket) * scale;
            }
          }
        }
      }
    }
  }

  private static boolean isEmpty(final double[][] rows, final int column) {
    for (final double[] row : rows) {
      if (row[column] > 0) {
        return false;
      }
    }
    return true;
  }
}
