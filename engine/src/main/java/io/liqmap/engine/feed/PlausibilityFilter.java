package io.liqmap.engine.feed;

import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import java.util.Arrays;

/**
 * Rejects valid but implausible values: jumps in price, open interest and time beyond {@link
 * JumpLimits}, and quantities beyond all open interest.
 *
 * <p>Compares with the messages accepted before. Gap messages and definitions move no clock: their
 * times come from elsewhere. The adapter asks; a {@link FeedState} follows its events with what was
 * accepted and what was implausible. One thread; allocates nothing.
 */
final class PlausibilityFilter {
  static final int NONE = 0;

  private final JumpLimits limits;
  private final LastAccepted prices;
  private final LastAccepted interests;
  private final double[] mostPerInterest;
  private final long[] mostQuantity;

  private long newest;
  private long earliest = FeedAdapter.MIN_TIME;
  private long latest = FeedAdapter.MAX_TIME;
  private long implausibleTime;
  private int agreeingTimes;

  PlausibilityFilter(final int instruments, final JumpLimits limits) {
    this.limits = limits;
    prices = new LastAccepted(instruments, limits.priceBits(), limits.agreeing());
    interests = new LastAccepted(instruments, limits.interestBits(), limits.agreeing());
    mostPerInterest = new double[instruments];
    mostQuantity = new long[instruments];
    Arrays.fill(mostQuantity, FeedAdapter.MAX_MANTISSA);
  }

  /**
   * Sets an instrument's units.
   *
   * @param tradesPerInterest trade mantissas in one of open interest, 0 where price decides
   */
  void define(final int id, final double tradesPerInterest) {
    mostPerInterest[id] = tradesPerInterest * StrictMath.scalb(1.0, limits.quantityBits());
  }

  /** Resumes after a time: the next message may have any later one. */
  void resumeAfter(final long time) {
    turnClockTo(time);
    admitAnyLaterTime();
    agreeingTimes = 0;
  }

  /** Accepts any later time next, as that of a feed that begins later. */
  void admitAnyLaterTime() {
    latest = FeedAdapter.MAX_TIME;
  }

  boolean admitsAnyLaterTime() {
    return latest == FeedAdapter.MAX_TIME;
  }

  /**
   * Finds what is implausible about a trade: one of {@link FeedEvent}'s, {@link #NONE} if nothing.
   */
  int ofTrade(final int id, final long time, final long price, final long quantity) {
    if (!tryAcceptTime(time)) {
      return FeedEvent.TIME;
    }
    if (quantity > mostQuantity[id]) {
      return FeedEvent.QUANTITY;
    }
    return prices.tryAccept(id, price) ? NONE : FeedEvent.PRICE;
  }

  int ofMark(final int id, final long time, final long price) {
    if (!tryAcceptTime(time)) {
      return FeedEvent.TIME;
    }
    return prices.tryAccept(id, price) ? NONE : FeedEvent.PRICE;
  }

  /** Finds what is implausible about a liquidation, whose price proves nothing. */
  int ofLiquidation(final int id, final long time, final long price, final long quantity) {
    if (!tryAcceptTime(time)) {
      return FeedEvent.TIME;
    }
    if (quantity > mostQuantity[id]) {
      return FeedEvent.QUANTITY;
    }
    return prices.isPlausible(id, price) ? NONE : FeedEvent.LIQUIDATION_PRICE;
  }

  /** Finds what is implausible about a position, whose prices may lie anywhere. */
  int ofPosition(final int id, final long time, final long quantity) {
    if (!tryAcceptTime(time)) {
      return FeedEvent.TIME;
    }
    return quantity > mostQuantity[id] ? FeedEvent.QUANTITY : NONE;
  }

  int ofOpenInterest(final int id, final long time, final long quantity) {
    if (!tryAcceptTime(time)) {
      return FeedEvent.TIME;
    }
    if (!interests.tryAccept(id, quantity)) {
      return FeedEvent.INTEREST;
    }
    limitQuantity(id);
    return NONE;
  }

