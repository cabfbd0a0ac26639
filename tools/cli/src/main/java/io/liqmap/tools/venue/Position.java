package io.liqmap.tools.venue;

import io.liqmap.engine.core.margin.Side;

/** One isolated position. Quantity is a mantissa, prices are in quote asset per base asset. */
final class Position {
  final Side side;
  final double leverage;

  /** When its owner has had enough, seconds since the start. */
  final double expiry;

  /** Where its owner takes the profit, and where the loss; NaN for nowhere. */
  final double takeProfit;

  final double stop;

  long quantity;
  double entryPrice;

  /** Isolated margin, quote asset. */
  double wallet;

  /** 0 or less where it can't be liquidated. */
  double liquidationPrice;

  /** Since when it waits to be closed by a resting order, seconds since the start. */
  double restingSince;

  /** Its number in the book, and its place in the list of its side; −1 where it isn't open. */
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
