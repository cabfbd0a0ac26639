package io.liqmap.engine.shared.view;

import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.core.clusters.ClusterTracker;
import io.liqmap.engine.core.clusters.FoundClusters;
import io.liqmap.engine.core.clusters.LiveCluster;
import io.liqmap.engine.core.clusters.QualityFlags;
import io.liqmap.engine.core.clusters.VariantTracker;
import io.liqmap.engine.core.map.BlendedDensity;
import io.liqmap.engine.core.map.BlendedSide;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.map.MapVariant;
import io.liqmap.engine.core.margin.Side;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Publishes another map of an instrument than its first model's whole one: of a model, the
 * consensus, a window. The only writer of its region.
 *
 * <p>Each publication has a new body, which takes tens to hundreds of microseconds; its clusters
 * are those of this body alone, without numbers, where none are tracked. Never waits. On the thread
 * that owns the map; allocates only when the map has become wider than ever.
 */
public final class VariantWriter {
  private final UnsafeBuffer buffer;
  private final InstrumentMap map;
  private final BlendedDensity density;
  private final VariantTracker tracked;
  private final FoundClusters clusters;
  private final RegionWriter slots;
  private final HeaderWriter headers;
  private final BodyWriter bodies;
  private final int leverages;
  private final double[] byLeverage;
  private final SideScore longScore;
  private final SideScore shortScore;

  /**
   * Begins to publish a map of an instrument.
   *
   * @param instrument its number in the view
   * @param number of the map in the view, from 0, which {@link ViewWriter} writes elsewhere
   * @param tracker of the instrument's map, for volatility and impact
   * @param tracked its own clusters; null where they aren't tracked
   * @throws IllegalArgumentException if the view has no such region, or buckets of another width
   * @throws IllegalStateException if the region has a writer, or the view is for reading only
   */
  public VariantWriter(
      final ViewMemory memory,
      final int instrument,
      final int number,
      final InstrumentMap map,
      final ClusterTracker tracker,
      final ClusterSettings settings,
      final MapVariant variant,
      final VariantTracker tracked) {
    this.map = map;
    buffer = memory.buffer();
    this.tracked = tracked;
    density = tracked == null ? new BlendedDensity(map, variant) : tracked.density();
    clusters = new FoundClusters(settings, map.lattice().resolutionBps());
    final boolean isScored = !variant.isConsensus();
    longScore = new SideScore(isScored ? map.score(variant.model(), Side.LONG) : null);
    shortScore = new SideScore(isScored ? map.score(variant.model(), Side.SHORT) : null);
    byLeverage = new double[density.leverages()];
    final int region = memory.region(instrument, number);
    slots = new RegionWriter(memory, region);
    headers = new HeaderWriter(buffer, map, tracker);
    bodies =
        new BodyWriter(memory, slots, map.instrument().priceUnit(), map.lattice().resolutionBps());
    leverages =
        RegionHead.write(
            memory,
            region,
            map.instrument(),
            map.lattice().resolutionBps(),
            variant.name(map.settings()),
            density.leverages(),
            density::leverage);
  }

