package io.liqmap.engine.core.margin;

/**
 * Liquidation prices of Bybit inverse contracts, isolated and cross margin, before and from the
 * revision of 2026-05-27.
 *
 * <p>Sources: Bybit help, "Liquidation Price Calculation under Isolated Mode (UTA)" and "How to
 * calculate Liquidation Price (Inverse Contract)" (360039261334) for the older form; the article's
 * revision dated 2026-05-27 for the newer one. Read 2026-11.
 */
public final class BybitInverse {
  private BybitInverse() {}

  /**
   * Price at which a position is liquidated under a bracket, before 2026-05-27: Q / [PV + side·(IM
   * − MM)] with PV = Q/EP and MM = PV·MMR − cum + fee·Q/BP (Bybit help, read 2026-11; the fee is in
   * the cross article only). The article's cross example prints 5739.50 where its own equation
   * gives 5739.08.
   *
   * @param position inverse, quantity in the quote asset
   * @param bracket the one of the notional at entry, base asset
   * @return quote asset per base asset; 0 or less, or infinite, when it is never liquidated
   */
  public static double liquidationPrice(final Position position, final Bracket bracket) {
    final double value = position.notional(Contract.INVERSE);
    final double bankruptcy = bankruptcyPrice(position);
    // A short whose coins cover any loss is never closed at bankruptcy, and pays no fee there.
    final double fee = bankruptcy > 0 ? position.feeRate() * position.quantity() / bankruptcy : 0;
    final double maintenance =
        value * bracket.maintenanceRate() - bracket.maintenanceAmount() + fee;
    return position.quantity()
        / (value + position.side().sign() * (position.margin(Contract.INVERSE) - maintenance));
  }

  /**
   * Price at which nothing of the margin is left once the closing fee is paid: Q·(1 + side·fee) /
   * (PV + side·WB) (Bybit help 360039261334, long; mirrored for short).
   *
   * @return quote asset per base asset; 0 or less, or infinite, when there is none
   */
  public static double bankruptcyPrice(final Position position) {
    return Contract.INVERSE.bankruptcyPrice(position)
        * (1 + position.side().sign() * position.feeRate());
  }

  /**
   * Price at which a position is liquidated under a bracket, from 2026-05-27: Q·(1 + side·MMR) /
   * [PV + side·(PV/L + extra/(1 + side·fee) + cum)] with PV = Q/EP and extra what the margin holds
   * beyond PV/L (Bybit help, revision of 2026-05-27).
   *
   * @param position inverse, quantity in the quote asset
   * @param bracket the one of the notional at the price that results, base asset
   * @return quote asset per base asset; 0 or less, or infinite, when it is never liquidated
   */
  public static double liquidationPrice2026(final Position position, final Bracket bracket) {
    final double sign = position.side().sign();
    final double initial = position.initialMargin(Contract.INVERSE);
    final double extra = position.margin(Contract.INVERSE) - initial;
    return position.quantity()
        * (1 + sign * bracket.maintenanceRate())
        / (position.notional(Contract.INVERSE)
            + sign
                * (initial
                    + extra / (1 + sign * position.feeRate())
                    + bracket.maintenanceAmount()));
  }
}
