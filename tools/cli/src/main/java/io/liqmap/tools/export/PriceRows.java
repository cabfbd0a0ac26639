package io.liqmap.tools.export;

import io.liqmap.engine.core.lattice.Lattice;
import io.liqmap.engine.core.map.MapSnapshot;
import io.liqmap.engine.core.margin.Side;

/**
 * Rows of a heatmap: each holds as many of the map's buckets as the others, and begins at a
 * multiple of them, so that rows don't move when the range does. Immutable.
 *
 * @param lattice of the map
 * @param unit value of a price mantissa, quote asset
 * @param group buckets in a row, 1 or more
 * @param first lowest bucket, a multiple of the group
 * @param count rows, 1 or more
 */
public record PriceRows(Lattice lattice, double unit, int group, int first, int count) {
  /**
   * The rows that hold a range of prices.
   *
   * @param low lowest price, quote asset, above 0
   * @param high highest price, not below the lowest
   */
  public static PriceRows between(
      final Lattice lattice,
      final double unit,
      final double low,
      final double high,
      final int group) {
    final int first = Math.floorDiv(bucket(lattice, low / unit), group);
    final int last = Math.floorDiv(bucket(lattice, high / unit), group);
    return new PriceRows(lattice, unit, group, first * group, last - first + 1);
  }

  /** Buckets in a row, so that a range of prices takes a number of rows at most. */
  public static int group(
      final Lattice lattice,
      final double unit,
      final double low,
      final double high,
      final int rows) {
    int group = 1;
    while (between(lattice, unit, low, high, group).count > rows) {
      group++;
    }
    return group;
  }

  private static int bucket(final Lattice lattice, final double mantissa) {
    return lattice.bucketOf(Math.max(1, (long) mantissa), -1);
  }

  /** As many rows of the same buckets as are asked for, with these in their middle. */
  public PriceRows widenedTo(final int rows) {
    return new PriceRows(
        lattice, unit, group, Math.max(0, first - (rows - count) / 2 * group), rows);
  }

  /** Lower edge of a row, quote asset; of the row after the last, the upper edge of all. */
  public double edge(final int row) {
    return lattice.edge(first + row * group) * unit;
  }

  /** Row of a price, which may lie beyond. */
  public int rowOf(final double price) {
    return Math.floorDiv(bucket(lattice, price / unit) - first, group);
  }

  /** Upper edge of a row over its lower edge, less 1, in basis points. */
  public double heightBps() {
    return (lattice.edge(group) / lattice.edge(0) - 1) * 1e4;
  }

  /** Adds the notional of a side to its rows, quote asset; what lies beyond is left out. */
  public void addTo(final double[] sums, final MapSnapshot snapshot, final Side side) {
    for (int bucket = begin(snapshot, side); bucket < end(snapshot, side); bucket++) {
      sums[(bucket - first) / group] += snapshot.notional(side, bucket);
    }
  }

  /** The same of one leverage, by its number; nothing for a negative one. */
  public void addTo(
      final double[] sums, final MapSnapshot snapshot, final Side side, final int leverage) {
    for (int bucket = begin(snapshot, side);
        leverage >= 0 && bucket < end(snapshot, side);
        bucket++) {
      sums[(bucket - first) / group] +=
          snapshot.quantity(side, leverage, bucket) * snapshot.centre(bucket);
    }
  }

  private int begin(final MapSnapshot snapshot, final Side side) {
    return Math.max(first, snapshot.firstBucket(side));
  }

  private int end(final MapSnapshot snapshot, final Side side) {
    return Math.min(first + count * group, snapshot.firstBucket(side) + snapshot.bucketCount(side));
  }
}
