package io.liqmap.engine.core.map;

import io.liqmap.engine.core.margin.Side;
import java.util.SortedMap;

/** What the fast map and the naive one have in common, so that one test can ask both. */
interface MapUnderTest {
  void onTrade(long at, long price, double quantity, boolean takerBuys);

  void onMark(long at, long price, long funding);

  default void onMark(final long at, final long price) {
    onMark(at, price, 0);
  }

  void onOpenInterest(long at, double quantity);

  void onLiquidation(long at, Side side, long price, double quantity);

  void onAccountRatio(long at, long ratio);

  int markBucket();

  /** Quantities per tier, by liquidation bucket; empty buckets are left out. */
  SortedMap<Integer, double[]> openQuantities(Side side, Window window);

  default SortedMap<Integer, double[]> openQuantities(final Side side) {
    return openQuantities(side, Window.ALL);
  }

  double unmapped(Side side);

  double sweptQuantity(Side side);

  double sweptNotional(Side side);

  /** The open quantity of a side. */
  default double mapped(final Side side) {
    double sum = 0;
    for (final double[] tiers : openQuantities(side).values()) {
      for (final double quantity : tiers) {
        sum += quantity;
      }
    }
    return sum;
  }
}
