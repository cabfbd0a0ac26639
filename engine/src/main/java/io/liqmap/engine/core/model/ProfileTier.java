package io.liqmap.engine.core.model;

import io.liqmap.engine.core.margin.Side;

/** One line of a profile: positions whose liquidation lies at one distance from their entry. */
public sealed interface ProfileTier permits LeverageTier, DistanceTier {
  /** Part of a side's open interest that is thought to hold it, 0 to 1. */
  double share(Side side);

  /** Notional over margin; of a tier by distance the margin that the distance uses up. */
  double leverage();

  /** Whether a share is one of a side's open interest. */
  static boolean isShare(final double share) {
    return share >= 0 && share <= 1;
  }
}
