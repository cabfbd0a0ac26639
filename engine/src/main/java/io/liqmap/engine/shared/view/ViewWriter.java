package io.liqmap.engine.shared.view;

import io.liqmap.engine.core.clusters.ClusterTracker;
import io.liqmap.engine.core.clusters.LiveCluster;
import io.liqmap.engine.core.clusters.MaxPain;
import io.liqmap.engine.core.clusters.QualityFlags;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.map.LiquidationDensity;
import io.liqmap.engine.core.margin.Side;
import java.nio.DoubleBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Publishes the state of one instrument's first model; the only writer of its region.
 *
 * <p>{@code engine/VIEW.md} has the protocol. Never waits. On the thread that owns the map;
 * allocates only when the map has become wider than ever.
 */
public final class ViewWriter {
  private static final int MODEL = 0;

  private final ViewLayout layout;
  private final UnsafeBuffer buffer;
  private final DoubleBuffer doubles;
  private final InstrumentMap map;
  private final ClusterTracker levels;
  private final LiquidationDensity profile;
  private final RegionWriter slots;
  private final double[] longs;
  private final double[] shorts;
  private final MaxPain maxPain;
  private final double logWidth;
  private final UnsafeBuffer records;

  private long revision = -1;
  private long refreshes = -1;

  /** As of the body: changes other than by trades, and the last event. */
  private long changes = -1;

  private long bodySequence;
  private double coverageLong;
  private double coverageShort;
  private double maxPainLong = Double.NaN;
  private double maxPainShort = Double.NaN;
  private double maxPainBoth = Double.NaN;
  private double outOfReachLong;
  private double outOfReachShort;
  private double unmappedLong;
  private double unmappedShort;
  private final SideScore longScore;
  private final SideScore shortScore;
  private final MarketFigures market;

  /**
   * Begins to publish an instrument.
   *
   * @param region of the view that it is published in, by convention the instrument's number
   * @param levels of the same map
   * @throws IllegalArgumentException if the view has no such region, or buckets of another width
   * @throws IllegalStateException if the region has a writer, or the view is for reading only
   */
  public ViewWriter(
      final ViewMemory memory,
      final int region,
      final InstrumentMap map,
      final ClusterTracker levels) {
    this.map = map;
    this.levels = levels;
    layout = memory.layout();
    buffer = memory.buffer();
    doubles = memory.bytes().asDoubleBuffer();
    profile = map.density(MODEL);
    longs = new double[layout.buckets()];
    shorts = new double[layout.buckets()];
    maxPain = new MaxPain(map.lattice().resolutionBps());
    logWidth = memory.logWidth();
    records = new UnsafeBuffer(new byte[layout.cluster(layout.clusters()) - layout.cluster(0)]);
    requireWidth(memory.logWidth());
    longScore = new SideScore(map.score(MODEL, Side.LONG));
    shortScore = new SideScore(map.score(MODEL, Side.SHORT));
    market = new MarketFigures(map.market());
    slots = new RegionWriter(memory, region);
    describe(layout.region(region));
  }

  private void requireWidth(final double logWidth) {
    final double width = StrictMath.log1p(map.lattice().resolutionBps() / 10_000);
    if (width != logWidth) {
      throw new IllegalArgumentException(
          "the view's buckets are " + logWidth + " wide, those of the map " + width);
    }
  }

  private void describe(final int region) {
    text(region + ViewLayout.SYMBOL, ViewLayout.SYMBOL_LENGTH, map.instrument().symbol());
    text(region + ViewLayout.BASE_ASSET, ViewLayout.ASSET_LENGTH, map.instrument().baseAsset());
    text(region + ViewLayout.QUOTE_ASSET, ViewLayout.ASSET_LENGTH, map.instrument().quoteAsset());
    text(region + ViewLayout.VENUE, ViewLayout.ASSET_LENGTH, map.instrument().venue());
    buffer.putDouble(region + ViewLayout.PRICE_UNIT, map.instrument().priceUnit());
    final int leverages = leverages();
    buffer.putInt(region + ViewLayout.LEVERAGE_COUNT, leverages);
    for (int i = 0; i < leverages; i++) {
      buffer.putDouble(region + ViewLayout.LEVERAGE_VALUES + 8 * i, profile.leverage(i));
    }
  }

  /** Leverages beyond the view's room count in the sums of their clusters only. */
  private int leverages() {
    return Math.min(layout.leverages(), profile.leverages());
  }

