package io.liqmap.engine.core.map;

import io.liqmap.engine.core.margin.Contract;
import io.liqmap.engine.core.margin.InstrumentName;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.ProfileTier;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** One model of the engine's map, read through its image. */
final class FastInstrumentMap implements MapUnderTest {
  static final String VENUE = "venue";
  static final String SYMBOL = "TEST";
  static final InstrumentName NAME = new InstrumentName(VENUE, SYMBOL);

  private final InstrumentMap map;
  private final int model;

  FastInstrumentMap(final MapSettings settings) {
    this(of(settings, false), 0);
  }

  /** Looks at a model of a map that others may look at as well. */
  FastInstrumentMap(final InstrumentMap map, final int model) {
    this.map = map;
    this.model = model;
  }

  /** Mantissas are the units themselves, so that images speak of what events say. */
  static InstrumentMap of(final MapSettings settings, final boolean isInverse) {
    final LiquidationMaps maps = new LiquidationMaps(settings, 1);
    final Contract contract = isInverse ? Contract.INVERSE : Contract.LINEAR;
    maps.define(new Instrument(0, SYMBOL, VENUE, contract, "BASE", "QUOTE", 1, 1));
    return maps.of(0);
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
  public void onMark(final long at, final long price, final long funding) {
    map.onMark(at, price, 0, funding);
  }

  @Override
  public void onOpenInterest(final long at, final double quantity) {
    map.onOpenInterest(at, quantity);
  }

  @Override
  public void onLiquidation(
      final long at, final Side side, final long price, final double quantity) {
    map.onLiquidation(at, side, price, quantity);
  }

  @Override
  public void onAccountRatio(final long at, final long ratio) {
    map.onAccountRatio(at, ratio);
  }

  @Override
  public int markBucket() {
    return map.markBucket();
  }

  /** Tiers in the order of the profile, whose leverages have to differ. */
  @Override
  public SortedMap<Integer, double[]> openQuantities(final Side side, final Window window) {
    final MapSnapshot image = MapSnapshot.of(map, model, window, map.time());
    final List<ProfileTier> profile = map.settings().models().get(model).profile();
    final SortedMap<Integer, double[]> quantities = new TreeMap<>();
    final int first = image.firstBucket(side);
    for (int bucket = first; bucket < first + image.bucketCount(side); bucket++) {
      if (image.quantity(side, bucket) != 0) {
        final double[] tiers = new double[profile.size()];
        for (int tier = 0; tier < tiers.length; tier++) {
          tiers[tier] = image.quantity(side, number(image, profile.get(tier).leverage()), bucket);
        }
        quantities.put(bucket, tiers);
      }
    }
    return quantities;
  }

  private static int number(final MapSnapshot image, final double leverage) {
    int number = 0;
    while (image.leverage(number) != leverage) {
      number++;
    }
    return number;
  }

  @Override
  public double unmapped(final Side side) {
    return MapSnapshot.of(map, model, Window.ALL, map.time()).unmapped(side);
  }

  @Override
  public double sweptQuantity(final Side side) {
    return map.sweptQuantity(model, side);
  }

  @Override
  public double sweptNotional(final Side side) {
    return map.sweptNotional(model, side);
  }
}
