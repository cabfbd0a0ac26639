package io.liqmap.engine.shared.view;

import io.liqmap.engine.core.map.FundingState;
import io.liqmap.engine.core.map.MarketState;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a view shows of a market beside its map, prepared once for many headers. On the thread that
 * owns the map; allocates nothing once made.
 */
final class MarketFigures {
  private static final int[] RATES = {
    ViewLayout.SETTLED_FUNDING,
    ViewLayout.FUNDING,
    ViewLayout.BASIS,
    ViewLayout.MEAN_BASIS,
    ViewLayout.ACCOUNT_RATIO
  };

  private final MarketState market;
  private final UnsafeBuffer bytes =
      new UnsafeBuffer(new byte[ViewLayout.MARKET_END - ViewLayout.MARKET]);
  private long revision = -1;
  private long preparedAt;
  private long validUntil;

  /**
   * Of a market.
   *
   * @param market null where none is known
   */
  MarketFigures(final MarketState market) {
    this.market = market;
    if (market == null) {
      for (final int field : RATES) {
        put(field, Double.NaN);
      }
      for (int window = 0; window < MarketState.WINDOWS; window++) {
        final int at = ViewLayout.MARKET_WINDOWS + window * ViewLayout.MARKET_WINDOW_LENGTH;
        put(at + ViewLayout.WINDOW_CHANGE, Double.NaN);
        put(at + ViewLayout.WINDOW_MOVE, Double.NaN);
        put(at + ViewLayout.WINDOW_FLOW, Double.NaN);
        put(at + ViewLayout.WINDOW_NET, Double.NaN);
      }
    }
  }

  /** Puts the figures as of a time into a header slot. */
  void put(final UnsafeBuffer buffer, final int slot, final long now) {
    if (market != null
        && (market.revision() != revision || now >= validUntil || now < preparedAt)) {
      prepare(now);
    }
    buffer.putBytes(slot + ViewLayout.MARKET, bytes, 0, bytes.capacity());
  }

  private void prepare(final long now) {
    revision = market.revision();
    preparedAt = now;
    final FundingState funding = market.funding();
    final long next = funding.nextTime(now);
    validUntil = next == 0 ? Long.MAX_VALUE : next;
    put(ViewLayout.SETTLED_FUNDING, funding.settledRate(now));
    put(ViewLayout.SETTLED_FUNDING_TIME, funding.settledTime(now));
    put(ViewLayout.FUNDING, funding.predictedRate(now));
    put(ViewLayout.FUNDING_TIME, funding.predictedSaid(now));
    put(ViewLayout.NEXT_FUNDING, next);
    put(ViewLayout.FUNDING_INTERVAL, funding.interval());
    put(ViewLayout.BASIS, market.basisBps());
    put(ViewLayout.MEAN_BASIS, market.meanBasisBps());
    put(ViewLayout.BASIS_TIME, market.basisTime());
    put(ViewLayout.ACCOUNT_RATIO, market.accountRatio());
    put(ViewLayout.ACCOUNT_RATIO_TIME, market.accountRatioTime());
    put(ViewLayout.OPEN_INTEREST_TIME, market.updateTime());
    for (int window = 0; window < MarketState.WINDOWS; window++) {
      final int at = ViewLayout.MARKET_WINDOWS + window * ViewLayout.MARKET_WINDOW_LENGTH;
      put(at + ViewLayout.WINDOW_SINCE, market.since(window));
      put(at + ViewLayout.WINDOW_CHANGE, market.openInterestChange(window));
      put(at + ViewLayout.WINDOW_MOVE, market.openInterestMove(window));
      put(at + ViewLayout.WINDOW_FLOW, market.takerFlow(window));
      put(at + ViewLayout.WINDOW_NET, market.takerNet(window));
    }
  }

  private void put(final int field, final double value) {
    bytes.putDouble(field - ViewLayout.MARKET, value);
  }

  private void put(final int field, final long value) {
    bytes.putLong(field - ViewLayout.MARKET, value);
  }
}
