package io.liqmap.engine.feed;

import java.util.Arrays;

/**
 * Doubts of what can be, but hardly is: leaps of price, open interest and time beyond {@link
 * FeedLimits}, and quantities beyond all open interest.
 *
 * <p>What is believed follows from the messages that were believed before. Gap messages and
 * definitions move no clock: they bear times that others gave them. One thread; allocates nothing.
 */
final class Doubts {
  private final FeedLimits limits;
  private final Belief prices;
  private final Belief interests;
  private final double[] mostPerInterest;
  private final long[] mostQuantity;

  private long newest;
  private long earliest = FeedAdapter.MIN_TIME;
  private long latest = FeedAdapter.MAX_TIME;
  private long doubtedTime;
  private int agreeingTimes;

  Doubts(final int instruments, final FeedLimits limits) {
    this.limits = limits;
    prices = new Belief(instruments, limits.priceBits(), limits.agreeing());
    interests = new Belief(instruments, limits.interestBits(), limits.agreeing());
    mostPerInterest = new double[instruments];
    mostQuantity = new long[instruments];
    Arrays.fill(mostQuantity, FeedAdapter.MAX_MANTISSA);
  }

  /**
   * Takes note of an instrument's units.
   *
   * @param tradesPerInterest trade mantissas in one of open interest, 0 where price decides
   */
  void define(final int id, final double tradesPerInterest) {
    mostPerInterest[id] = tradesPerInterest * StrictMath.scalb(1.0, limits.quantityBits());
  }

  /** Carries on behind a time: what comes next may be of any later one. */
  void resumeAfter(final long time) {
    newest = time;
    earliest = time - limits.behindNanos();
    latest = FeedAdapter.MAX_TIME;
    agreeingTimes = 0;
  }

  /** Takes price and open interest of an instrument for its last ones, mantissas, 0 for unknown. */
  void believe(final int id, final long price, final long openInterest) {
    prices.believe(id, price);
    interests.believe(id, openInterest);
    limitQuantity(id, openInterest);
  }

  /** What is doubtful about a trade, null if nothing. */
  FeedFault ofTrade(final int id, final long time, final long price, final long quantity) {
    if (!admits(time)) {
      return FeedFault.TIME;
    }
    if (quantity > mostQuantity[id]) {
      return FeedFault.QUANTITY;
    }
    return prices.admits(id, price) ? null : FeedFault.PRICE;
  }

  /** What is doubtful about a mark price, null if nothing. */
  FeedFault ofMark(final int id, final long time, final long price) {
    if (!admits(time)) {
      return FeedFault.TIME;
    }
    return prices.admits(id, price) ? null : FeedFault.PRICE;
  }

  /** What is doubtful about a liquidation, null if nothing; it proves no price. */
  FeedFault ofLiquidation(final int id, final long time, final long price, final long quantity) {
    if (!admits(time)) {
      return FeedFault.TIME;
    }
    if (quantity > mostQuantity[id]) {
      return FeedFault.QUANTITY;
    }
    return prices.holds(id, price) ? null : FeedFault.PRICE;
  }

  /** What is doubtful about an open interest, null if nothing. */
  FeedFault ofOpenInterest(final int id, final long time, final long quantity) {
    if (!admits(time)) {
      return FeedFault.TIME;
    }
    if (!interests.admits(id, quantity)) {
      return FeedFault.QUANTITY;
    }
    limitQuantity(id, quantity);
    return null;
  }

  /** What is doubtful about a message that has nothing but a time, null if nothing. */
  FeedFault ofTime(final long time) {
    return admits(time) ? null : FeedFault.TIME;
  }

  /** What is doubtful about a definition, null if nothing; it may be old. */
  FeedFault ofDefinition(final long time) {
    return time <= latest ? null : FeedFault.TIME;
  }

  private boolean admits(final long time) {
    if (time >= earliest && time <= latest) {
      agreeingTimes = 0;
      if (time > newest) {
        turnClockTo(time);
      }
      return true;
    }
    final boolean agrees = Math.abs(time - doubtedTime) <= limits.aheadNanos();
    agreeingTimes = agreeingTimes > 0 && agrees ? agreeingTimes + 1 : 1;
    doubtedTime = time;
    if (agreeingTimes < limits.agreeing()) {
      return false;
    }
    agreeingTimes = 0;
    turnClockTo(time);
    return true;
  }

  private void turnClockTo(final long time) {
    newest = time;
    earliest = time - limits.behindNanos();
    latest = time + limits.aheadNanos();
  }

  private void limitQuantity(final int id, final long openInterest) {
    final double most = openInterest * mostPerInterest[id];
    mostQuantity[id] = most == 0 ? FeedAdapter.MAX_MANTISSA : Math.max(1, (long) most);
  }
}
