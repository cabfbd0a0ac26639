package io.liqmap.engine.map;

import io.liqmap.engine.margin.Side;
import io.liqmap.engine.model.ShiftLines;

/**
 * A picture of one instrument's map by liquidation price, taken at one moment: for reports, not for
 * the hot path. Immutable, for any thread.
 *
 * <p>Quantities are in the base asset, notionals in the quote asset at the centre of the bucket,
 * prices in quote asset per base asset.
 */
public final class MapImage {
  private final InstrumentMap map;
  private final int tiers;
  private final int[] firstBucket = new int[2];
  private final double[][][] quantities = new double[2][][];
  private final double[] mapped = new double[2];
  private final double[] unmapped = new double[2];
  private final double openInterest;
  private final double markPrice;
  private final int markBucket;

  private MapImage(final InstrumentMap map) {
    this.map = map;
    tiers = map.settings().model().profile().size();
    openInterest = map.openInterest() * map.instrument().quantityUnit();
    markPrice = map.markPrice() * map.instrument().priceUnit();
    markBucket = map.markBucket();
    for (final Side side : Side.values()) {
      project(side);
      unmapped[side.ordinal()] = map.unmapped(side) * map.instrument().quantityUnit();
    }
  }

  /** Takes the picture, on the thread that owns the map. */
  public static MapImage of(final InstrumentMap map) {
    return new MapImage(map);
  }

  private void project(final Side side) {
    final EntryLedger ledger = map.ledger(side);
    final ShiftLines lines = ledger.lines();
    int low = Integer.MAX_VALUE;
    int high = Integer.MIN_VALUE;
    for (int entry = map.base(); entry < map.base() + map.size(); entry++) {
      final int cell = entry & (map.size() - 1);
      if (map.isInUse(cell)) {
        for (int line = 0; line < lines.count(); line++) {
          if (ledger.standing(line, cell) != 0) {
            low = Math.min(low, entry + lines.shift(line));
            high = Math.max(high, entry + lines.shift(line));
          }
        }
      }
    }
    final double[][] projected = new double[tiers][low > high ? 0 : high - low + 1];
    double sum = 0;
    for (int entry = map.base(); entry < map.base() + map.size(); entry++) {
      final int cell = entry & (map.size() - 1);
      if (map.isInUse(cell)) {
        for (int line = 0; line < lines.count(); line++) {
          final double standing = ledger.standing(line, cell) * map.instrument().quantityUnit();
          if (standing != 0) {
            projected[line / 2][entry + lines.shift(line) - low] += standing;
            sum += standing;
          }
        }
      }
    }
    firstBucket[side.ordinal()] = low;
    quantities[side.ordinal()] = projected;
    mapped[side.ordinal()] = sum;
  }

  /** The instrument. */
  public Instrument instrument() {
    return map.instrument();
  }

  /** What was assumed. */
  public MapSettings settings() {
    return map.settings();
  }

  /** Leverage tiers. */
  public int tiers() {
    return tiers;
  }

  /** Mark price, or what stands in for it; 0 before the first price. */
  public double markPrice() {
    return markPrice;
  }

  /** Bucket of the mark price. */
  public int markBucket() {
    return markBucket;
  }

  /** One-sided open interest, base asset; NaN before the first. */
  public double openInterest() {
    return openInterest;
  }

  /** What stands on a side, base asset. */
  public double mapped(final Side side) {
    return mapped[side.ordinal()];
  }

  /** Open interest of a side whose entry isn't known, base asset. */
  public double unmapped(final Side side) {
    return unmapped[side.ordinal()];
  }

  /** Share of a side that is on the map, 0 to 1. */
  public double coverage(final Side side) {
    final double all = mapped(side) + unmapped(side);
    return all > 0 ? mapped(side) / all : 0;
  }

  /** Lowest bucket in which a side stands. */
  public int firstBucket(final Side side) {
    return quantities[side.ordinal()][0].length == 0 ? 0 : firstBucket[side.ordinal()];
  }

  /** Buckets from the lowest to the highest in which a side stands. */
  public int bucketCount(final Side side) {
    return quantities[side.ordinal()][0].length;
  }

  /** What stands in a bucket on a tier, base asset. */
  public double quantity(final Side side, final int tier, final int bucket) {
    final double[] row = quantities[side.ordinal()][tier];
    final int index = bucket - firstBucket(side);
    return index >= 0 && index < row.length ? row[index] : 0;
  }

  /** What stands in a bucket, base asset. */
  public double quantity(final Side side, final int bucket) {
    double sum = 0;
    for (int tier = 0; tier < tiers; tier++) {
      sum += quantity(side, tier, bucket);
    }
    return sum;
  }

  /** What stands in a bucket, quote asset. */
  public double notional(final Side side, final int bucket) {
    return quantity(side, bucket) * centre(bucket);
  }

  /** Lower edge of a bucket. */
  public double priceLow(final int bucket) {
    return map.lattice().edge(bucket) * instrument().priceUnit();
  }

  /** Upper edge of a bucket. */
  public double priceHigh(final int bucket) {
    return map.lattice().edge(bucket + 1) * instrument().priceUnit();
  }

  /** Geometric centre of a bucket. */
  public double centre(final int bucket) {
    return map.lattice().centre(bucket) * instrument().priceUnit();
  }
}
