package io.liqmap.engine.map;

/**
 * One event of a made-up market.
 *
 * @param kind what happens
 * @param at time, ns
 * @param price mantissa of a trade or mark
 * @param quantity of a trade, or open interest
 * @param takerBuys of a trade
 */
record MarketEvent(Kind kind, long at, long price, double quantity, boolean takerBuys) {
  enum Kind {
    TRADE,
    MARK,
    OPEN_INTEREST
  }

  void applyTo(final MapUnderTest map) {
    switch (kind) {
      case TRADE -> map.onTrade(at, price, quantity, takerBuys);
      case MARK -> map.onMark(at, price);
      case OPEN_INTEREST -> map.onOpenInterest(at, quantity);
    }
  }

  void applyTo(final InstrumentMap map) {
    switch (kind) {
      case TRADE -> map.onTrade(at, price, quantity, takerBuys);
      case MARK -> map.onMark(at, price, price, 0);
      case OPEN_INTEREST -> map.onOpenInterest(at, quantity);
    }
  }
}
