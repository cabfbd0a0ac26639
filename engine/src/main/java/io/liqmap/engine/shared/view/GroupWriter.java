package io.liqmap.engine.shared.view;

import io.liqmap.engine.core.clusters.GroupTracker;
import io.liqmap.engine.core.map.GroupDensity;
import io.liqmap.engine.core.map.GroupMap;
import io.liqmap.engine.core.map.GroupMember;
import io.liqmap.engine.core.map.GroupSide;
import io.liqmap.engine.core.map.MapVariant;
import io.liqmap.engine.core.margin.Side;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Publishes the state of a group, which a reader reads like an instrument's; the only writer of its
 * region.
 *
 * <p>Never waits. On the thread that owns the members' maps; allocates only when one has become
 * wider than ever.
 */
public final class GroupWriter {
  private final ViewLayout layout;
  private final UnsafeBuffer buffer;
  private final GroupTracker tracker;
  private final GroupMap group;
  private final GroupDensity density;
  private final RegionWriter slots;
  private final BodyWriter bodies;
  private final UnsafeBuffer members;
  private final int leverages;

  /** Scores and markets are those of the members. */
  private final SideScore score = new SideScore(null);

  private final MarketFigures market = new MarketFigures(null);
  private long refreshes = -1;

  /**
   * Begins to publish a group.
   *
   * @param number in the view, by convention that of the group
   * @throws IllegalArgumentException if the view has no such region, no room for as many members,
   *     or buckets of another width
   * @throws IllegalStateException if the region has a writer, or the view is for reading only
   */
  public GroupWriter(final ViewMemory memory, final int number, final GroupTracker tracker) {
    this.tracker = tracker;
    group = tracker.group();
    density = tracker.density();
    layout = memory.layout();
    buffer = memory.buffer();
    if (group.members() > layout.members()) {
      throw new IllegalArgumentException(
          "the view holds groups of up to "
              + layout.members()
              + " members, "
              + group.settings().name()
              + " has "
              + group.members());
    }
    final int region = memory.region(number, 0);
    slots = new RegionWriter(memory, region);
    bodies =
        new BodyWriter(
            memory, slots, group.instrument().priceUnit(), group.lattice().resolutionBps());
    members = new UnsafeBuffer(new byte[layout.members() * ViewLayout.MEMBER_LENGTH]);
    leverages =
        RegionHead.write(
            memory,
            region,
            group.instrument(),
            group.lattice().resolutionBps(),
            model(),
            density.leverages(),
            density::leverage);
    RegionHead.writeMembers(memory, region, group.settings().members());
  }

  private String model() {
    for (int i = 0; i < group.members(); i++) {
      if (group.member(i).isCounted()) {
        return MapVariant.FIRST.name(group.member(i).map().settings());
      }
    }
    return "";
  }

  /** Whether a view has room for a group. */
  public static boolean fits(final ViewMemory memory, final int number, final GroupMap group) {
    return number < memory.instruments() && group.members() <= memory.layout().members();
  }

