package io.liqmap.tools.laboratory;

import java.util.Arrays;

/**
 * How far a map is from the truth, summed over sides and moments.
 *
 * <p>M(x) and T(x) are the quantities that map and truth have between mark and a distance x from
 * it. The error within a reach is ∫|M − T| dx / ∫T dx, up to the reach: 0 is exact, 1 an empty map.
 * The shape's is the earth mover's distance of the two, each divided by its whole within the
 * farthest reach: how far its quantity would have to be moved on average, in % of mark.
 */
final class MapError {
  private final double[] apart = new double[Reach.values().length];
  private final double[] whole = new double[apart.length];
  private double moved;
  private int shapes;

  /**
   * Adds a side at a moment.
   *
   * @param map quantities by bucket, from mark outward
   * @param factor of these quantities
   */
  void add(final TrueSide truth, final double[] map, final double factor) {
    final double[] widths = truth.widths();
    double there = 0;
    double seen = 0;
    for (int i = 0; i < widths.length; i++) {
      there += truth.quantities()[i];
      seen += factor * map[i];
      for (final Reach reach : Reach.values()) {
        if (i < truth.buckets(reach)) {
          apart[reach.ordinal()] += Math.abs(seen - there) * widths[i];
          whole[reach.ordinal()] += there * widths[i];
        }
      }
    }
    addShape(truth, map);
  }

  private void addShape(final TrueSide truth, final double[] map) {
    final double there = Arrays.stream(truth.quantities()).sum();
    final double seen = Arrays.stream(map).sum();
    if (there > 0 && seen > 0) {
      double ahead = 0;
      for (int i = 0; i < map.length; i++) {
        ahead += map[i] / seen - truth.quantities()[i] / there;
        moved += Math.abs(ahead) * truth.widths()[i];
      }
      shapes++;
    }
  }

  /** Error of the cumulative map; NaN where the truth has nothing. */
  double within(final Reach reach) {
    return apart[reach.ordinal()] / whole[reach.ordinal()];
  }

  /** Mean error of the shape, % of mark; NaN where map or truth were always empty. */
  double shape() {
    return moved / shapes;
  }
}
