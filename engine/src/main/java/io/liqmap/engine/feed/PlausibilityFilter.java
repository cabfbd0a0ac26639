package io.liqmap.engine.feed;

import java.util.Arrays;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Doubts of what can be, but hardly is: leaps of price, open interest and time beyond {@link
 * JumpLimits}, and quantities beyond all open interest.
 *
 * <p>What is believed follows from the messages that were believed before. Gap messages and
 * definitions move no clock: they bear times that others gave them. The adapter asks; a {@link
 * FeedState} follows its events with what was accepted and what was doubted. One thread; allocates
 * nothing.
 */
final class PlausibilityFilter {
  /** Nothing is doubtful. */
  static final int NONE = 0;

  private final JumpLimits limits;
  private final LastAccepted prices;
  private final LastAccepted interests;
  private final double[] mostPerInterest;
  private final long[] mostQuantity;

  private long newest;
  private long earliest = FeedAdapter.MIN_TIME;
  private long latest = FeedAdapter.MAX_TIME;
  private long doubtedTime;
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
   * Takes note of an instrument's units.
   *
   * @param tradesPerInterest trade mantissas in one of open interest, 0 where price decides
   */
  void define(final int id, final double tradesPerInterest) {
    mostPerInterest[id] = tradesPerInterest * StrictMath.scalb(1.0, limits.quantityBits());
  }

  /** Carries on behind a time: what comes next may be of any later one. */
  void resumeAfter(final long time) {
    turnClockTo(time);
    admitAnyLaterTime();
    agreeingTimes = 0;
  }

  /** Lets the next time be as late as it likes, as that of a feed that begins later. */
  void admitAnyLaterTime() {
    latest = FeedAdapter.MAX_TIME;
  }

  /** What is doubtful about a trade: one of {@link FeedEvent}'s, {@link #NONE} if nothing. */
  int ofTrade(final int id, final long time, final long price, final long quantity) {
    if (!admits(time)) {
      return FeedEvent.TIME;
    }
    if (quantity > mostQuantity[id]) {
      return FeedEvent.QUANTITY;
    }
    return prices.admits(id, price) ? NONE : FeedEvent.PRICE;
  }

  /** What is doubtful about a mark price. */
  int ofMark(final int id, final long time, final long price) {
    if (!admits(time)) {
      return FeedEvent.TIME;
    }
    return prices.admits(id, price) ? NONE : FeedEvent.PRICE;
  }

  /** What is doubtful about a liquidation; it proves no price. */
  int ofLiquidation(final int id, final long time, final long price, final long quantity) {
    if (!admits(time)) {
      return FeedEvent.TIME;
    }
    if (quantity > mostQuantity[id]) {
      return FeedEvent.QUANTITY;
    }
    return prices.holds(id, price) ? NONE : FeedEvent.LIQUIDATION_PRICE;
  }

  /** What is doubtful about an open interest. */
  int ofOpenInterest(final int id, final long time, final long quantity) {
    if (!admits(time)) {
      return FeedEvent.TIME;
    }
    if (!interests.admits(id, quantity)) {
      return FeedEvent.INTEREST;
    }
    limitQuantity(id);
    return NONE;
  }

  /** What is doubtful about a message that has nothing but a time. */
  int ofTime(final long time) {
    return admits(time) ? NONE : FeedEvent.TIME;
  }

  /** Whether a definition isn't later than a message may be; it may be old. */
  boolean admitsDefinition(final long time) {
    return time <= latest;
  }

  /** Follows a price that was accepted, and its time. */
  void acceptPrice(final int id, final long time, final long price) {
    acceptTime(time);
    prices.accept(id, price);
  }

  /** Follows an open interest that was accepted, and its time. */
  void acceptInterest(final int id, final long time, final long quantity) {
    acceptTime(time);
    interests.accept(id, quantity);
  }

  /** Follows a time that was accepted. */
  void acceptTime(final long time) {
    agreeingTimes = 0;
    if (time > newest || time < earliest) {
      turnClockTo(time);
    } else {
      latest = newest + limits.aheadNanos();
    }
  }

  /** Follows a message that was doubted. */
  void doubt(final int what, final int id, final long time, final long value) {
    if (what == FeedEvent.TIME) {
      doubtTime(time);
      return;
    }
    acceptTime(time);
    if (what == FeedEvent.PRICE) {
      prices.doubt(id, value);
    } else if (what == FeedEvent.INTEREST) {
      interests.doubt(id, value);
    }
  }

  private boolean admits(final long time) {
    if (time < earliest || time > latest) {
      doubtTime(time);
      if (agreeingTimes < limits.agreeing()) {
        return false;
      }
    }
    acceptTime(time);
    return true;
  }

  private void doubtTime(final long time) {
    final boolean agrees = Math.abs(time - doubtedTime) <= limits.aheadNanos();
    agreeingTimes = agreeingTimes > 0 && agrees ? agreeingTimes + 1 : 1;
    doubtedTime = time;
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

  /** Takes over what another has come to believe and doubt; instruments are defined before. */
  void copyFrom(final PlausibilityFilter other) {
    prices.copyFrom(other.prices);
    interests.copyFrom(other.interests);
    newest = other.newest;
    earliest = other.earliest;
    latest = other.latest;
    doubtedTime = other.doubtedTime;
    agreeingTimes = other.agreeingTimes;
    for (int id = 0; id < mostQuantity.length; id++) {
      limitQuantity(id);
    }
  }

  void encode(final LongConsumer out) {
    out.accept(newest);
    out.accept(agreeingTimes == 0 ? 0 : doubtedTime);
    out.accept(agreeingTimes);
    long known = 0;
    for (int id = 0; id < mostQuantity.length; id++) {
      known += isBlank(id) ? 0 : 1;
    }
    out.accept(known);
    for (int id = 0; id < mostQuantity.length; id++) {
      if (!isBlank(id)) {
        out.accept(id);
        prices.encode(id, out);
        interests.encode(id, out);
      }
    }
  }

  void decode(final LongSupplier in) {
    final long clock = FeedState.within(in.getAsLong(), 0, FeedAdapter.MAX_TIME);
    if (clock > 0) {
      turnClockTo(clock);
    }
    doubtedTime = FeedState.within(in.getAsLong(), 0, FeedAdapter.MAX_TIME);
    agreeingTimes = (int) FeedState.within(in.getAsLong(), 0, limits.agreeing());
    final long known = FeedState.within(in.getAsLong(), 0, mostQuantity.length);
    long before = -1;
    for (long i = 0; i < known; i++) {
      before = FeedState.within(in.getAsLong(), before + 1, mostQuantity.length - 1L);
      prices.decode((int) before, in);
      interests.decode((int) before, in);
    }
  }

  private boolean isBlank(final int id) {
    return prices.isBlank(id) && interests.isBlank(id);
  }
}
