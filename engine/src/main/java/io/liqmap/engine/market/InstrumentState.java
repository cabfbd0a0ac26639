package io.liqmap.engine.market;

import io.liqmap.engine.core.clusters.LiveClusters;
import io.liqmap.engine.core.clusters.QualityFlags;
import io.liqmap.engine.core.clusters.Reactions;
import io.liqmap.engine.core.map.Instrument;
import io.liqmap.engine.core.map.MapSnapshot;
import io.liqmap.engine.core.map.MarketState;
import io.liqmap.engine.core.map.Window;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.feed.InstrumentDefinition;

/**
 * One instrument's part of the state, to be read on the thread that applies its events. Prices and
 * quantities are mantissas of the instrument; notionals are in the quote asset.
 */
public sealed interface InstrumentState permits InstrumentSlot {
  /** Returns the latest definition from the feed. */
  InstrumentDefinition definition();

  /** Returns the sequence at which the instrument was first defined. */
  long definedAt();

  /** Returns the exchange time at which the instrument was first defined, ns. */
  long definedSince();

  /** Returns what the map knows of the instrument, its units included. */
  Instrument instrument();

  /** Returns the mark price, or the last price in its place; 0 before the first. */
  long markPrice();

  /** Returns the index price, 0 where the feed has none. */
  long indexPrice();

  /** Returns the price of the last trade, 0 before the first. */
  long lastPrice();

  /** Returns the funding rate in 10⁻⁹ for one interval, 0 before the first. */
  long fundingRate();

  /** Returns the one-sided open interest, NaN before the first. */
  double openInterest();

  /** Returns the notional that sweeps took off a model's map. */
  double sweptNotional(int model, Side side);

  /** Returns the notional of liquidations that the venue reported. */
  double observedNotional(Side side);

  /** Returns {@link QualityFlags} after the last event. */
  int quality();

  /** Returns the standard deviation of the log price over one hour, NaN before it is known. */
  double volatility();

  /** Returns the move of the log price by takers' notional of 1 quote asset, NaN if unknown. */
  double impact();

  LiveClusters clusters();

  /** Returns what price did after mark had cleared clusters. */
  Reactions reactions();

  /** Returns funding, account ratio and the changes of open interest. */
  MarketState market();

  /**
   * Projects a model's map. Allocates; not for every event.
   *
   * @param now end of the window, ns: {@link MapState#time()}
   */
  MapSnapshot snapshot(int model, Window window, long now);
}
