package io.liqmap.engine.core.map;

import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;

/**
 * What a feed says of the market beside prices: funding, basis, the change of open interest, the
 * ratio of accounts, the flow of takers. Each is unknown (NaN, or 0 for a time) until the feed
 * states it. Times are ns since 1970. One thread; allocates nothing once made.
 */
public final class MarketState {
  static final long HOUR = 3_600_000_000_000L;

  /** Windows over which changes are known, the shortest first. */
  public static final int WINDOWS = 4;

  private static final long MINUTE = HOUR / 60;
  private static final long[] SPANS = {5 * MINUTE, HOUR, 4 * HOUR, 24 * HOUR};
  private static final long[] STEPS = {MINUTE / 2, 5 * MINUTE, 20 * MINUTE, HOUR};
  private static final String[] LABELS = {"5m", "1h", "4h", "24h"};

  private final FundingState funding = new FundingState();
  private final BasisHistory basis = new BasisHistory();
  private final OpenInterestHistory[] histories = new OpenInterestHistory[WINDOWS];
  private long accountRatio;
  private long accountRatioTime;
  private double openInterest;
  private double bought;
  private double sold;
  private double unitValue;
  private long updateTime;

  /** Grows with all that is said; not part of the state. */
  private long revision;

  MarketState() {
    for (int window = 0; window < WINDOWS; window++) {
      histories[window] = new OpenInterestHistory(SPANS[window], STEPS[window]);
    }
  }

  /**
   * Funding rate, 10⁻⁹ for one interval.
   *
   * @param payment when it is paid, or was paid; 0 where the feed doesn't say
   */
  void onFunding(final long time, final long rate, final long payment) {
    funding.onRate(time, rate, payment);
    revision++;
  }

  /** A mark price with an index price, mantissas above 0. */
  void onMark(final long time, final long mark, final long index) {
    basis.onMark(time, mark, index);
    revision++;
  }

  void onAccountRatio(final long time, final long ratio) {
    accountRatio = ratio;
    accountRatioTime = time;
    revision++;
  }

  /**
   * An update of open interest, and what takers bought and sold since the one before.
   *
   * @param value of a quantity of 1 at the mark price, quote asset; NaN before the first price
   */
  void onOpenInterest(
      final long time,
      final double quantity,
      final double buys,
      final double sells,
      final double value) {
    openInterest = quantity;
    bought += buys;
    sold += sells;
    unitValue = value;
    updateTime = time;
    for (final OpenInterestHistory history : histories) {
      history.add(time, quantity, bought, sold);
    }
    revision++;
  }

  /** Settled and predicted funding. */
  public FundingState funding() {
    return funding;
  }

  /** Mark over index, basis points above it; NaN unknown. */
  public double basisBps() {
    return basis.bps();
  }

  /**
   * Mean of it over the marks of the last 55 to 60 minutes; NaN unknown, or where the first five of
   * them have none.
   */
  public double meanBasisBps() {
    return basis.meanBps();
  }

  /** Time of the last mark price that came with an index price, 0 never. */
  public long basisTime() {
    return basis.time();
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

  /** Length of a window, ns. */
  public static long span(final int window) {
    return SPANS[window];
  }

  /** The length of a window in words: 5m, 1h, 4h, 24h. */
  public static String label(final int window) {
    return LABELS[window];
  }

  /**
   * Time of the update that changes in a window are counted from: the newest that is known of those
   * a window or more before the last, at most a tenth of the window farther back where the feed has
   * updates that often; 0 where there is none within twice the window.
   */
  public long since(final int window) {
    final int index = start(window);
    return index < 0 ? 0 : histories[window].time(index);
  }

  /** Change of open interest in a window, as a share of what it was; NaN unknown. */
  public double openInterestChange(final int window) {
    final int index = start(window);
    return index < 0 || histories[window].openInterest(index) == 0
        ? Double.NaN
        : openInterest / histories[window].openInterest(index) - 1;
  }

  /**
   * Change of open interest in a window at the mark price of the last update, quote asset; NaN
   * unknown.
   */
  public double openInterestMove(final int window) {
    final int index = start(window);
    return index < 0
        ? Double.NaN
        : (openInterest - histories[window].openInterest(index)) * unitValue;
  }

  /**
   * Takers' buying over their selling in a window: (bought − sold) / (bought + sold), −1 to 1; NaN
   * unknown, or where nothing was traded.
   */
  public double takerFlow(final int window) {
    final int index = start(window);
    if (index < 0) {
      return Double.NaN;
    }
    final double buys = bought - histories[window].bought(index);
    final double sells = sold - histories[window].sold(index);
    return (buys - sells) / (buys + sells);
  }

  /**
   * What takers bought less what they sold in a window, at the mark price of the last update of
   * open interest, quote asset; NaN unknown.
   */
  public double takerNet(final int window) {
    final int index = start(window);
    if (index < 0) {
      return Double.NaN;
    }
    final double buys = bought - histories[window].bought(index);
    final double sells = sold - histories[window].sold(index);
    return (buys - sells) * unitValue;
  }

  /** Number of the update that a window starts with, −1 if none is near enough. */
  private int start(final int window) {
    final OpenInterestHistory history = histories[window];
    final int index = history.indexAt(updateTime - SPANS[window]);
    return index < 0 || history.time(index) < updateTime - 2 * SPANS[window] ? -1 : index;
  }

  /** Grows with all that the feed says; not comparable across restarts. */
  public long revision() {
    return revision;
  }

  void encode(final StateWriter out) {
    funding.encode(out);
    basis.encode(out);
    out.putLong(accountRatio);
    out.putLong(accountRatioTime);
    out.putDouble(openInterest);
    out.putDouble(bought);
    out.putDouble(sold);
    out.putDouble(unitValue);
    out.putLong(updateTime);
    for (final OpenInterestHistory history : histories) {
      history.encode(out);
    }
  }

  void decode(final StateReader in) {
    revision++;
    funding.decode(in);
    basis.decode(in);
    accountRatio = in.getLong();
    accountRatioTime = in.getLong();
    openInterest = in.getDouble();
    bought = in.getDouble();
    sold = in.getDouble();
    unitValue = in.getDouble();
    updateTime = in.getLong();
    for (final OpenInterestHistory history : histories) {
      history.decode(in);
    }
  }
}
