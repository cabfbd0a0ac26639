package io.liqmap.engine.map;

import io.liqmap.engine.margin.Side;
import java.util.SortedMap;

/** What the fast map and the naive one have in common, so that one test can ask both. */
interface MapUnderTest {
  void onTrade(long at, long price, double quantity, boolean takerBuys);

  void onMark(long at, long price);

  void onOpenInterest(long at, double quantity);

  int markBucket();

  /** Quantities per tier, by liquidation bucket; buckets in which nothing stands are left out. */
  SortedMap<Integer, double[]> standing(Side side);

  double unmapped(Side side);

  double sweptQuantity(Side side);

  double sweptNotional(Side side);

  /** All that stands on a side. */
  default double mapped(final Side side) {
    double sum = 0;
    for (final double[] tiers : standing(side).values()) {
      for (final double quantity : tiers) {
        sum += quantity;
      }
    }
    return sum;
  }
}
