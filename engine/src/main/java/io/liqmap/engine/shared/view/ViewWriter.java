package io.liqmap.engine.shared.view;

import io.liqmap.engine.core.clusters.ClusterTracker;
import io.liqmap.engine.core.clusters.LiveCluster;
import io.liqmap.engine.core.clusters.QualityFlags;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.map.LiquidationDensity;
import io.liqmap.engine.core.map.MapVariant;
import io.liqmap.engine.core.map.SideDensity;
import io.liqmap.engine.core.margin.Side;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Publishes the state of one instrument's first model; the only writer of its region.
 *
 * <p>{@code engine/VIEW.md} has the protocol. Never waits. On the thread that owns the map;
 * allocates only when the map has become wider than ever.
 */
public final class ViewWriter {
  private static final int MODEL = 0;

  private final UnsafeBuffer buffer;
  private final InstrumentMap map;
  private final ClusterTracker levels;
  private final LiquidationDensity profile;
  private final RegionWriter slots;
  private final HeaderWriter headers;
  private final BodyWriter bodies;
  private final int leverages;

  private long revision = -1;
  private long refreshes = -1;

  /** As of the body: changes other than by trades, and the last event. */
  private long changes = -1;

  private long bodySequence;
  private double coverageLong;
  private double coverageShort;
  private double outOfReachLong;
  private double outOfReachShort;
  private double unmappedLong;
  private double unmappedShort;
  private long checkSequence;
  private int check;
  private long previousCheckSequence;
  private int previousCheck;
  private final SideScore longScore;
  private final SideScore shortScore;

  /**
   * Begins to publish an instrument.
   *
   * @param instrument its number in the view, by convention the feed's
   * @param levels of the same map
   * @throws IllegalArgumentException if the view has no such region, or buckets of another width
   * @throws IllegalStateException if the region has a writer, or the view is for reading only
   */
  public ViewWriter(
      final ViewMemory memory,
      final int instrument,
      final InstrumentMap map,
      final ClusterTracker levels) {
    this.map = map;
    this.levels = levels;
    buffer = memory.buffer();
    profile = map.density(MODEL);
    longScore = new SideScore(map.score(MODEL, Side.LONG));
    shortScore = new SideScore(map.score(MODEL, Side.SHORT));
    final int region = memory.region(instrument, 0);
    slots = new RegionWriter(memory, region);
    headers = new HeaderWriter(buffer, map, levels);
    bodies =
        new BodyWriter(memory, slots, map.instrument().priceUnit(), map.lattice().resolutionBps());
    leverages =
        RegionHead.write(
            memory,
            region,
            map.instrument(),
            map.lattice().resolutionBps(),
            MapVariant.FIRST.name(map.settings()),
            profile.leverages(),
            profile::leverage);
  }

  /**
   * Publishes the state behind an event: its header always, its body where more than trades has
   * changed it.
   *
   * @param sequence of the feed's last event
   * @param time of it, ns since 1970
   * @param quality flags of {@link QualityFlags}
   * @param missing sequences that never came, so far
   * @param rejected invalid or implausible messages, so far
   * @param isBodyDue whether trades alone are worth a new body by now
   */
  public void publish(
      final long sequence,
      final long time,
      final int quality,
      final long missing,
      final long rejected,
      final boolean isBodyDue) {
    if (changes != changes()
        || levels.refreshes() != refreshes
        || (isBodyDue && map.revision() != revision)) {
      publishBody();
      changes = changes();
      revision = map.revision();
      refreshes = levels.refreshes();
    }
    if (revision == map.revision()) {
      bodySequence = sequence;
    }
    final int slot = slots.beginHeader();
    headers.put(slot, sequence, time, quality, missing, rejected);
    buffer.putLong(slot + ViewLayout.BODY_SEQUENCE, bodySequence);
    buffer.putDouble(slot + ViewLayout.COVERAGE_LONG, coverageLong);
    buffer.putDouble(slot + ViewLayout.COVERAGE_SHORT, coverageShort);
    buffer.putDouble(slot + ViewLayout.SWEPT_LONG, map.sweptNotional(MODEL, Side.LONG));
    buffer.putDouble(slot + ViewLayout.SWEPT_SHORT, map.sweptNotional(MODEL, Side.SHORT));
    bodies.putMaxPain(slot);
    buffer.putInt(slot + ViewLayout.CALIBRATION_LONG, longScore.status());
    buffer.putInt(slot + ViewLayout.CALIBRATION_SHORT, shortScore.status());
    longScore.put(buffer, slot + ViewLayout.SCORE_LONG);
    shortScore.put(buffer, slot + ViewLayout.SCORE_SHORT);
    buffer.putDouble(slot + ViewLayout.OUT_OF_REACH_LONG, outOfReachLong);
    buffer.putDouble(slot + ViewLayout.OUT_OF_REACH_SHORT, outOfReachShort);
    buffer.putDouble(slot + ViewLayout.UNMAPPED_LONG, unmappedLong);
    buffer.putDouble(slot + ViewLayout.UNMAPPED_SHORT, unmappedShort);
    buffer.putDouble(slot + ViewLayout.DISPERSION_LONG, Double.NaN);
    buffer.putDouble(slot + ViewLayout.DISPERSION_SHORT, Double.NaN);
    putCheckPoints(slot);
    slots.endHeader();
  }

  /**
   * Sets what the next publications say of the feed's newest two check points.
   *
   * @param sequence of the newest one, 0 for none
   * @param checksum of the feed there
   * @param previousSequence of the one before, 0 for none
   * @param previousChecksum of the feed there
   */
  public void checkPoints(
      final long sequence,
      final int checksum,
      final long previousSequence,
      final int previousChecksum) {
    checkSequence = sequence;
    check = checksum;
    previousCheckSequence = previousSequence;
    previousCheck = previousChecksum;
  }

  private void putCheckPoints(final int slot) {
    buffer.putLong(slot + ViewLayout.CHECK_SEQUENCE, checkSequence);
    buffer.putInt(slot + ViewLayout.CHECK, check);
    buffer.putLong(slot + ViewLayout.PREVIOUS_CHECK_SEQUENCE, previousCheckSequence);
    buffer.putInt(slot + ViewLayout.PREVIOUS_CHECK, previousCheck);
  }

  private long changes() {
    return map.changes() + map.updates();
  }

  /** Whether there were trades that the body doesn't hold. */
  public boolean isBehind() {
    return revision != map.revision();
  }

  private void publishBody() {
    profile.project();
    coverageLong = profile.coverage(Side.LONG);
    coverageShort = profile.coverage(Side.SHORT);
    outOfReachLong = profile.outOfReach(Side.LONG);
    outOfReachShort = profile.outOfReach(Side.SHORT);
    unmappedLong = profile.unmapped(Side.LONG);
    unmappedShort = profile.unmapped(Side.SHORT);
    bodies.begin(map.markBucket());
    final SideDensity longs = profile.on(Side.LONG);
    bodies.longs(longs.notionals(), longs.origin(), longs.first(), longs.last());
    final SideDensity shorts = profile.on(Side.SHORT);
    bodies.shorts(shorts.notionals(), shorts.origin(), shorts.first(), shorts.last());
    final int clusters = bodies.room(levels.clusters().count());
    if (levels.refreshes() != refreshes) {
      for (int i = 0; i < clusters; i++) {
        final LiveCluster cluster = levels.clusters().get(i);
        final int confluence =
            map.structure().kindsWithin(cluster.lowBucket(), cluster.highBucket());
        bodies.put(i, cluster, confluence, leverages);
      }
    }
    bodies.end(clusters);
  }
}