  /**
   * Publishes the state behind an event.
   *
   * @param sequence of the feed's last event
   * @param time of it, ns since 1970
   * @param missing sequences that never came, so far
   * @param rejected invalid or implausible messages, so far
   */
  public void publish(
      final long sequence, final long time, final long missing, final long rejected) {
    final GroupMember reference = group.reference(time);
    final int anchor = group.markBucket(reference);
    density.project(time);
    publishBody(anchor, time);
    final int slot = slots.beginHeader();
    buffer.putLong(slot + ViewLayout.SEQUENCE, sequence);
    buffer.putLong(slot + ViewLayout.BODY_SEQUENCE, sequence);
    buffer.putLong(slot + ViewLayout.TIME, time);
    final long mark = group.markMantissa(reference);
    buffer.putLong(slot + ViewLayout.MARK_MANTISSA, mark);
    buffer.putDouble(slot + ViewLayout.MARK, mark * group.instrument().priceUnit());
    buffer.putInt(slot + ViewLayout.MARK_BUCKET, anchor);
    buffer.putInt(slot + ViewLayout.REFERENCE, number(reference));
    buffer.putDouble(slot + ViewLayout.OPEN_INTEREST, group.openInterest());
    buffer.putDouble(slot + ViewLayout.COVERAGE_LONG, density.coverage(Side.LONG));
    buffer.putDouble(slot + ViewLayout.COVERAGE_SHORT, density.coverage(Side.SHORT));
    buffer.putLong(slot + ViewLayout.QUALITY, tracker.quality());
    buffer.putLong(slot + ViewLayout.MISSING, missing);
    buffer.putLong(slot + ViewLayout.REJECTED, rejected);
    buffer.putDouble(slot + ViewLayout.VOLATILITY, tracker.volatility(reference));
    buffer.putDouble(slot + ViewLayout.IMPACT, tracker.impact());
    buffer.putDouble(slot + ViewLayout.SWEPT_LONG, tracker.swept(Side.LONG));
    buffer.putDouble(slot + ViewLayout.SWEPT_SHORT, tracker.swept(Side.SHORT));
    buffer.putDouble(slot + ViewLayout.OBSERVED_LONG, tracker.observed(Side.LONG));
    buffer.putDouble(slot + ViewLayout.OBSERVED_SHORT, tracker.observed(Side.SHORT));
    bodies.putMaxPain(slot);
    buffer.putInt(slot + ViewLayout.CALIBRATION_LONG, score.status());
    buffer.putInt(slot + ViewLayout.CALIBRATION_SHORT, score.status());
    score.put(buffer, slot + ViewLayout.SCORE_LONG);
    score.put(buffer, slot + ViewLayout.SCORE_SHORT);
    buffer.putDouble(slot + ViewLayout.OUT_OF_REACH_LONG, density.outOfReach(Side.LONG));
    buffer.putDouble(slot + ViewLayout.OUT_OF_REACH_SHORT, density.outOfReach(Side.SHORT));
    buffer.putDouble(slot + ViewLayout.UNMAPPED_LONG, density.unmapped(Side.LONG));
    buffer.putDouble(slot + ViewLayout.UNMAPPED_SHORT, density.unmapped(Side.SHORT));
    buffer.putDouble(slot + ViewLayout.DISPERSION_LONG, Double.NaN);
    buffer.putDouble(slot + ViewLayout.DISPERSION_SHORT, Double.NaN);
    market.put(buffer, slot, time);
    slots.endHeader();
  }

  /** From 1, 0 for none. */
  private int number(final GroupMember reference) {
    for (int i = 0; i < group.members(); i++) {
      if (group.member(i) == reference) {
        return i + 1;
      }
    }
    return 0;
  }

  private void publishBody(final int anchor, final long time) {
    bodies.begin(anchor);
    final GroupSide longs = density.on(Side.LONG);
    bodies.longs(longs.notionals(), longs.origin(), longs.first(), longs.last());
    final GroupSide shorts = density.on(Side.SHORT);
    bodies.shorts(shorts.notionals(), shorts.origin(), shorts.first(), shorts.last());
    final int clusters = bodies.room(tracker.clusters().count());
    if (tracker.refreshes() != refreshes) {
      refreshes = tracker.refreshes();
      for (int i = 0; i < clusters; i++) {
        // Price structure is that of a venue: none.
        bodies.put(i, tracker.clusters().get(i), 0, leverages);
      }
    }
    for (int i = 0; i < group.members(); i++) {
      put(i, i * ViewLayout.MEMBER_LENGTH, time);
    }
    bodies.members(members);
    bodies.end(clusters);
  }

  private void put(final int number, final int at, final long time) {
    final GroupMember member = group.member(number);
    members.putInt(
        at + ViewLayout.MEMBER_INSTRUMENT,
        member.map() == null ? -1 : member.map().instrument().id());
    members.putInt(at + ViewLayout.MEMBER_STATE, member.state(time).ordinal());
    members.putLong(at + ViewLayout.MEMBER_TIME, member.time());
    members.putDouble(at + ViewLayout.MEMBER_MARK, member.markPrice());
    members.putDouble(at + ViewLayout.MEMBER_OPEN_INTEREST, member.openInterest());
    members.putDouble(at + ViewLayout.MEMBER_LONG, density.total(number, Side.LONG));
    members.putDouble(at + ViewLayout.MEMBER_SHORT, density.total(number, Side.SHORT));
    members.putDouble(at + ViewLayout.MEMBER_COVERAGE_LONG, density.coverage(number, Side.LONG));
    members.putDouble(at + ViewLayout.MEMBER_COVERAGE_SHORT, density.coverage(number, Side.SHORT));
  }
}
