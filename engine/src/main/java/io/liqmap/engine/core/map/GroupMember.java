package io.liqmap.engine.core.map;

import io.liqmap.engine.core.lattice.Lattice;

/** A member of a {@link GroupMap}: its map, once the feed has it, and how its buckets lie. */
public final class GroupMember {
  /** A feed of bars is silent when a second one doesn't come. */
  private static final int BARS = 2;

  private final String name;
  private final long silentNanos;
  private InstrumentMap map;
  private boolean isCounted;
  private long patience;
  private int shift;
  private double split;

  GroupMember(final String name, final long silentNanos) {
    this.name = name;
    this.silentNanos = silentNanos;
    patience = silentNanos;
  }

  /** Gets its map; places its buckets on those of the group. */
  void join(final InstrumentMap joined, final long barNanos, final Lattice lattice) {
    map = joined;
    patience = Math.max(silentNanos, BARS * Math.max(0, barNanos));
    final double distance = lattice.distance(joined.instrument().priceUnit() / GroupMap.PRICE_UNIT);
    shift = (int) StrictMath.floor(distance);
    split = distance - shift;
  }

  void count(final boolean counted) {
    isCounted = counted;
  }

  /** Full name, {@code venue:symbol}. */
  public String name() {
    return name;
  }

  /** Its map, null before the feed has it. */
  public InstrumentMap map() {
    return map;
  }

  /** Whether it is in the sums: the feed has it, and it has the group's base asset. */
  public boolean isCounted() {
    return isCounted;
  }

  /** Time of its last event, ns; 0 before the first. */
  public long time() {
    return map == null ? 0 : map.time();
  }

  /** Whether it has had no event for too long, or none yet. */
  public boolean isSilent(final long now) {
    return time() == 0 || now - time() > patience;
  }

  /** What it is to the group at a time. */
  public MemberState state(final long now) {
    if (map == null) {
      return MemberState.NOT_IN_FEED;
    }
    if (!isCounted) {
      return MemberState.OTHER_ASSET;
    }
    return isSilent(now) ? MemberState.SILENT : MemberState.LIVE;
  }

  /** Its mark, or the last price in its place, quote asset; 0 before the first price. */
  public double markPrice() {
    return map == null ? 0 : map.markPrice() * map.instrument().priceUnit();
  }

  /** One-sided open interest, base asset; NaN while unknown. */
  public double openInterest() {
    return map == null
        ? Double.NaN
        : MapSnapshot.inBase(map, map.openInterest(), (double) map.markPrice());
  }

  /** The same in the quote asset at its own mark; 0 while unknown. */
  public double interest() {
    final double notional = openInterest() * markPrice();
    return notional > 0 ? notional : 0;
  }

  /** Buckets by which its own lie below those of the group. */
  int shift() {
    return shift;
  }

  /** Part of a bucket that lies in the group's next one, 0 to below 1. */
  double split() {
    return split;
  }
}
