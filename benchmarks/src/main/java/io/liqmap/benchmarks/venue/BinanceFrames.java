package io.liqmap.benchmarks.venue;

/** Frames in the form of Binance's USD-M streams. */
final class BinanceFrames {
  private static final long MARK_SCALE = 10_000_000;
  private static final long HOUR_MILLIS = 3_600_000;
  private static final long MAX_FILLS = 4;

  private final FrameText to;
  private final Quotes market;
  private long aggregate = 3_000_000_000L;
  private long lastFill = 7_000_000_000L;

  BinanceFrames(final FrameText to, final Quotes market) {
    this.to = to;
    this.market = market;
  }

  void trade() {
    final long first = lastFill + 1;
    lastFill = first + market.below((int) MAX_FILLS);
    final long quantity = market.quantity();
    to.text("{'stream':'btcusdt@aggTrade','data':{'e':'aggTrade','E':")
        .number(market.millis())
        .text(",'a':")
        .number(++aggregate)
        .text(",'s':'BTCUSDT','p':'")
        .decimal(10 * market.price(), 2)
        .text("','q':'")
        .decimal(quantity, Quotes.QUANTITY_DECIMALS)
        .text("','nq':'")
        .decimal(quantity, Quotes.QUANTITY_DECIMALS)
        .text("','f':")
        .number(first)
        .text(",'l':")
        .number(lastFill)
        .text(",'T':")
        .number(market.millis())
        .text(market.flip() ? ",'m':true,'st':1}}" : ",'m':false,'st':1}}");
  }

  void top() {
    to.text("{'stream':'btcusdt@bookTicker','data':{'e':'bookTicker','u':")
        .number(market.nextId())
        .text(",'s':'BTCUSDT','ps':'BTCUSDT','b':'")
        .decimal(10 * market.price(), 2)
        .text("','B':'")
        .decimal(market.quantity(), Quotes.QUANTITY_DECIMALS)
        .text("','a':'")
        .decimal(10 * (market.price() + 1), 2)
        .text("','A':'")
        .decimal(market.quantity(), Quotes.QUANTITY_DECIMALS)
        .text("','T':")
        .number(market.millis())
        .text(",'E':")
        .number(market.millis())
        .text(",'st':1}}");
  }

  void mark() {
    final long mark = market.price() * MARK_SCALE + market.below((int) MARK_SCALE);
    to.text("{'stream':'btcusdt@markPrice@1s','data':{'e':'markPriceUpdate','E':")
        .number(market.millis())
        .text(",'s':'BTCUSDT','p':'")
        .decimal(mark, 8)
        .text("','ap':'")
        .decimal(mark, 8)
        .text("','P':'")
        .decimal(mark + MARK_SCALE, 8)
        .text("','i':'")
        .decimal(mark + market.below((int) MARK_SCALE), 8)
        .text("','r':'")
        .decimal(1 + market.below(10_000), 8)
        .text("','T':")
        .number((market.millis() / HOUR_MILLIS + 1) * HOUR_MILLIS)
        .text(",'st':1}}");
  }

  void liquidation() {
    final long quantity = market.quantity();
    to.text("{'stream':'btcusdt@forceOrder','data':{'e':'forceOrder','E':")
        .number(market.millis())
        .text(",'o':{'s':'BTCUSDT','S':'")
        .text(market.flip() ? "SELL" : "BUY")
        .text("','o':'LIMIT','f':'IOC','q':'")
        .decimal(quantity, Quotes.QUANTITY_DECIMALS)
        .text("','p':'")
        .decimal(10 * market.price(), 2)
        .text("','ap':'")
        .decimal(10 * market.price(), 2)
        .text("','X':'FILLED','l':'")
        .decimal(quantity, Quotes.QUANTITY_DECIMALS)
        .text("','z':'")
        .decimal(quantity, Quotes.QUANTITY_DECIMALS)
        .text("','T':")
        .number(market.millis())
        .text(",'ps':'BTCUSDT','st':1}}}");
  }

  /** The answer to a poll. */
  void openInterest() {
    to.text("{'symbol':'BTCUSDT','openInterest':'")
        .decimal(95_000_000 + market.quantity(), Quotes.QUANTITY_DECIMALS)
        .text("','time':")
        .number(market.millis())
        .text("}");
  }
}
