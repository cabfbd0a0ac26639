package io.liqmap.engine.core.margin;

/**
 * Liquidation prices of Hyperliquid perpetuals, isolated and cross margin.
 *
 * <p>Source: Hyperliquid documentation, "Liquidations", read 2026-11. A tier's maintenance rate is
 * 1 over twice its leverage; the tier is that of the notional at the liquidation price, and the
 * amounts keep maintenance margin continuous. Liquidation prices that the venue reported for
 * positions of 2024 follow from it to 1e-4 (freqtrade, tests/exchange/test_hyperliquid.py at
 * 3b1fb5a).
 */
public final class Hyperliquid {
  private Hyperliquid() {}

  /**
   * Price at which a position is liquidated under a bracket: EP − side·(WB − MM)/Q / (1 − side·l)
   * with l = MMR and MM = Q·EP·l − cum (Hyperliquid documentation, read 2026-11).
   *
   * @param position linear, quantity in the base asset
   * @param bracket the one of the notional at the price that results, quote asset
   * @return quote asset per base asset; 0 or less when it is never liquidated
   */
  public static double liquidationPrice(final Position position, final Bracket bracket) {
    final double sign = position.side().sign();
    final double available =
        position.margin(Contract.LINEAR)
            - (position.notional(Contract.LINEAR) * bracket.maintenanceRate()
                - bracket.maintenanceAmount());
    return position.entryPrice()
        - sign * available / position.quantity() / (1 - sign * bracket.maintenanceRate());
  }

  /**
   * Maintenance rate of a tier: half of its initial margin rate.
   *
   * @param maxLeverage highest leverage of the tier, 1 or more
   */
  public static double maintenanceRate(final double maxLeverage) {
    return 1 / (2 * maxLeverage);
  }
}
