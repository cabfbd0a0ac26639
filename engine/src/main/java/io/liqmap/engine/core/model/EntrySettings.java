package io.liqmap.engine.core.model;

/**
 * How a model turns trades and open interest into new positions.
 *
 * <p>Between two updates of open interest that differ by Δ, with a volume of V, it opens max(0, Δ)
 * + turnover · max(0, V − |Δ|) on each side, never more than was traded or than there is.
 *
 * @param turnover share of the volume beyond the change of open interest that opens new positions
 *     in place of closed ones, 0 to 1
 * @param takerLean how much longs' entries lean on taker buying and shorts' on taker selling, 0
 *     (not) to 1 (altogether)
 * @param minTradeNotional trades below this open nothing, quote asset, 0 or more
 */
public record EntrySettings(double turnover, double takerLean, double minTradeNotional) {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is left, naming it
   */
  public EntrySettings {
    if (!(turnover >= 0 && turnover <= 1)) {
      throw new IllegalArgumentException("turnover has to be 0 to 1, was " + turnover);
    }
    if (!(takerLean >= 0 && takerLean <= 1)) {
      throw new IllegalArgumentException("takerLean has to be 0 to 1, was " + takerLean);
    }
    if (!(minTradeNotional >= 0 && minTradeNotional <= 1e12)) {
      throw new IllegalArgumentException(
          "minTradeNotional has to be 0 to 1e12, was " + minTradeNotional);
    }
  }
}
