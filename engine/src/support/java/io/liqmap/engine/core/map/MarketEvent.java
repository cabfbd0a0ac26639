package io.liqmap.engine.core.map;

import io.liqmap.engine.core.margin.Side;

/**
 * One event of a made-up market.
 *
 * @param kind what happens
 * @param at time, ns
 * @param price mantissa of a trade, mark or liquidation; ratio of accounts
 * @param quantity of a trade or liquidation, or open interest; funding rate of a mark
 * @param takerBuys of a trade; of a liquidation whether a long was closed
 */
public record MarketEvent(Kind kind, long at, long price, double quantity, boolean takerBuys) {
  /** What happens. */
  public enum Kind {
    TRADE,
    MARK,
    OPEN_INTEREST,
    LIQUIDATION,
    ACCOUNT_RATIO
  }

  void applyTo(final MapUnderTest map) {
    switch (kind) {
      case TRADE -> map.onTrade(at, price, quantity, takerBuys);
      case MARK -> map.onMark(at, price, (long) quantity);
      case OPEN_INTEREST -> map.onOpenInterest(at, quantity);
      case LIQUIDATION ->
          map.onLiquidation(at, takerBuys ? Side.LONG : Side.SHORT, price, quantity);
      case ACCOUNT_RATIO -> map.onAccountRatio(at, price);
    }
  }

  /** Applies it to a map. */
  public void applyTo(final InstrumentMap map) {
    applyTo(new FastInstrumentMap(map, 0));
  }
}
