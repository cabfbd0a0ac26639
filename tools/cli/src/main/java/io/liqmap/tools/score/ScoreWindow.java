package io.liqmap.tools.score;

import io.liqmap.engine.core.margin.Side;

/**
 * What happened between two updates of open interest a minute or more apart, and what each model
 * expected of it. Notionals are in the quote asset.
 *
 * @param start time of the update that begins it, ns
 * @param end time of the update that ends it, ns
 * @param openInterest notional of one side at the start
 * @param volume traded notional
 * @param longs the longs' part
 * @param shorts the shorts' part
 */
record ScoreWindow(
    long start, long end, double openInterest, double volume, Part longs, Part shorts) {

  /**
   * A side's part.
   *
   * @param excursion largest adverse move of mark from mark at the start, over that
   * @param reported notional of the liquidations that the venue reported
   * @param expected notional that mark swept from each model's map
   * @param perTier notional swept from each distance tier for a share of one
   * @param mass share of open interest within the tiers, of the model that has them, at the start
   * @param background notional that each model expected beside its map
   */
  @SuppressWarnings("ArrayRecordComponent") // Nothing compares them.
  record Part(
      double excursion,
      double reported,
      double[] expected,
      double[] perTier,
      double mass,
      double[] background) {}

  Part part(final Side side) {
    return side == Side.LONG ? longs : shorts;
  }

  long nanos() {
    return end - start;
  }
}
