package io.liqmap.engine.core.margin;

/**
 * Liquidation prices of Bybit linear contracts, isolated and cross margin.
 *
 * <p>Source: Bybit help, "Liquidation Price (USDT Contract)", read 2026-11: IM and MM are of the
 * value at entry, so the bracket is the entry's. The text of the revision of 2026-05-27 wasn't
 * found for linear contracts; this is the one before.
 */
public final class BybitLinear {
  private BybitLinear() {}

  /**
   * Price at which a position is liquidated under a bracket: EP − side·(IM + extra − MM)/Q with MM
   * = Q·EP·MMR − cum (Bybit help, read 2026-11); IM + extra is the wallet for cross margin.
   *
   * @param position linear, quantity in the base asset
   * @param bracket the one of the notional at entry, quote asset
   * @return quote asset per base asset; 0 or less when it is never liquidated
   */
  public static double liquidationPrice(final Position position, final Bracket bracket) {
    final double maintenance =
        position.notional(Contract.LINEAR) * bracket.maintenanceRate()
            - bracket.maintenanceAmount();
    return position.entryPrice()
        - position.side().sign()
            * (position.margin(Contract.LINEAR) - maintenance)
            / position.quantity();
  }
}
