package io.liqmap.engine.core.margin;

/**
 * Liquidation prices of Binance USDⓈ-M futures, isolated and cross margin.
 *
 * <p>Source: Binance support, "How to Calculate Liquidation Price of USDⓈ-M Futures Contracts" (FAQ
 * b3c689c1f50a44cabb3a84e663b81d93), read 2026-11: LP = (WB − TMM + UPNL + cum − side·Q·EP) /
 * (Q·MMR − side·Q), with the bracket of the notional at LP itself. Checked against Binance's own
 * examples.
 */
public final class BinanceUsdm {
  private BinanceUsdm() {}

  /**
   * Price at which one isolated position is liquidated.
   *
   * @param walletBalance isolated margin, quote asset
   * @param quantity base asset, above 0
   * @param entryPrice quote asset per base asset, above 0
   * @return quote asset per base asset; 0 or less when the position is never liquidated
   */
  public static double liquidationPrice(
      final Side side,
      final double walletBalance,
      final double quantity,
      final double entryPrice,
      final BracketTable table) {
    final Bracket bracket = bracketAtLiquidation(side, walletBalance, quantity, entryPrice, table);
    return liquidationPrice(side, walletBalance, quantity, entryPrice, bracket);
  }

  /**
   * Bracket that counts: the one of the notional at the liquidation price. Parameters as for the
   * price.
   */
  public static Bracket bracketAtLiquidation(
      final Side side,
      final double walletBalance,
      final double quantity,
      final double entryPrice,
      final BracketTable table) {
    return table.bracketHolding(
        (bracket) ->
            liquidationPrice(side, walletBalance, quantity, entryPrice, bracket) * quantity);
  }

  /**
   * Price at which a position is liquidated under a bracket: (WB − TMM + UPNL + cum − side·Q·EP) /
   * (Q·MMR − side·Q) (Binance, read 2026-11), where TMM and UPNL are 0 for isolated margin.
   *
   * @param position linear, quantity in the base asset
   * @param bracket the one of the notional at the price that results, quote asset
   * @return quote asset per base asset; 0 or less when it is never liquidated
   */
  public static double liquidationPrice(final Position position, final Bracket bracket) {
    return liquidationPrice(
        position.side(),
        position.margin(Contract.LINEAR),
        position.quantity(),
        position.entryPrice(),
        bracket);
  }

  /** The formula itself, for a bracket that is given. Parameters as for the price. */
  static double liquidationPrice(
      final Side side,
      final double walletBalance,
      final double quantity,
      final double entryPrice,
      final Bracket bracket) {
    return (walletBalance + bracket.maintenanceAmount() - side.sign() * quantity * entryPrice)
        / (quantity * bracket.maintenanceRate() - side.sign() * quantity);
  }

  /**
   * Liquidation price over entry price, the same for every entry price: what makes a leverage tier
   * a shift.
   *
   * @param leverage above 1
   * @param notional size of the position at its entry, quote asset, above 0
   * @return above 0; 0 or less when the position is never liquidated
   */
  public static double liquidationRatio(
      final Side side, final double leverage, final double notional, final BracketTable table) {
    return liquidationPrice(side, notional / leverage, notional, 1, table);
  }
}
