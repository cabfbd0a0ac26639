package io.liqmap.engine.core.clusters;

import io.liqmap.engine.core.map.GroupDensity;
import io.liqmap.engine.core.map.GroupMap;
import io.liqmap.engine.core.map.GroupMember;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;

/**
 * Tracks the clusters of a group, and publishes events about it, as {@link ClusterTracker} does for
 * each member.
 *
 * <p>Clusters are refreshed when a member's were, at most once a second of the feed's time: a
 * refresh adds up all members. Time comes with events: the same events give the same state and
 * publish the same. On the map's thread; allocates only when a map has become wider than ever.
 */
public final class GroupTracker implements SummedClusters.Totals {
  private static final int MODEL = 0;

  /** Shortest time between two looks at who is silent. */
  private static final long SECOND = SummedClusters.SECOND;

  private final GroupMap group;
  private final GroupDensity density;
  private final SummedClusters clusters;
  private final MapEventPublisher publisher;

  /** By member; null where it isn't counted. */
  private final ClusterTracker[] trackers;

  /** By member, as of its last event; not part of the state. */
  private final long[] seenRefreshes;

  private final int[] seenBucket;
  private final int[] seenQuality;
  private int quality = QualityFlags.UNPROVEN;

  /** Flags that don't follow from the state; not part of it. */
  private int outside;

  private long checkedAt;

  /** Starts to track a group from now on. */
  public GroupTracker(
      final ClusterSettings settings, final GroupMap group, final double[] leverages) {
    this.group = group;
    density = new GroupDensity(group, leverages);
    publisher = new MapEventPublisher(group.instrument(), group.lattice(), 0);
    clusters = new SummedClusters(settings, group.lattice(), density, this, publisher, true);
    trackers = new ClusterTracker[group.members()];
    seenRefreshes = new long[trackers.length];
    seenBucket = new int[trackers.length];
    seenQuality = new int[trackers.length];
  }

  /**
   * Follows a member from now on, if it is counted, and no longer, if it isn't.
   *
   * @param tracker of the member; null where the feed doesn't have it
   */
  public void join(final int member, final ClusterTracker tracker) {
    final ClusterTracker joined = group.member(member).isCounted() ? tracker : null;
    if (trackers[member] != joined) {
      trackers[member] = joined;
      if (joined != null) {
        see(member);
      }
      clusters.restart();
    }
  }

  private void see(final int member) {
    seenRefreshes[member] = trackers[member].refreshes();
    seenBucket[member] = group.member(member).map().markBucket();
    seenQuality[member] = inside(member);
  }

  private int inside(final int member) {
    return trackers[member].quality() & ~QualityFlags.NOT_JOURNALED;
  }

  /** All that was swept from members' maps, quote asset. */
  @Override
  public double swept(final Side side) {
    double sum = 0;
    for (int i = 0; i < trackers.length; i++) {
      sum += trackers[i] == null ? 0 : group.member(i).map().sweptNotional(MODEL, side);
    }
    return sum;
  }

  /** All liquidations that members' venues reported, quote asset. */
  @Override
  public double observed(final Side side) {
    double sum = 0;
    for (int i = 0; i < trackers.length; i++) {
      sum += trackers[i] == null ? 0 : group.member(i).map().observedNotional(side);
    }
    return sum;
  }

  /**
   * Follows a member after each of its events, and publishes events of the group.
   *
   * @param now latest time of all events, ns
   * @param inputSequence of the event
   * @param out receives them, before this returns
   */
  public void after(
      final int member, final long now, final long inputSequence, final MapEventHandler out) {
    if (trackers[member] == null) {
      return;
    }
    final InstrumentMap map = group.member(member).map();
    final boolean isMoved = map.markBucket() != seenBucket[member];
    final boolean isChecked = inside(member) != seenQuality[member] || now - checkedAt >= SECOND;
    if (trackers[member].refreshes() != seenRefreshes[member]) {
      seenRefreshes[member] = trackers[member].refreshes();
      clusters.require();
    }
    if (!isMoved && !isChecked && !clusters.isDueAt(now)) {
      return;
    }
    see(member);
    publisher.begin(now, inputSequence, out);
    if (isChecked) {
      check(now);
    }
    clusters.move(group.markBucket(group.reference(now)));
    if (clusters.isDueAt(now)) {
      density.project(now);
      clusters.refresh(now, group.markMantissa(group.reference(now)), impact());
    }
  }

  /** Looks at what members lack, and who is silent. */
  private void check(final long now) {
    checkedAt = now;
    int flags = 0;
    for (int i = 0; i < trackers.length; i++) {
      if (trackers[i] != null) {
        final boolean isSilent = group.member(i).isSilent(now);
        flags |= isSilent ? QualityFlags.MEMBER_SILENT : inside(i);
      }
    }
    if (flags != quality) {
      final int before = quality;
      quality = flags;
      publisher.quality(before | outside, flags | outside);
    }
  }

  /**
   * Sets flags that don't follow from the feed, and publishes the change.
   *
   * @param flags {@link QualityFlags#NOT_JOURNALED}, or 0
   * @param now latest time of all events, ns
   * @param inputSequence of the last event
   */
  public void onOutside(
      final int flags, final long now, final long inputSequence, final MapEventHandler out) {
    if (flags != outside) {
      final int before = quality | outside;
      outside = flags;
      publisher.begin(now, inputSequence, out);
      publisher.quality(before, quality | outside);
    }
  }

  public GroupMap group() {
    return group;
  }

  public LiveClusters clusters() {
    return clusters.clusters();
  }

  /** The sum of the members, as of its last projection. */
  public GroupDensity density() {
    return density;
  }

  /** {@link QualityFlags} as of the last look, those from outside included. */
  public int quality() {
    return quality | outside;
  }

  /** Refreshes so far; not comparable across restarts. */
  public long refreshes() {
    return clusters.refreshes();
  }

  /** Grows whenever a member's map has changed; not comparable across restarts. */
  public long revision() {
    long revision = 0;
    for (int i = 0; i < trackers.length; i++) {
      revision += trackers[i] == null ? 0 : group.member(i).map().revision();
    }
    return revision;
  }

  /** Volatility of the member whose mark is the group's, NaN before it is known. */
  public double volatility(final GroupMember reference) {
    for (int i = 0; i < trackers.length; i++) {
      if (group.member(i) == reference && trackers[i] != null) {
        return trackers[i].volatility();
      }
    }
    return Double.NaN;
  }

  /**
   * Move of the log price by takers' notional of 1 quote asset, spread over the members: what it
   * takes to move the price of each adds up. NaN where no member's is known or above 0.
   */
  public double impact() {
    double depth = 0;
    for (final ClusterTracker tracker : trackers) {
      final double impact = tracker == null ? Double.NaN : tracker.impact();
      depth += impact > 0 ? 1 / impact : 0;
    }
    return depth > 0 ? 1 / depth : Double.NaN;
  }

  public void encode(final StateWriter out) {
    out.putLong(quality);
    out.putLong(checkedAt);
    clusters.encode(out);
  }

  /**
   * Reads a state that was written under the same settings; the members have read theirs before.
   *
   * @param now latest time of all events, ns
   * @throws IllegalStateException if it ends too early or has a value out of range; the tracker is
   *     of no use then
   */
  public void decode(final StateReader in, final long now) {
    quality = in.getInt(0, QualityFlags.ALL) & ~QualityFlags.NOT_JOURNALED;
    checkedAt = in.getLong(0, now);
    clusters.decode(in, now);
    for (int i = 0; i < trackers.length; i++) {
      if (trackers[i] != null) {
        see(i);
      }
    }
  }
}
