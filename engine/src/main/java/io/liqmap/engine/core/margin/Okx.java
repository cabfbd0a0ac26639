package io.liqmap.engine.core.margin;

/**
 * Liquidation prices of OKX contracts, isolated and cross margin. Approximate: no official worked
 * example was found.
 *
 * <p>Sources: freqtrade's {@code exchange.py}, which cites the help of OKX and Gate (linear); a
 * third party's page (inverse). OKX sets its tiers by the number of contracts, which the price
 * doesn't change, and takes a tier's rate of the whole position: so the bracket is that of the
 * notional at entry, and no amount comes off. Read 2026-11.
 */
public final class Okx {
  private Okx() {}

  /**
   * Price at which a linear position is liquidated under a bracket: (EP − side·WB/Q) / (1 −
   * side·(MMR + fee)) (freqtrade after OKX and Gate, read 2026-11; Gate's contracts follow it too).
   *
   * @param position linear, quantity in the base asset
   * @param bracket the one of the notional at entry, quote asset
   * @return quote asset per base asset; 0 or less when it is never liquidated
   */
  public static double linearLiquidationPrice(final Position position, final Bracket bracket) {
    final double sign = position.side().sign();
    return (position.entryPrice() - sign * position.margin(Contract.LINEAR) / position.quantity())
        / (1 - sign * (bracket.maintenanceRate() + position.feeRate()));
  }

  /**
   * Price at which an inverse position is liquidated under a bracket: (1 + side·MMR) / (1/EP +
   * side·WB/Q) (a third party's page, read 2026-11; without fee there).
   *
   * @param position inverse, quantity in the quote asset
   * @param bracket the one of the notional at entry, base asset
   * @return quote asset per base asset; 0 or less, or infinite, when it is never liquidated
   */
  public static double inverseLiquidationPrice(final Position position, final Bracket bracket) {
    final double sign = position.side().sign();
    return (1 + sign * bracket.maintenanceRate())
        / (1 / position.entryPrice()
            + sign * position.margin(Contract.INVERSE) / position.quantity());
  }
}
