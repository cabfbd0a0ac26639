package io.liqmap.engine.core.model;

import io.liqmap.engine.core.margin.BracketTable;
import io.liqmap.engine.core.margin.Contract;
import io.liqmap.engine.core.margin.MarginRule;
import io.liqmap.engine.core.margin.Side;

/**
 * On which terms a venue margins an instrument at some time. Immutable.
 *
 * @param rule the venue's formula
 * @param brackets maintenance brackets in force, in the quote asset for a linear contract and in
 *     the base asset for an inverse one
 * @param price at which the sizes of positions are turned into the base asset, for the brackets of
 *     an inverse contract; 1 where its brackets are in the quote asset after all
 */
public record MarginTerms(MarginRule rule, BracketTable brackets, double price) {
  /**
   * Liquidation price over entry price of a tier: below 1 for longs, above 1 for shorts.
   *
   * <p>1 for a position that the venue would liquidate at its entry, because its margin isn't above
   * the maintenance margin.
   */
  public double liquidationRatio(
      final Side side, final LeverageTier tier, final Maintenance maintenance) {
    final double bankruptcy = ratio(side, tier, MarginRule.bankruptcy(rule.contract()));
    final double ratio = maintenance == Maintenance.NONE ? bankruptcy : ratio(side, tier, rule);
    if (!(ratio > 0)) {
      return bankruptcy;
    }
    return side.sign() * (1 - ratio) > 0 ? ratio : 1;
  }

  /** Whether the venue lets such a position be opened: by its margin, and by its leverage. */
  public boolean isGranted(
      final Side side, final LeverageTier tier, final Maintenance maintenance) {
    if (maintenance == Maintenance.NONE) {
      return true;
    }
    final double size = tier.size().notional() / (rule.contract() == Contract.LINEAR ? 1 : price);
    return tier.leverage() <= brackets.of(size).maxLeverage()
        && liquidationRatio(side, tier, maintenance) != 1;
  }

  private double ratio(final Side side, final LeverageTier tier, final MarginRule by) {
    return by.liquidationRatio(side, tier.leverage(), tier.size().notional(), price, brackets);
  }

  /** Maintenance rate of the bracket that counts for a tier. */
  public double maintenanceRate(
      final Side side, final LeverageTier tier, final Maintenance maintenance) {
    return (maintenance == Maintenance.NONE ? MarginRule.bankruptcy(rule.contract()) : rule)
        .maintenanceRate(side, tier.leverage(), tier.size().notional(), price, brackets);
  }
}
