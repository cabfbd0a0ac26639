package io.liqmap.engine.core.map;

import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;

/**
 * What a feed says of the market beside prices: funding, the change of open interest, the ratio of
 * accounts, the flow of takers. Each is unknown (NaN, or 0 for a time) until the feed states it.
 * Times are ns since 1970. One thread; allocates nothing once made.
 */
public final class MarketState {
  /** The short span over which changes are known. */
  public static final long HOUR = 3_600_000_000_000L;

  /** The long one. */
  public static final long DAY = 24 * HOUR;

  private static final long FIVE_MINUTES = HOUR / 12;

  private final OpenInterestHistory hour = new OpenInterestHistory(HOUR, FIVE_MINUTES);
  private final OpenInterestHistory day = new OpenInterestHistory(DAY, HOUR);
  private long fundingRate;
  private long fundingTime;
  private long nextFunding;
  private long accountRatio;
  private long accountRatioTime;
  private double openInterest;
  private double bought;
  private double sold;
  private long updateTime;

  MarketState() {
    // All is unknown until the feed says it.
  }

  /**
   * Funding rate, 10⁻⁹ for one interval, and when it is paid next, 0 where the feed doesn't say.
   */
  void onFunding(final long time, final long rate, final long next) {
    fundingRate = rate;
    fundingTime = time;
    nextFunding = next;
  }

  void onAccountRatio(final long time, final long ratio) {
    accountRatio = ratio;
    accountRatioTime = time;
  }

  /** An update of open interest, and what takers bought and sold since the one before. */
  void onOpenInterest(
      final long time, final double quantity, final double buys, final double sells) {
    openInterest = quantity;
    bought += buys;
    sold += sells;
    updateTime = time;
    hour.add(time, quantity, bought, sold);
    day.add(time, quantity, bought, sold);
  }

  /** Share of the notional that longs pay shorts at the next funding; NaN unknown. */
  public double fundingRate() {
    return fundingTime == 0 ? Double.NaN : fundingRate * 1e-9;
  }

  /** When the feed gave it, 0 never. */
  public long fundingTime() {
    return fundingTime;
  }

  /** When funding is paid next, 0 unknown. */
  public long nextFunding() {
    return nextFunding;
  }

  /** Accounts that are long for one that is short; NaN unknown. */
  public double accountRatio() {
    return accountRatioTime == 0 ? Double.NaN : accountRatio * 1e-9;
  }

  /** When the feed gave it, 0 never. */
  public long accountRatioTime() {
    return accountRatioTime;
  }

  /** Time of the last update of open interest, up to which changes and flows are known; 0 never. */
  public long updateTime() {
    return updateTime;
  }

  /**
   * Time of the update that changes over a span are counted from: the newest that is known of those
   * a span or more before the last, at most a twelfth of an hour (of a day: an hour) farther back
   * where the feed has updates that often; 0 where there is none.
   *
   * @param span {@link #HOUR} or {@link #DAY}
   */
  public long since(final long span) {
    final int index = history(span).indexAt(updateTime - span);
    return index < 0 ? 0 : history(span).time(index);
  }

  /** Change of open interest over a span, as a share of what it was; NaN unknown. */
  public double openInterestChange(final long span) {
    final int index = history(span).indexAt(updateTime - span);
    return index < 0 || history(span).openInterest(index) == 0
        ? Double.NaN
        : openInterest / history(span).openInterest(index) - 1;
  }

  /**
   * Takers' buying over their selling within a span: (bought − sold) / (bought + sold), −1 to 1;
   * NaN unknown, or where nothing was traded.
   */
  public double takerFlow(final long span) {
    final int index = history(span).indexAt(updateTime - span);
    if (index < 0) {
      return Double.NaN;
    }
    final double buys = bought - history(span).bought(index);
    final double sells = sold - history(span).sold(index);
    return (buys - sells) / (buys + sells);
  }

  private OpenInterestHistory history(final long span) {
    return span == HOUR ? hour : day;
  }

  void encode(final StateWriter out) {
    out.putLong(fundingRate);
    out.putLong(fundingTime);
    out.putLong(nextFunding);
    out.putLong(accountRatio);
    out.putLong(accountRatioTime);
    out.putDouble(openInterest);
    out.putDouble(bought);
    out.putDouble(sold);
    out.putLong(updateTime);
    hour.encode(out);
    day.encode(out);
  }

  void decode(final StateReader in) {
    fundingRate = in.getLong();
    fundingTime = in.getLong();
    nextFunding = in.getLong();
    accountRatio = in.getLong();
    accountRatioTime = in.getLong();
    openInterest = in.getDouble();
    bought = in.getDouble();
    sold = in.getDouble();
    updateTime = in.getLong();
    hour.decode(in);
    day.decode(in);
  }
}
