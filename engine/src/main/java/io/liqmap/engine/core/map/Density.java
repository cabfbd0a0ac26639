package io.liqmap.engine.core.map;

import io.liqmap.engine.core.margin.Side;

/**
 * Notionals by liquidation bucket, quote asset, as of a projection: of an instrument, or of a
 * group.
 */
public interface Density {
  /** Lowest bucket of a side that holds anything; above {@link #last} where none does. */
  int first(Side side);

  /** Highest bucket of a side that holds anything. */
  int last(Side side);

  /** Notional in a bucket. */
  double notional(Side side, int bucket);

  /** Whether anything in some buckets may have changed since changes were last forgotten. */
  boolean isChanged(Side side, int low, int high);

  /** Different leverages of the model. */
  int leverages();

  /** A leverage; they rise with their number. */
  double leverage(int number);

  /**
   * Computes notional in some buckets by leverage, from the ledgers as they are now.
   *
   * @param low lowest bucket
   * @param high highest bucket
   * @param notionals receives a number for each leverage
   */
  void byLeverage(Side side, int low, int high, double[] notionals);
}
