package io.liqmap.tools.history;

import io.liqmap.engine.core.margin.Side;

/**
 * A column as it is kept: notionals as floats, from each side's lowest bucket to its highest.
 * Immutable, for any thread.
 */
final class Sample {
  final long time;
  final long sequence;
  final double open;
  final double high;
  final double low;
  final double close;
  final double mark;
  final double openInterest;
  final int firstLong;
  final float[] longs;
  final int firstShort;
  final float[] shorts;

  Sample(
      final long time,
      final long sequence,
      final double[] prices,
      final int firstLong,
      final float[] longs,
      final int firstShort,
      final float[] shorts) {
    this.time = time;
    this.sequence = sequence;
    open = prices[0];
    high = prices[1];
    low = prices[2];
    close = prices[3];
    mark = prices[4];
    openInterest = prices[5];
    this.firstLong = firstLong;
    this.longs = longs;
    this.firstShort = firstShort;
    this.shorts = shorts;
  }

  static Sample of(final Column column) {
    return new Sample(
        column.time(),
        column.sequence(),
        new double[] {
          column.open(),
          column.high(),
          column.low(),
          column.close(),
          column.mark(),
          column.openInterest()
        },
        column.firstBucket(Side.LONG),
        notionals(column, Side.LONG),
        column.firstBucket(Side.SHORT),
        notionals(column, Side.SHORT));
  }

  private static float[] notionals(final Column column, final Side side) {
    final float[] notionals = new float[column.bucketCount(side)];
    for (int i = 0; i < notionals.length; i++) {
      notionals[i] = (float) column.notional(side, column.firstBucket(side) + i);
    }
    return notionals;
  }

  /** The same with the prices of a longer interval. */
  Sample with(final Bar bar) {
    return new Sample(
        time,
        sequence,
        new double[] {bar.open(), bar.high(), bar.low(), bar.close(), mark, openInterest},
        firstLong,
        longs,
        firstShort,
        shorts);
  }

  /** Order, from open to open interest. */
  double[] prices() {
    return new double[] {open, high, low, close, mark, openInterest};
  }
}
