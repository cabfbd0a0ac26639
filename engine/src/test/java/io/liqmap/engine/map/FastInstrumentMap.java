package io.liqmap.engine.map;

import io.liqmap.engine.margin.Side;
import java.util.SortedMap;
import java.util.TreeMap;

/** The engine's map, read through its image. */
final class FastInstrumentMap implements MapUnderTest {
  /** Mantissas are the units themselves, so that images speak of what events say. */
  static final Instrument INSTRUMENT = new Instrument(0, "TEST", "BASE", "QUOTE", 1, 1);

  private final InstrumentMap map;

  FastInstrumentMap(final MapSettings settings) {
    final LiquidationMaps maps = new LiquidationMaps(settings, 1);
    maps.define(INSTRUMENT);
    map = maps.of(0);
  }

  InstrumentMap map() {
    return map;
  }

  @Override
  public void onTrade(
      final long at, final long price, final double quantity, final boolean takerBuys) {
    map.onTrade(at, price, quantity, takerBuys);
  }

  @Override
  public void onMark(final long at, final long price) {
    map.onMark(at, price, 0, 0);
  }

  @Override
  public void onOpenInterest(final long at, final double quantity) {
    map.onOpenInterest(at, quantity);
  }

  @Override
  public int markBucket() {
    return map.markBucket();
  }

  @Override
  public SortedMap<Integer, double[]> standing(final Side side) {
    final MapImage image = MapImage.of(map);
    final SortedMap<Integer, double[]> standing = new TreeMap<>();
    final int first = image.firstBucket(side);
    for (int bucket = first; bucket < first + image.bucketCount(side); bucket++) {
      if (image.quantity(side, bucket) != 0) {
        final double[] tiers = new double[image.tiers()];
        for (int tier = 0; tier < tiers.length; tier++) {
          tiers[tier] = image.quantity(side, tier, bucket);
        }
        standing.put(bucket, tiers);
      }
    }
    return standing;
  }

  @Override
  public double unmapped(final Side side) {
    return map.unmapped(side);
  }

  @Override
  public double sweptQuantity(final Side side) {
    return map.sweptQuantity(side);
  }

  @Override
  public double sweptNotional(final Side side) {
    return map.sweptNotional(side);
  }
}