  private void text(final int offset, final int room, final String text) {
    final byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    buffer.setMemory(offset, room, (byte) 0);
    buffer.putBytes(offset, ascii, 0, Math.min(room, ascii.length));
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
    buffer.putLong(slot + ViewLayout.SEQUENCE, sequence);
    buffer.putLong(slot + ViewLayout.BODY_SEQUENCE, bodySequence);
    buffer.putLong(slot + ViewLayout.TIME, time);
    final double unit = map.instrument().priceUnit();
    buffer.putLong(slot + ViewLayout.MARK_MANTISSA, map.markPrice());
    buffer.putDouble(slot + ViewLayout.MARK, map.markPrice() * unit);
    buffer.putInt(slot + ViewLayout.MARK_BUCKET, map.markBucket());
    buffer.putDouble(slot + ViewLayout.OPEN_INTEREST, openInterest(unit));
    buffer.putDouble(slot + ViewLayout.COVERAGE_LONG, coverageLong);
    buffer.putDouble(slot + ViewLayout.COVERAGE_SHORT, coverageShort);
    buffer.putLong(slot + ViewLayout.QUALITY, quality);
    buffer.putLong(slot + ViewLayout.MISSING, missing);
    buffer.putLong(slot + ViewLayout.REJECTED, rejected);
    buffer.putDouble(slot + ViewLayout.VOLATILITY, levels.volatility());
    buffer.putDouble(slot + ViewLayout.IMPACT, levels.impact());
    buffer.putLong(slot + ViewLayout.BAR_LENGTH, levels.barNanos());
    buffer.putDouble(slot + ViewLayout.SWEPT_LONG, map.sweptNotional(MODEL, Side.LONG));
    buffer.putDouble(slot + ViewLayout.SWEPT_SHORT, map.sweptNotional(MODEL, Side.SHORT));
    buffer.putDouble(slot + ViewLayout.OBSERVED_LONG, map.observedNotional(Side.LONG));
    buffer.putDouble(slot + ViewLayout.OBSERVED_SHORT, map.observedNotional(Side.SHORT));
    buffer.putDouble(slot + ViewLayout.MAX_PAIN_LONG, maxPainLong);
    buffer.putDouble(slot + ViewLayout.MAX_PAIN_LONG_NOTIONAL, maxPain.notional(Side.LONG));
    buffer.putDouble(slot + ViewLayout.MAX_PAIN_SHORT, maxPainShort);
    buffer.putDouble(slot + ViewLayout.MAX_PAIN_SHORT_NOTIONAL, maxPain.notional(Side.SHORT));
    buffer.putDouble(slot + ViewLayout.MAX_PAIN, maxPainBoth);
    buffer.putDouble(slot + ViewLayout.MAX_PAIN_NOTIONAL, maxPain.notional());
    buffer.putInt(slot + ViewLayout.CALIBRATION_LONG, longScore.status());
    buffer.putInt(slot + ViewLayout.CALIBRATION_SHORT, shortScore.status());
    longScore.put(buffer, slot + ViewLayout.SCORE_LONG);
    shortScore.put(buffer, slot + ViewLayout.SCORE_SHORT);
    buffer.putDouble(slot + ViewLayout.OUT_OF_REACH_LONG, outOfReachLong);
    buffer.putDouble(slot + ViewLayout.OUT_OF_REACH_SHORT, outOfReachShort);
    buffer.putDouble(slot + ViewLayout.UNMAPPED_LONG, unmappedLong);
    buffer.putDouble(slot + ViewLayout.UNMAPPED_SHORT, unmappedShort);
    market.put(buffer, slot, time);
    buffer.putDouble(slot + ViewLayout.DISPERSION_LONG, Double.NaN);
    buffer.putDouble(slot + ViewLayout.DISPERSION_SHORT, Double.NaN);
    slots.endHeader();
  }

  private long changes() {
    return map.changes() + map.updates();
  }

  /** Whether there were trades that the body doesn't hold. */
  public boolean isBehind() {
    return revision != map.revision();
  }

  private double openInterest(final double unit) {
    final double quantity = map.openInterest() * map.instrument().quantityUnit();
    if (!map.instrument().isInverse()) {
      return quantity;
    }
    return map.markPrice() > 0 ? quantity / (map.markPrice() * unit) : Double.NaN;
  }