  /**
   * Publishes the state behind an event.
   *
   * @param sequence of the feed's last event
   * @param time of it, ns since 1970
   * @param quality flags of {@link QualityFlags}
   * @param missing sequences that never came, so far
   * @param rejected invalid or implausible messages, so far
   */
  public void publish(
      final long sequence,
      final long time,
      final int quality,
      final long missing,
      final long rejected) {
    density.project(time);
    final BlendedSide longs = density.on(Side.LONG);
    final BlendedSide shorts = density.on(Side.SHORT);
    publishBody(longs, shorts);
    final int slot = slots.beginHeader();
    headers.put(slot, sequence, time, quality, missing, rejected);
    buffer.putLong(slot + ViewLayout.BODY_SEQUENCE, sequence);
    buffer.putDouble(slot + ViewLayout.COVERAGE_LONG, longs.coverage());
    buffer.putDouble(slot + ViewLayout.COVERAGE_SHORT, shorts.coverage());
    buffer.putDouble(slot + ViewLayout.SWEPT_LONG, density.sweptNotional(Side.LONG));
    buffer.putDouble(slot + ViewLayout.SWEPT_SHORT, density.sweptNotional(Side.SHORT));
    bodies.putMaxPain(slot);
    buffer.putInt(slot + ViewLayout.CALIBRATION_LONG, longScore.status());
    buffer.putInt(slot + ViewLayout.CALIBRATION_SHORT, shortScore.status());
    longScore.put(buffer, slot + ViewLayout.SCORE_LONG);
    shortScore.put(buffer, slot + ViewLayout.SCORE_SHORT);
    buffer.putDouble(slot + ViewLayout.OUT_OF_REACH_LONG, longs.outOfReach());
    buffer.putDouble(slot + ViewLayout.OUT_OF_REACH_SHORT, shorts.outOfReach());
    buffer.putDouble(slot + ViewLayout.UNMAPPED_LONG, longs.unmapped());
    buffer.putDouble(slot + ViewLayout.UNMAPPED_SHORT, shorts.unmapped());
    buffer.putDouble(slot + ViewLayout.DISPERSION_LONG, dispersion(longs));
    buffer.putDouble(slot + ViewLayout.DISPERSION_SHORT, dispersion(shorts));
    slots.endHeader();
  }

  private double dispersion(final BlendedSide side) {
    return density.isConsensus() ? side.dispersion() : Double.NaN;
  }

  private void publishBody(final BlendedSide longs, final BlendedSide shorts) {
    bodies.begin(map.markBucket());
    bodies.longs(longs.notionals(), longs.origin(), longs.first(), longs.last());
    bodies.shorts(shorts.notionals(), shorts.origin(), shorts.first(), shorts.last());
    bodies.end(tracked == null ? putFound() : putTracked());
  }

  private int putTracked() {
    final int count = bodies.room(tracked.clusters().count());
    for (int i = 0; i < count; i++) {
      final LiveCluster cluster = tracked.clusters().get(i);
      bodies.put(
          i,
          cluster,
          map.structure().kindsWithin(cluster.lowBucket(), cluster.highBucket()),
          leverages);
    }
    return count;
  }

  private int putFound() {
    clusters.find(density);
    final int count = bodies.room(clusters.count());
    for (int i = 0; i < count; i++) {
      put(i, bodies.record(i));
    }
    return count;
  }

  private void put(final int cluster, final int at) {
    final UnsafeBuffer records = bodies.records();
    final Side side = clusters.side(cluster);
    final int low = clusters.lowBucket(cluster);
    final int high = clusters.highBucket(cluster);
    records.putLong(at + ViewLayout.CLUSTER_ID, 0);
    records.putInt(at + ViewLayout.CLUSTER_SIDE, side == Side.LONG ? 0 : 1);
    records.putInt(at + ViewLayout.CLUSTER_STATE, 0);
    records.putLong(at + ViewLayout.CLUSTER_BORN, 0);
    records.putInt(at + ViewLayout.CLUSTER_LOW, low);
    records.putInt(at + ViewLayout.CLUSTER_HIGH, high);
    records.putInt(at + ViewLayout.CLUSTER_PEAK, clusters.peakBucket(cluster));
    records.putInt(at + ViewLayout.CLUSTER_CONFLUENCE, map.structure().kindsWithin(low, high));
    records.putDouble(at + ViewLayout.CLUSTER_NOTIONAL, clusters.notional(cluster));
    records.putDouble(at + ViewLayout.CLUSTER_PEAK_NOTIONAL, clusters.peakNotional(cluster));
    records.putDouble(at + ViewLayout.CLUSTER_LARGEST, clusters.notional(cluster));
    density.byLeverage(side, low, high, byLeverage);
    for (int i = 0; i < leverages; i++) {
      records.putDouble(at + ViewLayout.CLUSTER_BY_LEVERAGE + 8 * i, byLeverage[i]);
    }
  }
}