  int ofTime(final long time) {
    return tryAcceptTime(time) ? NONE : FeedEvent.TIME;
  }

  /** Whether a definition isn't later than a message may be; it may be old. */
  boolean admitsDefinition(final long time) {
    return time <= latest;
  }

  void acceptPrice(final int id, final long time, final long price) {
    acceptTime(time);
    prices.accept(id, price);
  }

  void acceptInterest(final int id, final long time, final long quantity) {
    acceptTime(time);
    interests.accept(id, quantity);
  }

  void acceptTime(final long time) {
    agreeingTimes = 0;
    if (time > newest || time < earliest) {
      turnClockTo(time);
    } else {
      latest = newest + limits.aheadNanos();
    }
  }

  void recordImplausible(final int what, final int id, final long time, final long value) {
    if (what == FeedEvent.TIME) {
      recordImplausibleTime(time);
      return;
    }
    acceptTime(time);
    if (what == FeedEvent.PRICE) {
      prices.recordImplausible(id, value);
    } else if (what == FeedEvent.INTEREST) {
      interests.recordImplausible(id, value);
    }
  }

  private boolean tryAcceptTime(final long time) {
    if (time < earliest || time > latest) {
      recordImplausibleTime(time);
      if (agreeingTimes < limits.agreeing()) {
        return false;
      }
    }
    acceptTime(time);
    return true;
  }

  private void recordImplausibleTime(final long time) {
    final boolean agrees = Math.abs(time - implausibleTime) <= limits.aheadNanos();
    agreeingTimes = agreeingTimes > 0 && agrees ? agreeingTimes + 1 : 1;
    implausibleTime = time;
  }

  private void turnClockTo(final long time) {
    newest = time;
    earliest = time - limits.behindNanos();
    latest = time + limits.aheadNanos();
  }

  private void limitQuantity(final int id) {
    final double most = interests.last(id) * mostPerInterest[id];
    mostQuantity[id] = most == 0 ? FeedAdapter.MAX_MANTISSA : Math.max(1, (long) most);
  }

  /** Copies the state of another; instruments are defined before. */
  void copyFrom(final PlausibilityFilter other) {
    prices.copyFrom(other.prices);
    interests.copyFrom(other.interests);
    newest = other.newest;
    earliest = other.earliest;
    latest = other.latest;
    implausibleTime = other.implausibleTime;
    agreeingTimes = other.agreeingTimes;
    for (int id = 0; id < mostQuantity.length; id++) {
      limitQuantity(id);
    }
  }

  void encode(final StateWriter out) {
    out.putLong(newest);
    out.putLong(agreeingTimes == 0 ? 0 : implausibleTime);
    out.putLong(agreeingTimes);
    long known = 0;
    for (int id = 0; id < mostQuantity.length; id++) {
      known += isBlank(id) ? 0 : 1;
    }
    out.putLong(known);
    for (int id = 0; id < mostQuantity.length; id++) {
      if (!isBlank(id)) {
        out.putLong(id);
        prices.encode(id, out);
        interests.encode(id, out);
      }
    }
  }

  void decode(final StateReader in) {
    final long clock = in.getLong(0, FeedAdapter.MAX_TIME);
    if (clock > 0) {
      turnClockTo(clock);
    }
    implausibleTime = in.getLong(0, FeedAdapter.MAX_TIME);
    agreeingTimes = (int) in.getLong(0, limits.agreeing());
    final long known = in.getLong(0, mostQuantity.length);
    long before = -1;
    for (long i = 0; i < known; i++) {
      before = in.getLong(before + 1, mostQuantity.length - 1L);
      prices.decode((int) before, in);
      interests.decode((int) before, in);
    }
  }

  private boolean isBlank(final int id) {
    return prices.isBlank(id) && interests.isBlank(id);
  }
}