  private void publishBody() {
    profile.project();
    coverageLong = profile.coverage(Side.LONG);
    coverageShort = profile.coverage(Side.SHORT);
    outOfReachLong = profile.outOfReach(Side.LONG);
    outOfReachShort = profile.outOfReach(Side.SHORT);
    unmappedLong = profile.unmapped(Side.LONG);
    unmappedShort = profile.unmapped(Side.SHORT);
    final int slot = slots.beginBody();
    final int anchor = map.markBucket();
    buffer.putInt(slot + ViewLayout.ANCHOR, anchor);
    final int countLongs =
        sum(Side.LONG, anchor, longs, slot + ViewLayout.CUMULATIVE, slot + ViewLayout.BEYOND_LONG);
    final int countShorts =
        sum(
            Side.SHORT,
            anchor,
            shorts,
            slot + layout.cumulativeShort(),
            slot + ViewLayout.BEYOND_SHORT);
    maxPain.find(longs, countLongs, shorts, countShorts);
    maxPainLong = price(anchor + maxPain.place(Side.LONG));
    maxPainShort = price(anchor + maxPain.place(Side.SHORT));
    maxPainBoth = price(anchor + maxPain.place());
    final int clusters = Math.min(layout.clusters(), levels.clusters().count());
    buffer.putInt(slot + ViewLayout.CLUSTER_COUNT, clusters);
    if (levels.refreshes() != refreshes) {
      for (int i = 0; i < clusters; i++) {
        put(levels.clusters().get(i), layout.cluster(i) - layout.cluster(0));
      }
    }
    buffer.putBytes(
        slot + layout.cluster(0), records, 0, layout.cluster(clusters) - layout.cluster(0));
    slots.endBody();
  }

  private double price(final double place) {
    return StrictMath.exp(place * logWidth) * map.instrument().priceUnit();
  }

  /**
   * Adds up a side outward from the anchor; its buckets on the other side of it are empty.
   *
   * @return from how many numbers on the sum stays the same
   */
  private int sum(
      final Side side,
      final int anchor,
      final double[] cumulative,
      final int at,
      final int beyondAt) {
    final int end = side == Side.LONG ? anchor - profile.first(side) : profile.last(side) - anchor;
    final int filled = Math.max(0, Math.min(cumulative.length, end + 1));
    double sum = 0;
    for (int i = 0; i < filled; i++) {
      sum += profile.notional(side, anchor - side.sign() * i);
      cumulative[i] = sum;
    }
    Arrays.fill(cumulative, filled, cumulative.length, sum);
    doubles.put(at / Double.BYTES, cumulative, 0, cumulative.length);
    double beyond = 0;
    for (int i = cumulative.length; i <= end; i++) {
      beyond += profile.notional(side, anchor - side.sign() * i);
    }
    buffer.putDouble(beyondAt, beyond);
    return filled;
  }

  /** As of the last refresh of the levels: they stay as they are until the next. */
  private void put(final LiveCluster cluster, final int at) {
    records.putLong(at + ViewLayout.CLUSTER_ID, cluster.id());
    records.putInt(at + ViewLayout.CLUSTER_SIDE, cluster.side() == Side.LONG ? 0 : 1);
    records.putInt(at + ViewLayout.CLUSTER_STATE, cluster.state().ordinal());
    records.putLong(at + ViewLayout.CLUSTER_BORN, cluster.bornNanos());
    records.putInt(at + ViewLayout.CLUSTER_LOW, cluster.lowBucket());
    records.putInt(at + ViewLayout.CLUSTER_HIGH, cluster.highBucket());
    records.putInt(at + ViewLayout.CLUSTER_PEAK, cluster.peakBucket());
    records.putInt(
        at + ViewLayout.CLUSTER_CONFLUENCE,
        map.structure().kindsWithin(cluster.lowBucket(), cluster.highBucket()));
    records.putDouble(at + ViewLayout.CLUSTER_NOTIONAL, cluster.notional());
    records.putDouble(at + ViewLayout.CLUSTER_PEAK_NOTIONAL, cluster.peakNotional());
    records.putDouble(at + ViewLayout.CLUSTER_LARGEST, cluster.largestNotional());
    for (int i = 0; i < leverages(); i++) {
      records.putDouble(at + ViewLayout.CLUSTER_BY_LEVERAGE + 8 * i, cluster.notional(i));
    }
  }
}
