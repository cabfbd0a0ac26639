package io.liqmap.engine.core.clusters;

import io.liqmap.engine.core.margin.Side;

/**
 * Max pain: the price around which most would be liquidated, of each side and of both together.
 *
 * <p>For every bucket that lies at mark or beyond it, adds up the notional of the buckets whose
 * centres lie within {@link #AROUND_BPS} of its own; the bucket with the largest sum wins, of equal
 * ones the one nearer to mark. The place is the mean of the logarithm of price in that band,
 * weighted by notional, so that a lone bucket is its own centre.
 *
 * <p>(What would be liquidated <em>on the way</em> to a price only grows with distance, so it has
 * no maximum; that is the cumulative map.) Holds the answer until the next call. One thread;
 * allocates nothing.
 */
public final class MaxPain {
  /** How far the band reaches to either side of a bucket's centre, basis points. */
  public static final double AROUND_BPS = 25;

  private final int reach;
  private double[] longs = new double[0];
  private double[] shorts = longs;
  private int longCount;
  private int shortCount;
  private final Best best = new Best();
  private final Best bestLong = new Best();
  private final Best bestShort = new Best();

  /** The largest sum so far, and where. */
  private static final class Best {
    double notional;
    int offset;
    double place = Double.NaN;

    void reset() {
      notional = 0;
      place = Double.NaN;
    }

    void offer(final double sum, final int at) {
      if (sum > notional) {
        notional = sum;
        offset = at;
      }
    }
  }

  /** Prepares for buckets of a width in basis points, above 0. */
  public MaxPain(final double resolutionBps) {
    reach = (int) (AROUND_BPS / resolutionBps);
  }

  /**
   * Finds it.
   *
   * @param cumulativeLongs at <i>i</i> the notional in the anchor's bucket and the <i>i</i> buckets
   *     below it, quote asset
   * @param countLongs numbers in it that count
   * @param cumulativeShorts at <i>i</i> the notional in the anchor's bucket and the <i>i</i>
   *     buckets above it
   * @param countShorts numbers in it that count
   */
  public void find(
      final double[] cumulativeLongs,
      final int countLongs,
      final double[] cumulativeShorts,
      final int countShorts) {
    longs = cumulativeLongs;
    longCount = countLongs;
    shorts = cumulativeShorts;
    shortCount = countShorts;
    best.reset();
    bestLong.reset();
    bestShort.reset();
    final int farthest = Math.max(longCount, shortCount);
    final int near = Math.min(farthest, reach + 1);
    for (int distance = 0; distance < near; distance++) {
      final double below = within(longs, longCount, distance);
      final double above = within(shorts, shortCount, distance);
      bestLong.offer(below, -distance);
      bestShort.offer(above, distance);
      // Near mark a band holds positions of both sides.
      best.offer(below + within(shorts, shortCount, -distance), -distance);
      best.offer(above + within(longs, longCount, -distance), distance);
    }
    // Farther out it holds those of one.
    final int farLong = largest(longs, longCount, near, farthest);
    final int farShort = largest(shorts, shortCount, near, farthest);
    final double below = within(longs, longCount, farLong);
    final double above = within(shorts, shortCount, farShort);
    bestLong.offer(below, -farLong);
    bestShort.offer(above, farShort);
    if (farLong <= farShort) {
      best.offer(below, -farLong);
      best.offer(above, farShort);
    } else {
      best.offer(above, farShort);
      best.offer(below, -farLong);
    }
    settle(bestLong, true, false);
    settle(bestShort, false, true);
    settle(best, true, true);
  }

  /**
   * The nearest of the distances from {@code near} to below {@code farthest} whose band holds most;
   * {@code farthest} if all are empty.
   */
  private int largest(
      final double[] cumulative, final int count, final int near, final int farthest) {
    int at = farthest;
    double most = 0;
    // No band beyond these bounds has to be cut off, or holds anything.
    final int whole = Math.min(farthest, count - reach);
    for (int distance = near; distance < whole; distance++) {
      final double sum = cumulative[distance + reach] - cumulative[distance - reach - 1];
      if (sum > most) {
        most = sum;
        at = distance;
      }
    }
    final int filled = Math.min(farthest, count + reach + 1);
    for (int distance = Math.max(near, whole); distance < filled; distance++) {
      final double sum = within(cumulative, count, distance);
      if (sum > most) {
        most = sum;
        at = distance;
      }
    }
    return at;
  }

  /** Notional of one side in the band around a bucket so far outward from the anchor. */
  private double within(final double[] cumulative, final int count, final int outward) {
    return upTo(cumulative, count, outward + reach) - upTo(cumulative, count, outward - reach - 1);
  }

  private static double upTo(final double[] cumulative, final int count, final int outward) {
    return outward < 0 || count == 0 ? 0 : cumulative[Math.min(outward, count - 1)];
  }

  private void settle(final Best found, final boolean hasLongs, final boolean hasShorts) {
    if (found.notional == 0) {
      return;
    }
    double moment = 0;
    double sum = 0;
    for (int offset = found.offset - reach; offset <= found.offset + reach; offset++) {
      double notional = 0;
      if (hasLongs) {
        notional += upTo(longs, longCount, -offset) - upTo(longs, longCount, -offset - 1);
      }
      if (hasShorts) {
        notional += upTo(shorts, shortCount, offset) - upTo(shorts, shortCount, offset - 1);
      }
      moment += notional * (offset + .5);
      sum += notional;
    }
    found.place = moment / sum;
  }

  /** Where, in buckets from the lower edge of the anchor; NaN where the side is empty. */
  public double place(final Side side) {
    return side == Side.LONG ? bestLong.place : bestShort.place;
  }

  /** Notional of a side in the band there, quote asset. */
  public double notional(final Side side) {
    return side == Side.LONG ? bestLong.notional : bestShort.notional;
  }

  /** Where both sides together hold most; NaN where both are empty. */
  public double place() {
    return best.place;
  }

  /** Notional of both sides in the band there, quote asset. */
  public double notional() {
    return best.notional;
  }
}
