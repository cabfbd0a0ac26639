package io.liqmap.engine.core.map;

import io.liqmap.engine.core.margin.Side;
import java.util.Arrays;

/**
 * Notionals of a group by liquidation bucket: the sum of its members' densities by the first model,
 * as {@link GroupSnapshot} adds them up.
 *
 * <p>Quote asset, each at the centre of the member's bucket. On the thread that owns the maps;
 * allocates only when they have become wider than ever.
 */
public final class GroupDensity implements SummedDensity {
  private static final int MODEL = 0;

  private final GroupMap group;
  private final GroupSide longs = new GroupSide();
  private final GroupSide shorts = new GroupSide();
  private final double[] leverages;
  private final double[] ofMember;
  private final double[] totalLongs;
  private final double[] totalShorts;
  private long now;
  private int markBucket = -1;

  /** Makes an empty one. */
  public GroupDensity(final GroupMap group, final double[] leverages) {
    this.group = group;
    this.leverages = leverages.clone();
    ofMember = new double[leverages.length];
    totalLongs = new double[group.members()];
    totalShorts = new double[group.members()];
  }

  /**
   * Projects the members' open positions as they are, and adds them up.
   *
   * @param time of the last event of any instrument, ns: which members are silent
   */
  public void project(final long time) {
    now = time;
    markBucket = group.markBucket(group.reference(time));
    for (int i = 0; i < group.members(); i++) {
      if (group.member(i).isCounted()) {
        group.member(i).map().density(MODEL).project();
      }
    }
    add(Side.LONG, longs, totalLongs);
    add(Side.SHORT, shorts, totalShorts);
  }

  private void add(final Side side, final GroupSide sum, final double[] totals) {
    int low = Integer.MAX_VALUE;
    int high = Integer.MIN_VALUE;
    for (int i = 0; i < group.members(); i++) {
      final GroupMember member = group.member(i);
      if (member.isCounted()) {
        final SideDensity density = member.map().density(MODEL).on(side);
        if (density.first() <= density.last()) {
          low = Math.min(low, density.first() + member.shift());
          high = Math.max(high, density.last() + member.shift() + 1);
        }
      }
    }
    sum.begin(low, high);
    for (int i = 0; i < group.members(); i++) {
      totals[i] = 0;
      if (group.member(i).isCounted() && low <= high) {
        totals[i] = add(group.member(i), side, sum, low, high);
      }
    }
    sum.end();
  }

  /** Adds a member's side; returns what of it counts. */
  private double add(
      final GroupMember member,
      final Side side,
      final GroupSide sum,
      final int lowest,
      final int highest) {
    final SideDensity density = member.map().density(MODEL).on(side);
    final int low = low(member, side, lowest);
    final int high = high(member, side, highest);
    sum.add(density, member.shift(), 1 - member.split(), low, high);
    if (member.split() > 0) {
      sum.add(density, member.shift() + 1, member.split(), low, high);
    }
    if (low == lowest && high == highest) {
      return density.total();
    }
    return (1 - member.split()) * total(density, low - member.shift(), high - member.shift())
        + member.split() * total(density, low - member.shift() - 1, high - member.shift() - 1);
  }

  private static double total(final SideDensity density, final int low, final int high) {
    double total = 0;
    for (int bucket = Math.max(low, density.first());
        bucket <= Math.min(high, density.last());
        bucket++) {
      total += density.notional(bucket);
    }
    return total;
  }

  /** Of a silent member, what the group's mark has passed doesn't count. */
  private boolean isCut(final GroupMember member) {
    return markBucket >= 0 && member.isSilent(now);
  }

  private int low(final GroupMember member, final Side side, final int low) {
    return side == Side.SHORT && isCut(member) ? Math.max(low, markBucket) : low;
  }

  private int high(final GroupMember member, final Side side, final int high) {
    return side == Side.LONG && isCut(member) ? Math.min(high, markBucket) : high;
  }

  @Override
  public GroupSide on(final Side side) {
    return side == Side.LONG ? longs : shorts;
  }

  /** Notional of a member on a side. */
  public double total(final int member, final Side side) {
    return (side == Side.LONG ? totalLongs : totalShorts)[member];
  }

  @Override
  public int leverages() {
    return leverages.length;
  }

  @Override
  public double leverage(final int number) {
    return leverages[number];
  }

  @Override
  public void byLeverage(final Side side, final int low, final int high, final double[] notionals) {
    Arrays.fill(notionals, 0);
    for (int i = 0; i < group.members(); i++) {
      final GroupMember member = group.member(i);
      if (member.isCounted()) {
        final int from = low(member, side, low) - member.shift();
        final int to = high(member, side, high) - member.shift();
        add(member, side, from, to, 1 - member.split(), notionals);
        if (member.split() > 0) {
          add(member, side, from - 1, to - 1, member.split(), notionals);
        }
      }
    }
  }

  private void add(
      final GroupMember member,
      final Side side,
      final int from,
      final int to,
      final double part,
      final double[] notionals) {
    if (from <= to) {
      member.map().density(MODEL).byLeverage(side, from, to, ofMember);
      for (int leverage = 0; leverage < notionals.length; leverage++) {
        notionals[leverage] += part * ofMember[leverage];
      }
    }
  }

  /** Share of a side's open interest of a member that is on the map; 0 where it isn't counted. */
  public double coverage(final int member, final Side side) {
    final GroupMember of = group.member(member);
    return of.isCounted() ? of.map().density(MODEL).coverage(side) : 0;
  }

  /** Share of a side's open interest that is on the map; members weigh by open interest. */
  public double coverage(final Side side) {
    return mean(side, 0);
  }

  /** Share of a side's open interest that no price liquidates, as {@link #coverage}. */
  public double outOfReach(final Side side) {
    return mean(side, 1);
  }

  /** Share of a side's open interest whose entries the model doesn't know, as {@link #coverage}. */
  public double unmapped(final Side side) {
    return mean(side, 2);
  }

  private double mean(final Side side, final int share) {
    double weight = 0;
    double sum = 0;
    for (int i = 0; i < group.members(); i++) {
      if (group.member(i).isCounted()) {
        final double interest = group.member(i).interest();
        final LiquidationDensity density = group.member(i).map().density(MODEL);
        weight += interest;
        sum +=
            interest
                * switch (share) {
                  case 0 -> density.coverage(side);
                  case 1 -> density.outOfReach(side);
                  default -> density.unmapped(side);
                };
      }
    }
    return weight > 0 ? sum / weight : 0;
  }
}
