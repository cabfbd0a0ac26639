package io.liqmap.benchmarks.venue;

/**
 * A seeded session of BTC's perpetuals on four venues, frame after frame, with the venues' fields
 * and made-up, changing values. Each frame is of an instrument whose number is its venue's.
 *
 * <pre>
 *   of 1,000 frames
 *   Binance      aggTrade 170, bookTicker 319, markPrice 8, forceOrder 2, open interest polled 1
 *   Bybit        publicTrade 125 (1 to 4 trades), tickers 74, allLiquidation 1
 *   OKX          trades 90, bbo-tbt 105, mark-price 16, index-tickers 6, open-interest 2,
 *                liquidation-orders 1
 *   Hyperliquid  trades 32 (1 to 4), bbo 40, activeAssetCtx 8
 * </pre>
 *
 * One thread; allocates nothing once made.
 */
final class VenueSession {
  static final int BINANCE = 0;
  static final int BYBIT = 1;
  static final int OKX = 2;
  static final int HYPERLIQUID = 3;

  private final FrameText text = new FrameText();
  private final Quotes market;
  private final BinanceFrames binance;
  private final BybitFrames bybit;
  private final OkxFrames okx;
  private final HyperliquidFrames hyperliquid;
  private final VenueMix mix;
  private boolean hasTicker;
  private int venue;
  private long trades;
  private long liquidations;

  VenueSession(final long seed, final VenueMix mix, final long start) {
    this.mix = mix;
    market = new Quotes(seed, start);
    binance = new BinanceFrames(text, market);
    bybit = new BybitFrames(text, market);
    okx = new OkxFrames(text, market);
    hyperliquid = new HyperliquidFrames(text, market);
  }

  /** Writes the next frame; returns where it ends. */
  int next(final byte[] target, final int offset) {
    market.step();
    text.wrap(target, offset);
    int kind = mix.from + market.below(mix.to - mix.from);
    if (!hasTicker && kind >= VenueMix.BYBIT.from && kind < VenueMix.BYBIT.to) {
      // The first, as after a subscription, is the snapshot that deltas need.
      kind = 625;
      hasTicker = true;
    }
    if (kind < VenueMix.BINANCE.to) {
      binance(kind);
    } else if (kind < VenueMix.BYBIT.to) {
      bybit(kind);
    } else if (kind < VenueMix.OKX.to) {
      okx(kind);
    } else {
      hyperliquid(kind);
    }
    return text.end();
  }

  private void binance(final int kind) {
    venue = BINANCE;
    if (kind < 170) {
      binance.trade();
      trades++;
    } else if (kind < 489) {
      binance.top();
    } else if (kind < 497) {
      binance.mark();
    } else if (kind < 499) {
      binance.liquidation();
      liquidations++;
    } else {
      binance.openInterest();
    }
  }

  private void bybit(final int kind) {
    venue = BYBIT;
    if (kind < 625) {
      trades += bybit.trades();
    } else if (kind < 699) {
      bybit.ticker();
    } else {
      bybit.liquidation();
      liquidations++;
    }
  }

  private void okx(final int kind) {
    venue = OKX;
    if (kind < 790) {
      okx.trade();
      trades++;
    } else if (kind < 895) {
      okx.top();
    } else if (kind < 911) {
      okx.mark();
    } else if (kind < 917) {
      okx.index();
    } else if (kind < 919) {
      okx.openInterest();
    } else {
      okx.liquidation();
      liquidations++;
    }
  }

  private void hyperliquid(final int kind) {
    venue = HYPERLIQUID;
    if (kind < 952) {
      trades += hyperliquid.trades();
    } else if (kind < 992) {
      hyperliquid.top();
    } else {
      hyperliquid.context();
    }
  }

  /** Venue of the last frame. */
  int venue() {
    return venue;
  }

  /** When the last frame is received, ns. */
  long time() {
    return market.time();
  }

  /** Trades written so far. */
  long trades() {
    return trades;
  }

  /** Liquidations written so far. */
  long liquidations() {
    return liquidations;
  }
}
