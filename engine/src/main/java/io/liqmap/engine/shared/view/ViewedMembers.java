package io.liqmap.engine.shared.view;

import io.liqmap.engine.core.map.MemberState;
import io.liqmap.engine.core.margin.Side;
import org.agrona.DirectBuffer;

/**
 * The members of a group in the state that a {@link ViewReader} holds, in the order of the
 * settings; none of an instrument.
 *
 * <p>Notionals are in the quote asset, times ns since 1970. On the reader's thread; allocates
 * nothing.
 */
public final class ViewedMembers {
  private static final MemberState[] STATES = MemberState.values();

  private final ViewReader view;

  ViewedMembers(final ViewReader view) {
    this.view = view;
  }

  /** Whether a state's codes are known. */
  static boolean isSound(final DirectBuffer members, final int count) {
    for (int i = 0; i < count; i++) {
      final int state = members.getInt(i * ViewLayout.MEMBER_LENGTH + ViewLayout.MEMBER_STATE);
      if (state < 0 || state >= STATES.length) {
        return false;
      }
    }
    return true;
  }

  /** How many there are; their names are {@link ViewMemory#member}. */
  public int count() {
    return view.memberCount();
  }

  /** The member whose mark is the group's, −1 before any has a price. */
  public int reference() {
    return view.reference() - 1;
  }

  private double number(final int member, final int field) {
    return view.heldMembers().getDouble(member * ViewLayout.MEMBER_LENGTH + field);
  }

  /** Number of the instrument in the view, −1 while the feed doesn't have it. */
  public int instrument(final int member) {
    return view.heldMembers()
        .getInt(member * ViewLayout.MEMBER_LENGTH + ViewLayout.MEMBER_INSTRUMENT);
  }

  /** Whether it is in the sums, and whether its data is recent. */
  public MemberState state(final int member) {
    return STATES[
        view.heldMembers().getInt(member * ViewLayout.MEMBER_LENGTH + ViewLayout.MEMBER_STATE)];
  }

  /** Time of its last event, 0 before the first: its age is {@link ViewReader#time} less this. */
  public long time(final int member) {
    return view.heldMembers().getLong(member * ViewLayout.MEMBER_LENGTH + ViewLayout.MEMBER_TIME);
  }

  /** Its own mark, 0 before the first price. */
  public double markPrice(final int member) {
    return number(member, ViewLayout.MEMBER_MARK);
  }

  /** Its one-sided open interest, base asset; NaN before the first. */
  public double openInterest(final int member) {
    return number(member, ViewLayout.MEMBER_OPEN_INTEREST);
  }

  /** What it has on a side of the group's map. */
  public double notional(final int member, final Side side) {
    return number(member, side == Side.LONG ? ViewLayout.MEMBER_LONG : ViewLayout.MEMBER_SHORT);
  }

  /** Share of a side's open interest of it that is on the map, 0 to 1. */
  public double coverage(final int member, final Side side) {
    return number(
        member,
        side == Side.LONG ? ViewLayout.MEMBER_COVERAGE_LONG : ViewLayout.MEMBER_COVERAGE_SHORT);
  }
}
