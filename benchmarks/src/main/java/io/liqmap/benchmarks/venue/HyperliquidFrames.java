package io.liqmap.benchmarks.venue;

/** Frames in the form of Hyperliquid's subscriptions. */
final class HyperliquidFrames {
  private static final int MAX_TRADES = 4;
  private static final int SIZE_DECIMALS = 5;

  private final FrameText to;
  private final Quotes market;

  HyperliquidFrames(final FrameText to, final Quotes market) {
    this.to = to;
    this.market = market;
  }

  /** One trade to four; returns their number. */
  int trades() {
    final int count = 1 + market.below(MAX_TRADES);
    to.text("{'channel':'trades','data':[");
    for (int i = 0; i < count; i++) {
      to.text(i == 0 ? "{'coin':'BTC','side':'" : ",{'coin':'BTC','side':'")
          .text(market.flip() ? "B" : "A")
          .text("','px':'")
          .decimal(market.price(), Quotes.PRICE_DECIMALS)
          .text("','sz':'")
          .decimal(100 * market.quantity(), SIZE_DECIMALS)
          .text("','time':")
          .number(market.millis())
          .text(",'hash':'0x");
      for (int part = 0; part < 4; part++) {
        to.hex(market.bits(), 16);
      }
      to.text("','tid':")
          .number(market.nextId() * 1_000)
          .text(",'users':['0x")
          .hex(market.bits(), 16)
          .hex(market.bits(), 16)
          .hex(market.bits(), 8)
          .text("','0x")
          .hex(market.bits(), 16)
          .hex(market.bits(), 16)
          .hex(market.bits(), 8)
          .text("']}");
    }
    to.text("]}");
    return count;
  }

  void top() {
    to.text("{'channel':'bbo','data':{'coin':'BTC','time':")
        .number(market.millis())
        .text(",'bbo':[{'px':'")
        .decimal(market.price(), Quotes.PRICE_DECIMALS)
        .text("','sz':'")
        .decimal(100 * market.quantity(), SIZE_DECIMALS)
        .text("','n':")
        .number(1 + market.below(30))
        .text("},{'px':'")
        .decimal(market.price() + 10, Quotes.PRICE_DECIMALS)
        .text("','sz':'")
        .decimal(100 * market.quantity(), SIZE_DECIMALS)
        .text("','n':")
        .number(1 + market.below(30))
        .text("}]}}");
  }

  void context() {
    to.text("{'channel':'activeAssetCtx','data':{'coin':'BTC','ctx':{'funding':'")
        .decimal(1 + market.below(200_000), 10)
        .text("','openInterest':'")
        .decimal(3_455_456_282L + market.quantity(), SIZE_DECIMALS)
        .text("','prevDayPx':'78287.0','dayNtlVlm':'2115733633.6778900623','premium':'")
        .decimal(market.below(5_000_000), 10)
        .text("','oraclePx':'")
        .decimal(market.price() + 5, Quotes.PRICE_DECIMALS)
        .text("','markPx':'")
        .decimal(market.price(), Quotes.PRICE_DECIMALS)
        .text("','midPx':'")
        .decimal(market.price(), Quotes.PRICE_DECIMALS)
        .text("','impactPxs':['")
        .decimal(market.price(), Quotes.PRICE_DECIMALS)
        .text("','")
        .decimal(market.price() + 10, Quotes.PRICE_DECIMALS)
        .text("'],'dayBaseVlm':'26942.23195'}}}");
  }
}
