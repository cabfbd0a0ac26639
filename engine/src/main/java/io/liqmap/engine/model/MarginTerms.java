package io.liqmap.engine.model;

import io.liqmap.engine.margin.BinanceUsdm;
import io.liqmap.engine.margin.BracketTable;
import io.liqmap.engine.margin.Side;

/**
 * On which terms a venue margins an instrument at some time. Immutable.
 *
 * @param brackets maintenance brackets in force
 */
public record MarginTerms(BracketTable brackets) {
  /** Liquidation price over entry price of a tier; 0 or less where it can't be liquidated. */
  public double liquidationRatio(
      final Side side, final LeverageTier tier, final Maintenance maintenance) {
    return maintenance == Maintenance.NONE
        ? 1 - side.sign() / tier.leverage()
        : BinanceUsdm.liquidationRatio(side, tier.leverage(), tier.size().notional(), brackets);
  }

  /** Maintenance rate of the bracket that counts for a tier. */
  public double maintenanceRate(
      final Side side, final LeverageTier tier, final Maintenance maintenance) {
    final double notional = tier.size().notional();
    return maintenance == Maintenance.NONE
        ? 0
        : BinanceUsdm.bracketAtLiquidation(side, notional / tier.leverage(), notional, 1, brackets)
            .maintenanceRate();
  }
}
