package io.liqmap.tools.venue;

import io.liqmap.engine.core.margin.Side;

/** One isolated position. Quantity is a mantissa, prices are in quote asset per base asset. */
final class Position {
  final Side side;
  final double leverage;

  /** When its owner closes it, seconds since the start. */
  final double expiry;

  /** Prices of profit and stop, NaN for none. */
  final double takeProfit;

  final double stop;

  long quantity;
  double entryPrice;

  /** Isolated margin, quote asset. */
  double wallet;

  /** 0 or less if it never liquidates. */
  double liquidationPrice;

  /** When its closing order began to rest, seconds since the start. */
  double restingSince;

  /** Number in the book, and index in the list of its side; −1 while not open. */
  int number = -1;

  int index = -1;

  Position(
      final Side side,
      final double leverage,
      final double expiry,
      final double takeProfit,
      final double stop) {
    this.side = side;
    this.leverage = leverage;
    this.expiry = expiry;
    this.takeProfit = takeProfit;
    this.stop = stop;
  }
}
