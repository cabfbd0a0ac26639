package io.liqmap.benchmarks.peer;

import io.liqmap.engine.core.lattice.Lattice;
import io.liqmap.engine.core.margin.Side;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * A map of the kind that a first attempt would be: for each tier and side a hash map from
 * liquidation bucket to quantity, since answers are by tier. A trade adds to all of them, mark
 * removes what it crosses, open interest scales all positions.
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

  /** One side: open quantity of each tier, and the distance of its share from the entry. */
  private static final class Book {
    final List<Map<Integer, Double>> tiers = new ArrayList<>();
    final int[] shifts;
    final double[] shares;

    Book(final int[] shifts, final double[] shares) {
      this.shifts = shifts;
      this.shares = shares;
      for (int tier = 0; tier < shifts.length; tier++) {
        tiers.add(new HashMap<>());
      }
    }

    void add(final int entry, final double quantity, final IntPredicate isOpen) {
      for (int tier = 0; tier < shifts.length; tier++) {
        final int bucket = entry + shifts[tier];
        if (isOpen.test(bucket)) {
          tiers.get(tier).merge(bucket, quantity * shares[tier], Double::sum);
        }
      }
    }

    void remove(final int bucket) {
      for (final Map<Integer, Double> tier : tiers) {
        tier.remove(bucket);
      }
    }

    double total() {
      double sum = 0;
      for (final Map<Integer, Double> tier : tiers) {
        for (final double each : tier.values()) {
          sum += each;
        }
      }
      return sum;
    }

    double quantity(final int bucket) {
      double sum = 0;
      for (final Map<Integer, Double> tier : tiers) {
        sum += tier.getOrDefault(bucket, 0.0);
      }
      return sum;
    }

    void scaleTo(final double quantity) {
      final double sum = total();
      final double factor = sum == 0 ? 0 : quantity / sum;
      for (final Map<Integer, Double> tier : tiers) {
        tier.replaceAll((bucket, each) -> each * factor);
      }
    }
  }

  /**
   * Makes an empty map.
   *
   * @param longShifts buckets from entry to liquidation of each tier, 0 or less
   * @param longShares part of the longs on each tier
   * @param shortShifts the same of shorts, 0 or more
   * @param shortShares the same of shorts
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
      shorts.remove(bucket);
    }
    for (int bucket = before; bucket > markBucket; bucket--) {
      longs.remove(bucket);
    }
  }

  /** Scales positions to the open interest. */
  public void onOpenInterest(final double quantity) {
    longs.scaleTo(quantity);
    shorts.scaleTo(quantity);
  }

  public double quantity(final Side side, final int bucket) {
    return book(side).quantity(bucket);
  }

  public double total(final Side side) {
    return book(side).total();
  }

  private Book book(final Side side) {
    return side == Side.LONG ? longs : shorts;
  }
}
