package io.liqmap.tools.venue;

import io.liqmap.engine.core.lattice.Lattice;
import io.liqmap.engine.core.margin.Side;

/**
 * What a map estimates and nobody sees: the positions themselves, and where each is liquidated.
 *
 * <p>Quantities are in the base asset, notionals in the quote asset at the liquidation price,
 * prices in quote asset per base asset. A live view of its venue, for reports: each question walks
 * through all positions of a side.
 */
public final class TruePositions {
  /** Takes one position after another. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * Takes a position.
     *
     * @param liquidationPrice 0 or less where it can't be liquidated
     */
    void position(double quantity, double entryPrice, double leverage, double liquidationPrice);
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

  /** Positions on a side. */
  public int count(final Side side) {
    return book.positions(side).size();
  }

  /** Shows all positions of a side, in no order. */
  public void forEach(final Side side, final Visitor visitor) {
    for (final Position position : book.positions(side)) {
      visitor.position(
          position.quantity * quantityUnit,
          position.entryPrice,
          position.leverage,
          position.liquidationPrice);
    }
  }

  /** What is liquidated in [low, high), base asset. */
  public double quantity(final Side side, final double low, final double high) {
    double sum = 0;
    for (final Position position : book.positions(side)) {
      if (position.liquidationPrice >= low && position.liquidationPrice < high) {
        sum += position.quantity * quantityUnit;
      }
    }
    return sum;
  }

  /** What is liquidated in [low, high), quote asset. */
  public double notional(final Side side, final double low, final double high) {
    double sum = 0;
    for (final Position position : book.positions(side)) {
      if (position.liquidationPrice >= low && position.liquidationPrice < high) {
        sum += position.quantity * quantityUnit * position.liquidationPrice;
      }
    }
    return sum;
  }

  /**
   * What is liquidated in each of {@code count} buckets from {@code firstBucket} on, base asset.
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
