package io.liqmap.tools.importer;

/** A kind of file, under the name that its source gives it. */
enum InputKind {
  AGG_TRADES("aggTrades"),
  METRICS("metrics"),
  FUNDING_RATE("fundingRate"),
  MARK_PRICE_KLINES("markPriceKlines"),

  TRADES("trades"),
  DERIVATIVE_TICKER("derivative_ticker"),
  LIQUIDATIONS("liquidations"),

  BARS("ohlcv"),
  BAR_OPEN_INTEREST("open-interest"),
  BAR_LIQUIDATION("liquidation"),
  LONG_SHORT_RATIO("long-short-ratio"),

  PUBLIC_TRADES("public trades"),

  FRAMES("frames"),

  POSITIONS("positions");

  private final String name;

  InputKind(final String nameAtSource) {
    name = nameAtSource;
  }

  @Override
  public String toString() {
    return name;
  }
}
