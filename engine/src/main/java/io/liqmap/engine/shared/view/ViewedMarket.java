package io.liqmap.engine.shared.view;

import org.agrona.DirectBuffer;

/**
 * The market beside the map in the state that a {@link ViewReader} holds, NaN (0 for a time or a
 * duration) where the feed has said nothing.
 *
 * <p>Rates are shares of the notional that longs pay shorts for one interval, notionals in the
 * quote asset at the mark price, times ns since 1970. On the reader's thread; allocates nothing.
 */
public final class ViewedMarket {
  /** Windows over which changes are known: 5 minutes, 1 hour, 4 hours, 24 hours. */
  public static final int WINDOWS = 4;

  private final DirectBuffer header;

  ViewedMarket(final DirectBuffer header) {
    this.header = header;
  }

  /** Rate of the last funding payment. */
  public double settledFundingRate() {
    return header.getDouble(ViewLayout.SETTLED_FUNDING);
  }

  /** When it was paid. */
  public long settledFundingTime() {
    return header.getLong(ViewLayout.SETTLED_FUNDING_TIME);
  }

  /** Predicted rate of the coming funding payment. */
  public double fundingRate() {
    return header.getDouble(ViewLayout.FUNDING);
  }

  /** When it was said. */
  public long fundingTime() {
    return header.getLong(ViewLayout.FUNDING_TIME);
  }

  /** When funding is paid next. */
  public long nextFundingTime() {
    return header.getLong(ViewLayout.NEXT_FUNDING);
  }

  /** Time between two funding payments, ns. */
  public long fundingIntervalNanos() {
    return header.getLong(ViewLayout.FUNDING_INTERVAL);
  }

  /** Mark over index, basis points above it. */
  public double basisBps() {
    return header.getDouble(ViewLayout.BASIS);
  }

  /** Mean of it over the marks of the last hour. */
  public double meanBasisBps() {
    return header.getDouble(ViewLayout.MEAN_BASIS);
  }

  /** When it was said. */
  public long basisTime() {
    return header.getLong(ViewLayout.BASIS_TIME);
  }

  /** Accounts that are long for one that is short. */
  public double accountRatio() {
    return header.getDouble(ViewLayout.ACCOUNT_RATIO);
  }

  /** When it was said. */
  public long accountRatioTime() {
    return header.getLong(ViewLayout.ACCOUNT_RATIO_TIME);
  }

  /** When open interest was said, up to which changes and flows are known. */
  public long openInterestTime() {
    return header.getLong(ViewLayout.OPEN_INTEREST_TIME);
  }

  /** When a window begins: the update of open interest that changes and flows count from. */
  public long since(final int window) {
    return header.getLong(at(window, ViewLayout.WINDOW_SINCE));
  }

  /** Change of open interest in a window, as a share of what it was. */
  public double openInterestChange(final int window) {
    return header.getDouble(at(window, ViewLayout.WINDOW_CHANGE));
  }

  /** Change of open interest in a window, quote asset. */
  public double openInterestMove(final int window) {
    return header.getDouble(at(window, ViewLayout.WINDOW_MOVE));
  }

  /** What takers bought less what they sold in a window over both, −1 to 1. */
  public double takerFlow(final int window) {
    return header.getDouble(at(window, ViewLayout.WINDOW_FLOW));
  }

  /** What takers bought less what they sold in a window, quote asset. */
  public double takerNet(final int window) {
    return header.getDouble(at(window, ViewLayout.WINDOW_NET));
  }

  private static int at(final int window, final int field) {
    if (window < 0 || window >= WINDOWS) {
      throw new IndexOutOfBoundsException("windows are 0 to " + (WINDOWS - 1) + ", not " + window);
    }
    return ViewLayout.MARKET_WINDOWS + window * ViewLayout.MARKET_WINDOW_LENGTH + field;
  }
}
