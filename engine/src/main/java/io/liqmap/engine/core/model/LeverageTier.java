package io.liqmap.engine.core.model;

import io.liqmap.engine.core.margin.Side;

/**
 * Positions of one leverage and size, liquidated by the venue's formula.
 *
 * @param leverage notional over margin, above 1 to 500
 * @param size size of its typical position
 * @param longShare part of the longs' open interest that is thought to hold it, 0 to 1
 * @param shortShare the same of the shorts', 0 to 1; above 0 on one side at least
 */
public record LeverageTier(double leverage, SizeClass size, double longShare, double shortShare)
    implements ProfileTier {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is left, naming it
   */
  public LeverageTier {
    if (!(leverage > 1 && leverage <= 500)) {
      throw new IllegalArgumentException(
          "leverage has to be above 1 and at most 500, was " + leverage);
    }
    if (!ProfileTier.isShare(longShare)
        || !ProfileTier.isShare(shortShare)
        || longShare + shortShare == 0) {
      throw new IllegalArgumentException(
          "a share has to be 0 to 1, and above 0 on one side, was "
              + longShare
              + " and "
              + shortShare);
    }
  }

  /** The same share on both sides. */
  public LeverageTier(final double leverage, final SizeClass size, final double share) {
    this(leverage, size, share, share);
  }

  @Override
  public double share(final Side side) {
    return side == Side.LONG ? longShare : shortShare;
  }
}
