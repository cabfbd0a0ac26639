package io.liqmap.gateway.venue;

import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.InstrumentDefinition;

/**
 * What a decoder keeps of one instrument, between frames: the ticker as the venue's fields have it,
 * what was sent of it, and ids. Each method that sends returns whether it did. One thread.
 */
final class InstrumentState {
  /** Unchanged marks and books are sent again after this, ns. */
  static final long REPEAT_NANOS = 10_000_000_000L;

  /** Unchanged open interest is sent again after this, ns, as importers do. */
  static final long REPEAT_INTEREST_NANOS = 60_000_000_000L;

  private static final int LIQUIDATIONS = 64;

  final InstrumentDefinition definition;
  final int priceDecimals;
  final int quantityDecimals;

  /** Trades, marks, open interest and liquidations. */
  final Line market = new Line();

  /** The top of the book, the same line where one connection carries all. */
  final Line top;

  /** The venue's fields; 0 or {@link FeedEvent#ABSENT} where they aren't known. */
  long mark;

  long index = FeedEvent.ABSENT;
  long rate = FeedEvent.ABSENT;
  long nextFunding;
  long interest;
  long bid;
  long bidQuantity;
  long ask;
  long askQuantity;

  /** Time of the last ticker, ns; of OKX's index, of Hyperliquid's top of the book. */
  long tickerTime;

  /** Time of the last funding rate that came by itself, ns. */
  long fundingTime;

  /** Whether the fields began with a snapshot, so that deltas can be used. */
  boolean hasSnapshot;

  /** Latest ids, −1 before any. */
  final RisingId trade = new RisingId();

  final RisingId aggregate = new RisingId();
  final RisingId update = new RisingId();
  final RisingId markTime = new RisingId();
  final RecentIds trades;
  private final RecentIds liquidations = new RecentIds(LIQUIDATIONS);

  private long sentMark;
  private long sentIndex;
  private long sentRate;
  private long sentNextFunding;
  private long sentMarkTime;
  private long sentInterest;
  private long sentInterestTime;
  private long sentBid;
  private long sentBidQuantity;
  private long sentAsk;
  private long sentAskQuantity;
  private long sentTopTime;
  private long ratioTime;

  /**
   * Starts without anything known.
   *
   * @param tradeIds how many ids of trades to remember, a power of two; 0 where ids rise
   * @param hasTwoLines whether another connection carries the top of the book
   */
  InstrumentState(final InstrumentDefinition of, final int tradeIds, final boolean hasTwoLines) {
    definition = of;
    priceDecimals = -of.priceExponent();
    quantityDecimals = -of.quantityExponent();
    trades = tradeIds == 0 ? null : new RecentIds(tradeIds);
    top = hasTwoLines ? new Line() : market;
  }

  /** Forgets the ticker's fields. */
  void resetTicker() {
    hasSnapshot = false;
    mark = 0;
    index = FeedEvent.ABSENT;
    rate = FeedEvent.ABSENT;
    nextFunding = 0;
    interest = 0;
    bid = 0;
    bidQuantity = 0;
    ask = 0;
    askQuantity = 0;
  }

  void trade(
      final MarketSink out,
      final long time,
      final long price,
      final long quantity,
      final int takerSide,
      final long missing) {
    market.data(out, definition, time, missing);
    out.trade(definition, time, price, quantity, takerSide);
  }

  /** Sends the mark if any of its fields changed, or for long it wasn't sent. */
  boolean sendMark(final MarketSink out, final long time) {
    if (mark == 0
        || (mark == sentMark
            && index == sentIndex
            && rate == sentRate
            && nextFunding == sentNextFunding
            && time - sentMarkTime < REPEAT_NANOS)) {
      return false;
    }
    sentMark = mark;
    sentIndex = index;
    sentRate = rate;
    sentNextFunding = nextFunding;
    sentMarkTime = time;
    market.data(out, definition, time, 0);
    out.mark(definition, time, mark, index, rate, nextFunding);
    return true;
  }

  /**
   * Sends open interest if it changed, or for long it wasn't sent; it isn't older than the last.
   */
  boolean sendInterest(final MarketSink out, final long time, final boolean isStreamed) {
    if (interest == 0
        || time < sentInterestTime
        || (interest == sentInterest && time - sentInterestTime < REPEAT_INTEREST_NANOS)) {
      return false;
    }
    sentInterest = interest;
    sentInterestTime = time;
    if (isStreamed) {
      market.data(out, definition, time, 0);
    }
    out.openInterest(definition, time, interest);
    return true;
  }

  /** Sends the top of the book if it has both sides, isn't crossed, and changed. */
  boolean sendTop(final MarketSink out, final long time) {
    if (bid == 0
        || bidQuantity == 0
        || ask == 0
        || askQuantity == 0
        || ask < bid
        || (bid == sentBid
            && bidQuantity == sentBidQuantity
            && ask == sentAsk
            && askQuantity == sentAskQuantity
            && time - sentTopTime < REPEAT_NANOS)) {
      return false;
    }
    sentBid = bid;
    sentBidQuantity = bidQuantity;
    sentAsk = ask;
    sentAskQuantity = askQuantity;
    sentTopTime = time;
    top.data(out, definition, time, 0);
    out.bestBidOffer(definition, time, bid, bidQuantity, ask, askQuantity);
    return true;
  }

  /** Sends a liquidation unless another frame had it. */
  boolean sendLiquidation(
      final MarketSink out,
      final long time,
      final long price,
      final long quantity,
      final int positionSide,
      final int frame) {
    final long hash =
        RecentIds.mix(
            RecentIds.mix(RecentIds.mix(RecentIds.mix(1, time), price), quantity), positionSide);
    if (!liquidations.add(hash == 0 ? 1 : hash, frame)) {
      return false;
    }
    market.data(out, definition, time, 0);
    out.liquidation(definition, time, price, quantity, positionSide);
    return true;
  }

  /** Sends a ratio of accounts that is newer than the last. */
  boolean sendRatio(final MarketSink out, final long time, final long ratio) {
    if (time <= ratioTime) {
      return false;
    }
    ratioTime = time;
    out.accountRatio(definition, time, ratio);
    return true;
  }
}
