package io.liqmap.engine.core.map;

import io.liqmap.engine.core.lattice.Lattice;
import io.liqmap.engine.core.margin.Contract;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Several instruments that answer like one: which members the feed has, where the group's mark is,
 * and what is open in all of them.
 *
 * <p>A group has no positions of its own: each member keeps its map, by its own mark, contract,
 * brackets and open interest. Prices and notionals of all members add up as they are, so that USDT,
 * USDC and USD count 1:1. Follows from the members' maps alone. On the thread that owns them.
 */
public final class GroupMap {
  /** Value of a price mantissa of every group, quote asset per base asset. */
  public static final double PRICE_UNIT = 1e-8;

  private final int number;
  private final GroupSettings settings;
  private final Lattice lattice;
  private final GroupMember[] members;
  private Instrument instrument;
  private int counted;

  /**
   * Makes a group whose members aren't in the feed yet.
   *
   * @param number where it is shown, behind the instruments
   */
  public GroupMap(final int number, final GroupSettings settings, final Lattice lattice) {
    this.number = number;
    this.settings = settings;
    this.lattice = lattice;
    members = new GroupMember[settings.members().size()];
    for (int i = 0; i < members.length; i++) {
      members[i] = new GroupMember(settings.members().get(i), settings.silentNanos());
    }
    count();
  }

  /**
   * Gets the map of an instrument, or its new bars, if it is a member.
   *
   * @param barNanos length of the bars that its prices are made from, 0 for ticks
   * @return which member it is, −1 for none
   */
  public int join(final InstrumentMap map, final long barNanos) {
    final int member = settings.members().indexOf(map.instrument().name().toString());
    if (member >= 0) {
      members[member].join(map, barNanos, lattice);
      count();
    }
    return member;
  }

  /** The first member that the feed has says the base asset; prices of another don't compare. */
  private void count() {
    final String base =
        known().stream().map((map) -> map.instrument().baseAsset()).findFirst().orElse("");
    counted = 0;
    for (final GroupMember member : members) {
      final boolean isSame =
          member.map() != null && member.map().instrument().baseAsset().equals(base);
      member.count(isSame);
      counted += isSame ? 1 : 0;
    }
    instrument =
        new Instrument(
            number,
            settings.name(),
            GroupSettings.VENUE,
            Contract.LINEAR,
            base,
            Arrays.stream(members)
                .filter(GroupMember::isCounted)
                .map((member) -> member.map().instrument().quoteAsset())
                .distinct()
                .collect(Collectors.joining("+")),
            PRICE_UNIT,
            1);
  }

  private List<InstrumentMap> known() {
    return Arrays.stream(members).map(GroupMember::map).filter(Objects::nonNull).toList();
  }

  /**
   * What it is called and counted in: the base asset, quote assets joined by {@code +}, mantissas
   * of 1e-8.
   */
  public Instrument instrument() {
    return instrument;
  }

  public GroupSettings settings() {
    return settings;
  }

  public Lattice lattice() {
    return lattice;
  }

  /** How many members it has, in the feed or not. */
  public int members() {
    return members.length;
  }

  /** A member, in the order of the settings. */
  public GroupMember member(final int index) {
    return members[index];
  }

  /** How many members are in the sums. */
  public int counted() {
    return counted;
  }

  /** Whether it sums anything up, so that it is published. */
  public boolean isActive() {
    return counted > 1;
  }

  /**
   * The member whose mark is the group's: of those with a price, and among them of those that
   * aren't silent, the one with the most open interest at its own mark; of equal ones the first.
   * Null before any has a price.
   */
  public GroupMember reference(final long now) {
    GroupMember best = null;
    for (final GroupMember member : members) {
      if (member.isCounted()
          && member.markPrice() > 0
          && (best == null || isAbove(member, best, now))) {
        best = member;
      }
    }
    return best;
  }

  private static boolean isAbove(final GroupMember one, final GroupMember other, final long now) {
    return one.isSilent(now) == other.isSilent(now)
        ? one.interest() > other.interest()
        : other.isSilent(now);
  }

  /** Mark of a member, mantissa of the group; 0 without one. */
  public long markMantissa(final GroupMember reference) {
    if (reference == null) {
      return 0;
    }
    final InstrumentMap map = reference.map();
    return map.instrument().priceUnit() == PRICE_UNIT
        ? map.markPrice()
        : Math.max(1, Math.round(reference.markPrice() / PRICE_UNIT));
  }

  /** Bucket of the group that a member's mark lies in; −1 without one. */
  public int markBucket(final GroupMember reference) {
    return reference == null
        ? -1
        : lattice.bucketOf(
            markMantissa(reference), reference.map().markBucket() + reference.shift());
  }

  /** One-sided open interest of all members, base asset; NaN before the first. */
  public double openInterest() {
    double sum = Double.NaN;
    for (final GroupMember member : members) {
      final double part = member.isCounted() ? member.openInterest() : Double.NaN;
      sum = Double.isNaN(part) ? sum : Double.isNaN(sum) ? part : sum + part;
    }
    return sum;
  }

  /**
   * Whether a member's bucket counts: a silent one doesn't see what the group's mark has passed.
   */
  static boolean isWithin(
      final boolean isSilent, final int sign, final int bucket, final int markBucket) {
    return !isSilent || sign * (bucket - markBucket) <= 0;
  }
}
