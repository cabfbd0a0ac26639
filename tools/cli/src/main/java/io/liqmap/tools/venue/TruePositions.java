package io.liqmap.tools.venue;

import io.liqmap.engine.core.lattice.Lattice;
import io.liqmap.engine.core.margin.Side;

/**
 * The true positions, which a map estimates, with their liquidation prices.
 *
 * <p>Quantities are in the base asset, prices in quote asset per base asset. Live; each method
 * visits all positions of a side.
 */
public final class TruePositions {
  /** Receives positions. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * Called for each position.
     *
     * @param margin with added margin and other equity, quote asset
     * @param liquidationPrice 0 or less if it never liquidates
     */
    void position(
        double quantity,
        double entryPrice,
        double leverage,
        double margin,
        double liquidationPrice);
  }

  private final PositionBook book;
  private final double quantityUnit;

  TruePositions(final PositionBook book, final double quantityUnit) {
    this.book = book;
    this.quantityUnit = quantityUnit;
  }

  /** One-sided open interest. */
  public double openInterest() {
    return book.quantity(Side.LONG) * quantityUnit;
  }

  /** All that was liquidated since the start, reported or not, base asset. */
  public double liquidated(final Side side) {
    return book.liquidated(side) * quantityUnit;
  }

  /** Visits all positions of a side, in no order. */
  public void forEach(final Side side, final Visitor visitor) {
    for (final Position position : book.positions(side)) {
      visitor.position(
          position.quantity * quantityUnit,
          position.entryPrice,
          position.leverage,
          position.margin(0),
          position.liquidationPrice);
    }
  }

  /** Quantity that liquidates in [low, high), base asset. */
  public double quantity(final Side side, final double low, final double high) {
    double sum = 0;
    for (final Position position : book.positions(side)) {
      if (position.liquidationPrice >= low && position.liquidationPrice < high) {
        sum += position.quantity * quantityUnit;
      }
    }
    return sum;
  }

  /**
   * Quantity that liquidates in each of {@code count} buckets from {@code firstBucket}, base asset.
   *
   * @param priceUnit value of one price mantissa of the lattice
   */
  public double[] quantities(
      final Side side,
      final Lattice lattice,
      final double priceUnit,
      final int firstBucket,
      final int count) {
    final double[] quantities = new double[count];
    for (final Position position : book.positions(side)) {
      final long price = (long) Math.floor(position.liquidationPrice / priceUnit);
      if (price >= 1) {
        final int index = lattice.bucketOf(price, firstBucket) - firstBucket;
        if (index >= 0 && index < count) {
          quantities[index] += position.quantity * quantityUnit;
        }
      }
    }
    return quantities;
  }
}
