package io.liqmap.tools.laboratory;

import io.liqmap.engine.core.lattice.Lattice;
import io.liqmap.engine.core.map.MapSnapshot;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.tools.venue.TruePositions;

/** One side of the true positions at a moment, by bucket of a map from mark outward. */
final class TrueSide {
  private final Side side;
  private final double[] quantities;
  private final double[] widths;
  private final int near;

  /**
   * Keeps the arrays.
   *
   * @param quantities base asset
   * @param widths of the buckets, % of mark
   * @param near buckets within the nearer reach
   */
  TrueSide(final Side side, final double[] quantities, final double[] widths, final int near) {
    this.side = side;
    this.quantities = quantities;
    this.widths = widths;
    this.near = near;
  }

  static TrueSide of(final TruePositions truth, final MapSnapshot snapshot, final Side side) {
    final Lattice lattice = new Lattice(snapshot.settings().resolutionBps());
    final int count = buckets(lattice, side, Reach.FAR);
    final int mark = snapshot.markBucket();
    final int first = side == Side.SHORT ? mark : mark - count + 1;
    final double[] rising =
        truth.quantities(side, lattice, snapshot.instrument().priceUnit(), first, count);
    final double[] quantities = new double[count];
    final double[] widths = new double[count];
    for (int i = 0; i < count; i++) {
      final int bucket = mark - side.sign() * i;
      quantities[i] = rising[bucket - first];
      widths[i] =
          100 * (snapshot.priceHigh(bucket) - snapshot.priceLow(bucket)) / snapshot.markPrice();
    }
    return new TrueSide(side, quantities, widths, buckets(lattice, side, Reach.NEAR));
  }

  private static int buckets(final Lattice lattice, final Side side, final Reach reach) {
    return 1 + (int) Math.abs(lattice.distance(1 - side.sign() * reach.share()));
  }

  Side side() {
    return side;
  }

  double[] quantities() {
    return quantities;
  }

  double[] widths() {
    return widths;
  }

  /** Buckets within a reach. */
  int buckets(final Reach reach) {
    return reach == Reach.NEAR ? near : quantities.length;
  }

  /** A map's quantities in the same buckets, base asset. */
  double[] quantities(final MapSnapshot snapshot) {
    final double[] outward = new double[quantities.length];
    for (int i = 0; i < outward.length; i++) {
      outward[i] = snapshot.quantity(side, snapshot.markBucket() - side.sign() * i);
    }
    return outward;
  }
}
