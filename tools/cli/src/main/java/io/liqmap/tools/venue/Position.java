package io.liqmap.tools.venue;

import io.liqmap.engine.core.margin.Side;

/** One position. Quantity is a mantissa, prices are in quote asset per base asset. */
final class Position {
  final Side side;
  final double leverage;

  /** When its owner closes it, seconds since the start. */
  final double expiry;

  /** Prices of profit and stop, NaN for none. */
  final double takeProfit;

  final double stop;

  /** Whether its margin moves with the account's other equity. */
  final boolean isCross;

  /** Whether its owner will still add margin when liquidation comes near. */
  boolean addsMargin;

  long quantity;
  double entryPrice;

  /** Margin without other equity, quote asset. */
  double wallet;

  /** Logarithm of margin with the account's other equity over {@link #wallet}. */
  double equity;

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
      final double stop,
      final boolean isCross,
      final boolean addsMargin) {
    this.side = side;
    this.leverage = leverage;
    this.expiry = expiry;
    this.takeProfit = takeProfit;
    this.stop = stop;
    this.isCross = isCross;
    this.addsMargin = addsMargin;
  }

  /** Margin that holds it after an addition, quote asset. */
  double margin(final double added) {
    return equity == 0 ? wallet + added : (wallet + added) * StrictMath.exp(equity);
  }
}
