package io.liqmap.engine.core.map;

import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;

/**
 * Volume by bucket and taker side that isn't applied to the ledgers yet, so that a trade is one
 * array add, however many models and tiers there are. One thread.
 */
final class PendingTrades {
  private final double minTradeNotional;
  private double[] volumes = new double[2 * BucketSpan.INITIAL_SIZE];
  private double volume;

  /** Accepts trades from a notional on, price mantissas times quantity mantissas. */
  PendingTrades(final double minTradeNotional) {
    this.minTradeNotional = minTradeNotional;
  }

  boolean accepts(final double notional) {
    return notional >= minTradeNotional;
  }

  double minTradeNotional() {
    return minTradeNotional;
  }

  void add(final int cell, final double quantity, final boolean takerBuys) {
    volumes[2 * cell + (takerBuys ? 1 : 0)] += quantity;
  }

  double sells(final int cell) {
    return volumes[2 * cell];
  }

  double buys(final int cell) {
    return volumes[2 * cell + 1];
  }

  void onApplied(final int cell) {
    volume += sells(cell) + buys(cell);
    volumes[2 * cell] = 0;
    volumes[2 * cell + 1] = 0;
  }

  /** Volume applied to the ledgers since the last open interest. */
  double volume() {
    return volume;
  }

  void restart() {
    volume = 0;
  }

  /** Grows while it is empty. */
  void grow(final int newSize) {
    volumes = new double[2 * newSize];
  }

  void encode(final StateWriter out) {
    out.putDouble(volume);
  }

  void decode(final StateReader in, final int size) {
    volumes = new double[2 * size];
    volume = in.getDouble();
  }

  void encodeCell(final int cell, final StateWriter out) {
    out.putDouble(sells(cell));
    out.putDouble(buys(cell));
  }

  void decodeCell(final int cell, final StateReader in) {
    volumes[2 * cell] = in.getDouble();
    volumes[2 * cell + 1] = in.getDouble();
  }
}
