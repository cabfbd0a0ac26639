package io.liqmap.engine.core.margin;

/**
 * Liquidation prices of Binance COIN-M futures, isolated and cross margin.
 *
 * <p>Source: Binance support, FAQ ceccfcfb4e3a45e3b48b0b1bb1a8ae46, read 2026-11, for the variables
 * and brackets (in coin). Its formula is a picture, so this one is derived: it is what makes wallet
 * and loss equal the maintenance margin at the liquidation price. No official worked example was
 * found.
 */
public final class BinanceCoinm {
  private BinanceCoinm() {}

  /**
   * Price at which a position is liquidated under a bracket: Q·(side + MMR) / (WB − TMM + UPNL +
   * cum + side·Q/EP), derived, 2026-11.
   *
   * @param position inverse, quantity in the quote asset: contracts times their value
   * @param bracket the one of the notional at the price that results, base asset
   * @return quote asset per base asset; 0 or less, or infinite, when it is never liquidated
   */
  public static double liquidationPrice(final Position position, final Bracket bracket) {
    final double sign = position.side().sign();
    return position.quantity()
        * (sign + bracket.maintenanceRate())
        / (position.margin(Contract.INVERSE)
            + bracket.maintenanceAmount()
            + sign * position.notional(Contract.INVERSE));
  }
}
