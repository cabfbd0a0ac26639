package io.liqmap.benchmarks.venue;

/** Frames in the form of OKX's public channels. */
final class OkxFrames {
  private static final int SIZE_DECIMALS = 2;

  private final FrameText to;
  private final Quotes market;

  OkxFrames(final FrameText to, final Quotes market) {
    this.to = to;
    this.market = market;
  }

  private FrameText begin(final String channel, final String instrument) {
    return to.text("{'arg':{'channel':'")
        .text(channel)
        .text("','instId':'")
        .text(instrument)
        .text("'},'data':[{");
  }

  private void end() {
    to.text(",'ts':'").number(market.millis()).text("'}]}");
  }

  void trade() {
    begin("trades", "BTC-USDT-SWAP")
        .text("'instId':'BTC-USDT-SWAP','tradeId':'")
        .number(market.nextId())
        .text("','px':'")
        .decimal(market.price(), Quotes.PRICE_DECIMALS)
        .text("','sz':'")
        .decimal(market.quantity(), SIZE_DECIMALS)
        .text("','side':'")
        .text(market.flip() ? "buy" : "sell")
        .text("','count':'")
        .number(1 + market.below(5))
        .text("','seqId':")
        .number(market.nextId())
        .text(",'source':'0'");
    end();
  }

  void top() {
    begin("bbo-tbt", "BTC-USDT-SWAP")
        .text("'asks':[['")
        .decimal(market.price() + 1, Quotes.PRICE_DECIMALS)
        .text("','")
        .decimal(market.quantity(), SIZE_DECIMALS)
        .text("','0','")
        .number(1 + market.below(30))
        .text("']],'bids':[['")
        .decimal(market.price(), Quotes.PRICE_DECIMALS)
        .text("','")
        .decimal(market.quantity(), SIZE_DECIMALS)
        .text("','0','")
        .number(1 + market.below(30))
        .text("']],'seqId':")
        .number(market.nextId());
    end();
  }

  void mark() {
    begin("mark-price", "BTC-USDT-SWAP")
        .text("'instId':'BTC-USDT-SWAP','instType':'SWAP','markPx':'")
        .decimal(market.price(), Quotes.PRICE_DECIMALS)
        .text("'");
    end();
  }

  void index() {
    begin("index-tickers", "BTC-USDT")
        .text("'instId':'BTC-USDT','idxPx':'")
        .decimal(market.price(), Quotes.PRICE_DECIMALS)
        .text("','high24h':'85000','low24h':'81000.5','open24h':'83000.1','sodUtc0':'83211.2'")
        .text(",'sodUtc8':'83100'");
    end();
  }

  void openInterest() {
    begin("open-interest", "BTC-USDT-SWAP")
        .text("'instId':'BTC-USDT-SWAP','instType':'SWAP','oi':'")
        .decimal(221_611_301L + market.quantity(), SIZE_DECIMALS)
        .text("','oiCcy':'")
        .decimal(221_611_301L + market.quantity(), 4)
        .text("','oiUsd':'1939251795.54769'");
    end();
  }

  void liquidation() {
    to.text("{'arg':{'channel':'liquidation-orders','instType':'SWAP'},'data':[{'details':[{")
        .text("'bkLoss':'0','bkPx':'")
        .decimal(market.price(), Quotes.PRICE_DECIMALS)
        .text("','ccy':'','posSide':'")
        .text(market.flip() ? "long','side':'sell" : "short','side':'buy")
        .text("','sz':'")
        .decimal(market.quantity(), SIZE_DECIMALS)
        .text("','ts':'")
        .number(market.millis())
        .text("'}],'instFamily':'BTC-USDT','instId':'BTC-USDT-SWAP','instType':'SWAP'")
        .text(",'uly':'BTC-USDT'}]}");
  }
}
