package io.liqmap.engine.core.margin;

/**
 * Liquidation prices of BitMEX inverse contracts. Approximate: after secondary sources (zoomerjd on
 * Medium, nottug/bitmex_utils, read 2026-11); no official worked example was found, and a funding
 * payment that is due is left out.
 */
public final class Bitmex {
  private Bitmex() {}

  /**
   * Price at which a position is liquidated under a bracket: EP / (1 + side·(IM − MM)) with IM =
   * 1/L + 2·fee, and MM = MMR + fee − cum·EP/Q, as shares of the value at entry (secondary, read
   * 2026-11).
   *
   * @param position inverse, quantity in the quote asset
   * @param bracket the one of the notional at entry, base asset
   * @return quote asset per base asset; 0 or less, or infinite, when it is never liquidated
   */
  public static double liquidationPrice(final Position position, final Bracket bracket) {
    final double value = position.notional(Contract.INVERSE);
    final double maintenance =
        value * (bracket.maintenanceRate() + position.feeRate()) - bracket.maintenanceAmount();
    return position.quantity()
        / (value + position.side().sign() * (margin(position) - maintenance));
  }

  /** Margin, base asset: BitMEX holds the fees of entry and exit in an isolated one. */
  static double margin(final Position position) {
    final double fees =
        position.isCross() ? 0 : 2 * position.feeRate() * position.notional(Contract.INVERSE);
    return position.margin(Contract.INVERSE) + fees;
  }
}
