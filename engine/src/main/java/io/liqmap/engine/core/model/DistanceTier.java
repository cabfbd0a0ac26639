package io.liqmap.engine.core.model;

import io.liqmap.engine.core.margin.Side;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Positions liquidated at a range of distances from their entry, whatever their leverage, size and
 * margin: what was measured rather than assumed.
 *
 * @param from nearest distance, |ln(liquidation price / entry price)|, above 0
 * @param to farthest distance, above from and at most 3
 * @param longShare part of the longs' open interest that is thought to hold it, 0 to 1
 * @param shortShare the same of the shorts', 0 to 1
 */
public record DistanceTier(double from, double to, double longShare, double shortShare)
    implements ProfileTier {
  private static final double MOST = 3;
  private static final MathContext SHOWN = new MathContext(3);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is left, naming it
   */
  public DistanceTier {
    if (!(from > 0 && from < to && to <= MOST)) {
      throw new IllegalArgumentException(
          "distances have to be above 0, rising and at most "
              + MOST
              + ", were "
              + from
              + " to "
              + to);
    }
    if (!ProfileTier.isShare(longShare) || !ProfileTier.isShare(shortShare)) {
      throw new IllegalArgumentException(
          "a share has to be 0 to 1, was " + longShare + " and " + shortShare);
    }
  }

  @Override
  public double share(final Side side) {
    return side == Side.LONG ? longShare : shortShare;
  }

  /**
   * Leverage at which the margin alone covers a long's way to the middle of the range, 1 / (1 −
   * e^−√(from·to)), to three digits: a label to compare with.
   */
  @Override
  public double leverage() {
    final double middle = StrictMath.sqrt(from * to);
    return BigDecimal.valueOf(-1 / StrictMath.expm1(-middle)).round(SHOWN).doubleValue();
  }
}
