/**
 * A simulated venue whose positions are known: trades, mark prices, open interest and liquidations
 * on one side, the truth behind them on the other.
 */
package io.liqmap.tools.venue;
