package io.liqmap.tools.venue;

/** Which liquidations a venue reports. */
public enum Prints {
  /** All, as Bybit. */
  ALL,

  /** At most one a second, as Binance. */
  THROTTLED
}
