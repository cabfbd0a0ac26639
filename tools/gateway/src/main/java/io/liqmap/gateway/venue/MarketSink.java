package io.liqmap.gateway.venue;

import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.InstrumentDefinition;

/**
 * Takes what a frame says, in the feed's terms. Times are ns since 1970 by the venue's clock, or
 * that of receipt where the venue gives none; prices and quantities are mantissas of the
 * instrument's exponents. One thread.
 */
public interface MarketSink {
  /**
   * A trade.
   *
   * @param takerSide {@link FeedEvent#BUY} or {@link FeedEvent#SELL}
   */
  void trade(InstrumentDefinition of, long time, long price, long quantity, int takerSide);

  /**
   * A mark price; index price and funding rate are {@link FeedEvent#ABSENT} where unknown.
   *
   * @param fundingRate of the coming payment, 10⁻⁹ for one interval
   * @param nextFunding when it is paid, ns; 0 unknown
   */
  void mark(
      InstrumentDefinition of,
      long time,
      long mark,
      long index,
      long fundingRate,
      long nextFunding);

  /** Open interest, in the unit that the definition declares. */
  void openInterest(InstrumentDefinition of, long time, long quantity);

  /** The top of the book. */
  void bestBidOffer(
      InstrumentDefinition of, long time, long bid, long bidQuantity, long ask, long askQuantity);

  /**
   * A liquidation.
   *
   * @param positionSide {@link FeedEvent#LONG} or {@link FeedEvent#SHORT}
   */
  void liquidation(InstrumentDefinition of, long time, long price, long quantity, int positionSide);

  /**
   * Accounts that are long for each that is short.
   *
   * @param ratio 10⁻⁹
   */
  void accountRatio(InstrumentDefinition of, long time, long ratio);

  /**
   * A hole in the instrument's stream: ids are missing, or the line was down.
   *
   * @param missing messages known to be missing, 0 unknown
   * @param since last data before it, ns; 0 unknown
   */
  void interrupted(InstrumentDefinition of, long time, long missing, long since);
}
