package io.liqmap.engine.market;

import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.core.clusters.ClusterTracker;
import io.liqmap.engine.core.clusters.GroupTracker;
import io.liqmap.engine.core.clusters.MapEventHandler;
import io.liqmap.engine.core.map.GroupMap;
import io.liqmap.engine.core.map.InstrumentMap;

/** A group with what is tracked of it, which begins with its second member. */
final class GroupSlot {
  private final GroupMap map;
  private final ClusterSettings settings;
  private final double[] leverages;
  private final ClusterTracker[] members;
  private GroupTracker tracker;

  GroupSlot(final GroupMap map, final ClusterSettings settings, final double[] leverages) {
    this.map = map;
    this.settings = settings;
    this.leverages = leverages;
    members = new ClusterTracker[map.members()];
  }

  GroupMap map() {
    return map;
  }

  /** Null while the feed has fewer than two members. */
  GroupTracker tracker() {
    return tracker;
  }

  /** Takes an instrument in, or its new bars; returns which member it is, −1 for none. */
  int join(
      final InstrumentMap joined,
      final ClusterTracker its,
      final int outside,
      final long now,
      final long sequence) {
    final int member = map.join(joined, its.barNanos());
    if (member >= 0) {
      members[member] = its;
      if (tracker == null && map.isActive()) {
        tracker = new GroupTracker(settings, map, leverages);
        tracker.onOutside(outside, now, sequence, MapEventHandler.NONE);
      }
      for (int i = 0; tracker != null && i < members.length; i++) {
        tracker.join(i, members[i]);
      }
    }
    return member;
  }

  void after(final int member, final long now, final long sequence, final MapEventHandler out) {
    if (tracker != null) {
      tracker.after(member, now, sequence, out);
    }
  }
}
