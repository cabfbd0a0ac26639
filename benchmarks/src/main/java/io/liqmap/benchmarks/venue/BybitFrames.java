package io.liqmap.benchmarks.venue;

/** Frames in the form of Bybit's linear streams. */
final class BybitFrames {
  private static final int MAX_TRADES = 4;
  private static final long HALF_HOUR_MILLIS = 1_800_000;

  private final FrameText to;
  private final Quotes market;
  private boolean hasSnapshot;

  BybitFrames(final FrameText to, final Quotes market) {
    this.to = to;
    this.market = market;
  }

  /** One trade to four; returns their number. */
  int trades() {
    final int count = 1 + market.below(MAX_TRADES);
    to.text("{'topic':'publicTrade.BTCUSDT','type':'snapshot','ts':")
        .number(market.millis())
        .text(",'data':[");
    for (int i = 0; i < count; i++) {
      to.text(i == 0 ? "{'T':" : ",{'T':")
          .number(market.millis())
          .text(",'s':'BTCUSDT','S':'")
          .text(market.flip() ? "Buy" : "Sell")
          .text("','v':'")
          .decimal(market.quantity(), Quotes.QUANTITY_DECIMALS)
          .text("','p':'")
          .decimal(10 * market.price(), 2)
          .text("','L':'PlusTick','i':'")
          .hex(market.bits(), 8)
          .text("-")
          .hex(market.bits(), 4)
          .text("-5")
          .hex(market.bits(), 3)
          .text("-a")
          .hex(market.bits(), 3)
          .text("-")
          .hex(market.bits(), 12)
          .text("','BT':false,'RPI':false,'seq':")
          .number(market.nextId())
          .text("}");
    }
    to.text("]}");
    return count;
  }

  /** A snapshot first, then what changed: the top of the book mostly, mark and index else. */
  void ticker() {
    to.text("{'topic':'tickers.BTCUSDT','type':'")
        .text(hasSnapshot ? "delta" : "snapshot")
        .text("','data':{'symbol':'BTCUSDT'");
    final boolean isWhole = !hasSnapshot;
    hasSnapshot = true;
    final boolean isMark = market.below(5) == 0;
    if (isWhole) {
      to.text(",'tickDirection':'PlusTick','price24hPcnt':'0.002209','lastPrice':'")
          .decimal(10 * market.price(), 2)
          .text("','turnover24h':'4113727841.7400','fundingRate':'0.0001','nextFundingTime':'")
          .number((market.millis() / HALF_HOUR_MILLIS + 1) * HALF_HOUR_MILLIS)
          .text("'");
    }
    if (isWhole || isMark) {
      to.text(",'markPrice':'")
          .decimal(10 * market.price() + market.below(10), 2)
          .text("','indexPrice':'")
          .decimal(10 * market.price() + market.below(100), 2)
          .text("','openInterest':'")
          .decimal(53_000_000 + market.quantity(), Quotes.QUANTITY_DECIMALS)
          .text("','openInterestValue':'")
          .decimal(525_099_012_700L + market.quantity(), 2)
          .text("'");
    }
    if (isWhole || !isMark) {
      to.text(",'bid1Price':'")
          .decimal(10 * market.price(), 2)
          .text("','bid1Size':'")
          .decimal(market.quantity(), Quotes.QUANTITY_DECIMALS)
          .text("','ask1Price':'")
          .decimal(10 * (market.price() + 1), 2)
          .text("','ask1Size':'")
          .decimal(market.quantity(), Quotes.QUANTITY_DECIMALS)
          .text("'");
    }
    to.text("},'cs':").number(market.nextId()).text(",'ts':").number(market.millis()).text("}");
  }

  void liquidation() {
    to.text("{'topic':'allLiquidation.BTCUSDT','type':'snapshot','ts':")
        .number(market.millis())
        .text(",'data':[{'T':")
        .number(market.millis())
        .text(",'s':'BTCUSDT','S':'")
        .text(market.flip() ? "Buy" : "Sell")
        .text("','v':'")
        .decimal(market.quantity(), Quotes.QUANTITY_DECIMALS)
        .text("','p':'")
        .decimal(10 * market.price(), 2)
        .text("'}]}");
  }
}
