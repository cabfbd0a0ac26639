package io.liqmap.engine.core.margin;

/**
 * One hypothetical position. Amounts are in the margin asset: quote for linear contracts, base for
 * inverse ones.
 *
 * @param side long or short
 * @param quantity base asset of a linear contract, quote asset of an inverse one, above 0
 * @param entryPrice quote asset per base asset, above 0
 * @param leverage notional at entry over initial margin, 1 or more
 * @param wallet balance that backs the position: cross margin; NaN for isolated margin, which is
 *     the notional at entry over the leverage
 * @param otherMaintenance maintenance margin that other positions claim of the wallet, 0 or more
 * @param otherProfit unrealised profit of other positions, below 0 for a loss
 * @param feeRate taker fee as a share of the notional, 0 to below 1; only some venues count it
 */
public record Position(
    Side side,
    double quantity,
    double entryPrice,
    double leverage,
    double wallet,
    double otherMaintenance,
    double otherProfit,
    double feeRate) {
  /**
   * Checks the ranges that the components document.
   *
   * @throws IllegalArgumentException if a value is out of its range, naming it
   */
  public Position {
    require(quantity > 0 && Double.isFinite(quantity), "quantity", quantity);
    require(entryPrice > 0 && Double.isFinite(entryPrice), "entryPrice", entryPrice);
    require(leverage >= 1 && Double.isFinite(leverage), "leverage", leverage);
    require(!Double.isInfinite(wallet), "wallet", wallet);
    require(
        otherMaintenance >= 0 && Double.isFinite(otherMaintenance),
        "otherMaintenance",
        otherMaintenance);
    require(Double.isFinite(otherProfit), "otherProfit", otherProfit);
    require(feeRate >= 0 && feeRate < 1, "feeRate", feeRate);
  }

  /** An isolated position without fees; parameters as for the components. */
  public static Position isolated(
      final Side side, final double quantity, final double entryPrice, final double leverage) {
    return new Position(side, quantity, entryPrice, leverage, Double.NaN, 0, 0, 0);
  }

  /**
   * The same with a wallet behind it, and no other positions in that.
   *
   * @param balance margin asset
   */
  public Position withWallet(final double balance) {
    return withWallet(balance, 0, 0);
  }

  /** The same with a wallet behind it; parameters as for the components. */
  public Position withWallet(
      final double balance, final double maintenanceOfOthers, final double profitOfOthers) {
    return new Position(
        side,
        quantity,
        entryPrice,
        leverage,
        balance,
        maintenanceOfOthers,
        profitOfOthers,
        feeRate);
  }

  /** The same with a taker fee, a share of the notional. */
  public Position withFee(final double rate) {
    return new Position(
        side, quantity, entryPrice, leverage, wallet, otherMaintenance, otherProfit, rate);
  }

  /** Whether a wallet backs it. */
  public boolean isCross() {
    return !Double.isNaN(wallet);
  }

  /** Value at entry, margin asset. */
  public double notional(final Contract contract) {
    return contract.notional(quantity, entryPrice);
  }

  /** Value at entry over leverage, margin asset. */
  public double initialMargin(final Contract contract) {
    return notional(contract) / leverage;
  }

  /** What it can lose: isolated its initial margin, cross what others leave of the wallet. */
  public double margin(final Contract contract) {
    return isCross() ? wallet - otherMaintenance + otherProfit : initialMargin(contract);
  }

  private static void require(final boolean holds, final String name, final double value) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is out of range: " + value);
    }
  }
}
