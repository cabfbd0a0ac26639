package io.liqmap.benchmarks.peer;

import io.liqmap.engine.lattice.Lattice;
import io.liqmap.engine.margin.Side;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * A map of the kind that a first attempt would be: two hash maps from liquidation bucket to
 * quantity. A trade adds to a bucket for each tier and side, mark removes what it crosses, open
 * interest scales all that stands.
 *
 * <p>Shifts and lattice come from the engine, which spares it a division for each tier.
 */
public final class NaiveMap {
  private static final int NO_BUCKET = -1;

  private final Lattice lattice;
  private final double turnover;
  private final double takerLean;
  private final Book longs;
  private final Book shorts;
  private int lastBucket = NO_BUCKET;
  private int markBucket = NO_BUCKET;

  /** One side: what stands, and how far from the entry each tier's share of it lies. */
  private static final class Book {
    final Map<Integer, Double> standing = new HashMap<>();
    final int[] shifts;
    final double[] shares;

    Book(final int[] shifts, final double[] shares) {
      this.shifts = shifts;
      this.shares = shares;
    }

    void add(final int entry, final double quantity, final IntPredicate canStand) {
      for (int tier = 0; tier < shifts.length; tier++) {
        final int bucket = entry + shifts[tier];
        if (canStand.test(bucket)) {
          standing.merge(bucket, quantity * shares[tier], Double::sum);
        }
      }
    }

    void scaleTo(final double quantity) {
      double sum = 0;
      for (final double each : standing.values()) {
        sum += each;
      }
      final double factor = sum == 0 ? 0 : quantity / sum;
      standing.replaceAll((bucket, each) -> each * factor);
    }
  }

  /**
   * Makes an empty map.
   *
   * @param longShifts buckets from entry to liquidation of each tier, 0 or less
   * @param longShares part of the longs on each tier
   * @param shortShifts likewise of the shorts, 0 or more
   * @param shortShares likewise
   * @param turnover part of the volume that counts as opened
   * @param takerLean how far longs lean on taker buying, and shorts on taker selling
   */
  public NaiveMap(
      final Lattice lattice,
      final int[] longShifts,
      final double[] longShares,
      final int[] shortShifts,
      final double[] shortShares,
      final double turnover,
      final double takerLean) {
    this.lattice = lattice;
    this.turnover = turnover;
    this.takerLean = takerLean;
    longs = new Book(longShifts, longShares);
    shorts = new Book(shortShifts, shortShares);
  }

  /** Adds a trade. */
  public void onTrade(final long price, final double quantity, final boolean takerBuys) {
    lastBucket = lattice.bucketOf(price, lastBucket);
    final double opened = quantity * turnover;
    final double lean = takerBuys ? takerLean : -takerLean;
    longs.add(lastBucket, opened * (1 + lean), (bucket) -> bucket <= markBucket);
    shorts.add(lastBucket, opened * (1 - lean), (bucket) -> bucket >= markBucket);
  }

  /** Moves mark, and removes what it crosses. */
  public void onMark(final long price) {
    final int before = markBucket;
    markBucket = lattice.bucketOf(price, before);
    if (before == NO_BUCKET) {
      return;
    }
    for (int bucket = before; bucket < markBucket; bucket++) {
      shorts.standing.remove(bucket);
    }
    for (int bucket = before; bucket > markBucket; bucket--) {
      longs.standing.remove(bucket);
    }
  }

  /** Scales what stands to the open interest. */
  public void onOpenInterest(final double quantity) {
    longs.scaleTo(quantity);
    shorts.scaleTo(quantity);
  }

  /** What stands in a bucket. */
  public double quantity(final Side side, final int bucket) {
    return book(side).standing.getOrDefault(bucket, 0.0);
  }

  /** All that stands of a side. */
  public double total(final Side side) {
    return book(side).standing.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private Book book(final Side side) {
    return side == Side.LONG ? longs : shorts;
  }
}
