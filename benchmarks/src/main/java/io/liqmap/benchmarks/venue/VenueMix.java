package io.liqmap.benchmarks.venue;

/** Whose frames a session has. */
public enum VenueMix {
  /** Those of all four, in the shares of {@link VenueSession}. */
  ALL(0, 1000),
  /** Binance's alone. */
  BINANCE(0, 500),
  /** Bybit's alone. */
  BYBIT(500, 700),
  /** OKX's alone. */
  OKX(700, 920),
  /** Hyperliquid's alone. */
  HYPERLIQUID(920, 1000);

  final int from;
  final int to;

  VenueMix(final int from, final int to) {
    this.from = from;
    this.to = to;
  }
}
