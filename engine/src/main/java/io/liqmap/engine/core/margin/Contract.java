package io.liqmap.engine.core.margin;

/** What a contract is margined in, which decides how its value moves with the price. */
public enum Contract {
  /** Margin and profit in the quote asset; quantities are base asset. */
  LINEAR,
  /**
   * Margin and profit in the base asset; quantities are quote asset: contracts times their value.
   */
  INVERSE;

  /**
   * Value of a position at a price.
   *
   * @param quantity base asset of a linear position, quote asset of an inverse one
   * @param price quote asset per base asset
   * @return quote asset for linear, base asset for inverse: the asset that margin is in
   */
  public double notional(final double quantity, final double price) {
    return this == LINEAR ? quantity * price : quantity / price;
  }

  /** Profit of a position that was entered at one price, at another one, in its margin asset. */
  public double profit(final Position position, final double price) {
    final double rise =
        notional(position.quantity(), price) - notional(position.quantity(), position.entryPrice());
    // A coin is worth less of an inverse contract as the price rises, and its long gains by that.
    return this == LINEAR ? position.side().sign() * rise : -position.side().sign() * rise;
  }

  /**
   * Price at which a position's margin is used up, fees aside.
   *
   * @return quote asset per base asset; 0 or less, or infinite, when there is none
   */
  public double bankruptcyPrice(final Position position) {
    final double sign = position.side().sign();
    final double margin = position.margin(this);
    return this == LINEAR
        ? position.entryPrice() - sign * margin / position.quantity()
        : position.quantity() / (position.notional(this) + sign * margin);
  }
}
