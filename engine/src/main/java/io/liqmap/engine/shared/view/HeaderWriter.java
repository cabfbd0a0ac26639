package io.liqmap.engine.shared.view;

import io.liqmap.engine.core.clusters.ClusterTracker;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.margin.Side;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes what the headers of all maps of an instrument say. On the thread that owns the map;
 * allocates nothing once made.
 */
final class HeaderWriter {
  private final UnsafeBuffer buffer;
  private final InstrumentMap map;
  private final ClusterTracker levels;
  private final MarketFigures market;

  HeaderWriter(final UnsafeBuffer buffer, final InstrumentMap map, final ClusterTracker levels) {
    this.buffer = buffer;
    this.map = map;
    this.levels = levels;
    market = new MarketFigures(map.market());
  }

  void put(
      final int slot,
      final long sequence,
      final long time,
      final int quality,
      final long missing,
      final long rejected) {
    buffer.putLong(slot + ViewLayout.SEQUENCE, sequence);
    buffer.putLong(slot + ViewLayout.TIME, time);
    final double unit = map.instrument().priceUnit();
    buffer.putLong(slot + ViewLayout.MARK_MANTISSA, map.markPrice());
    buffer.putDouble(slot + ViewLayout.MARK, map.markPrice() * unit);
    buffer.putInt(slot + ViewLayout.MARK_BUCKET, map.markBucket());
    buffer.putDouble(slot + ViewLayout.OPEN_INTEREST, openInterest(unit));
    buffer.putLong(slot + ViewLayout.QUALITY, quality);
    buffer.putLong(slot + ViewLayout.MISSING, missing);
    buffer.putLong(slot + ViewLayout.REJECTED, rejected);
    buffer.putDouble(slot + ViewLayout.VOLATILITY, levels.volatility());
    buffer.putDouble(slot + ViewLayout.IMPACT, levels.impact());
    buffer.putLong(slot + ViewLayout.BAR_LENGTH, levels.barNanos());
    buffer.putDouble(slot + ViewLayout.OBSERVED_LONG, map.observedNotional(Side.LONG));
    buffer.putDouble(slot + ViewLayout.OBSERVED_SHORT, map.observedNotional(Side.SHORT));
    market.put(buffer, slot, time);
  }

  private double openInterest(final double unit) {
    final double quantity = map.openInterest() * map.instrument().quantityUnit();
    if (!map.instrument().isInverse()) {
      return quantity;
    }
    return map.markPrice() > 0 ? quantity / (map.markPrice() * unit) : Double.NaN;
  }
}
