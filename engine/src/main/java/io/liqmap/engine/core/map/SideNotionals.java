package io.liqmap.engine.core.map;

/** One side of a {@link SummedDensity}: notionals by liquidation bucket, quote asset. */
public interface SideNotionals {
  /** Lowest bucket that holds anything; above {@link #last} where none does. */
  int first();

  /** Highest bucket that holds anything. */
  int last();

  /** Bucket of the first number. */
  int origin();

  /**
   * From the origin on: whole blocks of 64, 0 below {@link #first} and above {@link #last}; read
   * only.
   */
  double[] notionals();

  /** Notional in a bucket. */
  double notional(int bucket);
}
