package io.liqmap.engine.shared.view;

import io.liqmap.engine.core.calibration.CalibrationStatus;
import io.liqmap.engine.core.clusters.ClusterState;
import io.liqmap.engine.core.clusters.QualityFlags;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.structure.LevelKind;
import java.lang.invoke.VarHandle;
import java.nio.DoubleBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One reader's copy of what was published of an instrument: {@link #refresh} brings the newest
 * state, everything else is about the state that is held.
 *
 * <p>Any number of readers, in any process; each belongs to one thread. Never makes the writer
 * wait, and never holds a mixture of two states. Allocates nothing once made. Prices are in the
 * quote asset per base asset, notionals in the quote asset, times ns since 1970.
 */
public final class ViewReader {
  /** More than this many tries in a row, and the writer laps a reader that isn't running. */
  private static final int TRIES = 64;

  private static final ClusterState[] STATES = ClusterState.values();

  private final ViewLayout layout;
  private final UnsafeBuffer shared;
  private final DoubleBuffer sharedDoubles;
  private final int region;
  private final double logWidth;
  private final UnsafeBuffer header = new UnsafeBuffer(new byte[ViewLayout.HEADER_USED]);
  private final UnsafeBuffer newHeader = new UnsafeBuffer(new byte[ViewLayout.HEADER_USED]);
  private final ViewedMarket market = new ViewedMarket(header);
  private final ViewedMembers members = new ViewedMembers(this);
  private Body held;
  private Body spare;
  private final double[] leverageValues;
  private final int clusterLength;
  private double priceUnit;
  private int leverages;
  private long publication;
  private long lapped;
  private long failedTries;

  /** What a body slot holds. */
  private static final class Body {
    final double[] longs;
    final double[] shorts;
    final UnsafeBuffer clusters;
    final UnsafeBuffer members;
    long number;
    int anchor;
    int clusterCount;
    double beyondLong;
    double beyondShort;

    Body(final ViewLayout layout) {
      longs = new double[layout.buckets()];
      shorts = new double[layout.buckets()];
      clusters = new UnsafeBuffer(new byte[layout.cluster(layout.clusters()) - layout.cluster(0)]);
      members = new UnsafeBuffer(new byte[layout.members() * ViewLayout.MEMBER_LENGTH]);
    }

    /** A file may have been damaged since it was opened: rejects unknown codes. */
    boolean isSound(final int clusterLength, final int memberCount) {
      for (int cluster = 0; cluster < clusterCount; cluster++) {
        final int state = clusters.getInt(cluster * clusterLength + ViewLayout.CLUSTER_STATE);
        if (state < 0 || state >= STATES.length) {
          return false;
        }
      }
      return ViewedMembers.isSound(members, memberCount);
    }
  }

  /**
   * Reads an instrument of a view, by the first model; holds nothing until the first refresh.
   *
   * @throws IllegalArgumentException if the view has no room for such a number
   */
  public ViewReader(final ViewMemory memory, final int instrument) {
    this(memory, instrument, 0);
  }

  /**
   * Reads a map of an instrument of a view; holds nothing until the first refresh.
   *
   * @param map its number: {@link ViewMemory#map}
   * @throws IllegalArgumentException if the view has no room for such a number
   */
  public ViewReader(final ViewMemory memory, final int instrument, final int map) {
    layout = memory.layout();
    region = memory.region(instrument, map);
    shared = memory.buffer();
    sharedDoubles = memory.bytes().asDoubleBuffer();
    logWidth = memory.logWidth();
    held = new Body(layout);
    spare = new Body(layout);
    leverageValues = new double[layout.leverages()];
    clusterLength = layout.cluster(1) - layout.cluster(0);
  }

  /**
   * Copies the newest state.
   *
   * @return whether there was a newer one; false as well when the writer was faster than all tries,
   *     which {@link #lapped} counts
   */
  public boolean refresh() {
    final int latestAt = layout.region(region) + ViewLayout.LATEST;
    for (int attempt = 0; attempt < TRIES; attempt++) {
      final long latest = shared.getLongAcquire(latestAt);
      if (latest <= publication) {
        return false;
      }
      if (copyHeader(latest)) {
        final long body = newHeader.getLong(ViewLayout.BODY);
        if (body == held.number || copyBody(body)) {
          adopt(latest, body);
          return true;
        }
      }
      failedTries++;
      Thread.onSpinWait();
    }
    lapped++;
    return false;
  }

  private boolean copyHeader(final long number) {
    final int slot = layout.header(region, number);
    if (shared.getLongAcquire(slot + ViewLayout.STAMP) != number) {
      return false;
    }
    newHeader.putBytes(0, shared, slot, ViewLayout.HEADER_USED);
    // The copy has to be read before the stamp is read again.
    VarHandle.acquireFence();
    return shared.getLongOpaque(slot + ViewLayout.STAMP) == number;
  }

  private boolean copyBody(final long number) {
    final int slot = layout.body(region, number);
    if (shared.getLongAcquire(slot + ViewLayout.STAMP) != number) {
      return false;
    }
    spare.number = number;
    spare.anchor = shared.getInt(slot + ViewLayout.ANCHOR);
    spare.beyondLong = shared.getDouble(slot + ViewLayout.BEYOND_LONG);
    spare.beyondShort = shared.getDouble(slot + ViewLayout.BEYOND_SHORT);
    sharedDoubles.get((slot + ViewLayout.CUMULATIVE) / Double.BYTES, spare.longs);
    sharedDoubles.get((slot + layout.cumulativeShort()) / Double.BYTES, spare.shorts);
    // A count that is being written may be anything.
    final int count = shared.getInt(slot + ViewLayout.CLUSTER_COUNT);
    spare.clusterCount = Math.max(0, Math.min(layout.clusters(), count));
    spare.clusters.putBytes(
        0, shared, slot + layout.cluster(0), spare.clusterCount * clusterLength);
    final int memberCount = memberCount();
    if (memberCount > 0) {
      spare.members.putBytes(
          0, shared, slot + layout.memberRecords(), memberCount * ViewLayout.MEMBER_LENGTH);
    }
    VarHandle.acquireFence();
    return shared.getLongOpaque(slot + ViewLayout.STAMP) == number
        && spare.isSound(clusterLength, memberCount);
  }

  /** Written before the first publication, as all of the static part. */
  int memberCount() {
    final int count = shared.getInt(layout.region(region) + ViewLayout.MEMBER_COUNT);
    return Math.max(0, Math.min(layout.members(), count));
  }

  /** Number of the member whose mark is the group's, from 1; 0 for none. */
  int reference() {
    return Math.max(0, Math.min(memberCount(), header.getInt(ViewLayout.REFERENCE)));
  }

  UnsafeBuffer heldMembers() {
    return held.members;
  }

  /** Members of a group; none of an instrument. One for all who ask. */
  public ViewedMembers members() {
    return members;
  }

  private void adopt(final long latest, final long body) {
    if (publication == 0) {
      readConstants();
    }
    publication = latest;
    header.putBytes(0, newHeader, 0, ViewLayout.HEADER_USED);
    if (body != held.number) {
      final Body before = held;
      held = spare;
      spare = before;
    }
  }

  /** What never changes was written before the first publication. */
  private void readConstants() {
    final int at = layout.region(region);
    priceUnit = shared.getDouble(at + ViewLayout.PRICE_UNIT);
    final int count = shared.getInt(at + ViewLayout.LEVERAGE_COUNT);
    leverages = Math.max(0, Math.min(leverageValues.length, count));
    for (int i = 0; i < leverages; i++) {
      leverageValues[i] = shared.getDouble(at + ViewLayout.LEVERAGE_VALUES + 8 * i);
    }
  }

  /** Number of the publication that is held, 0 before the first. */
  public long publication() {
    return publication;
  }

  /** How often a refresh gave up. */
  public long lapped() {
    return lapped;
  }

  /** How often a try read a state while it was being written. */
  public long failedTries() {
    return failedTries;
  }

  /** Sequence of the last event in it. */
  public long sequence() {
    return header.getLong(ViewLayout.SEQUENCE);
  }

  /**
   * Sequence of the last event whose trades are in the cumulative notionals: {@link #sequence}, or
   * an earlier one while trades come in faster than they are worth adding up.
   */
  public long bodySequence() {
    return header.getLong(ViewLayout.BODY_SEQUENCE);
  }

  /** Time of the last event. */
  public long time() {
    return header.getLong(ViewLayout.TIME);
  }

  /** Sequence of the newest check point of the feed, 0 for none. */
  long checkSequence() {
    return header.getLong(ViewLayout.CHECK_SEQUENCE);
  }

  /** Checksum of the feed there. */
  int check() {
    return header.getInt(ViewLayout.CHECK);
  }

  /** Sequence of the check point before, 0 for none. */
  long previousCheckSequence() {
    return header.getLong(ViewLayout.PREVIOUS_CHECK_SEQUENCE);
  }

  /** Checksum of the feed there. */
  int previousCheck() {
    return header.getInt(ViewLayout.PREVIOUS_CHECK);
  }

  /** Mark price, or the last price in its place; 0 before the first price. */
  public double markPrice() {
    return header.getDouble(ViewLayout.MARK);
  }

  /** The same as the feed has it. */
  public long markMantissa() {
    return header.getLong(ViewLayout.MARK_MANTISSA);
  }

  /** Bucket of the mark price, −1 before the first price. */
  public int markBucket() {
    return header.getInt(ViewLayout.MARK_BUCKET);
  }

  /** One-sided open interest, base asset; NaN before the first. */
  public double openInterest() {
    return header.getDouble(ViewLayout.OPEN_INTEREST);
  }

  /** Share of a side's open interest that is on the map, 0 to 1. */
  public double coverage(final Side side) {
    return header.getDouble(
        side == Side.LONG ? ViewLayout.COVERAGE_LONG : ViewLayout.COVERAGE_SHORT);
  }

  /** Share of a side's open interest that no price liquidates, 0 to 1. */
  public double outOfReach(final Side side) {
    return header.getDouble(
        side == Side.LONG ? ViewLayout.OUT_OF_REACH_LONG : ViewLayout.OUT_OF_REACH_SHORT);
  }

  /** Share of a side's open interest whose entries the model doesn't know, 0 to 1. */
  public double unmapped(final Side side) {
    return header.getDouble(
        side == Side.LONG ? ViewLayout.UNMAPPED_LONG : ViewLayout.UNMAPPED_SHORT);
  }

  /**
   * How a side's amounts compare with the liquidations reported so far, as of the last whole day;
   * null where the map isn't scored.
   */
  public CalibrationStatus calibration(final Side side) {
    return CalibrationStatus.of(
        header.getInt(
            side == Side.LONG ? ViewLayout.CALIBRATION_LONG : ViewLayout.CALIBRATION_SHORT));
  }

  /**
   * What sweeps took off a side's map over what was liquidated by the venue's reports, corrected
   * for what it doesn't report, of whole days: of the past, no forecast. NaN where nothing was
   * reported, or the map isn't scored.
   */
  public double expectedOverRealised(final Side side) {
    return score(side, ViewLayout.RATIO);
  }

  /** Lower end of its 95 % interval; NaN where there is none. */
  public double expectedOverRealisedLow(final Side side) {
    return score(side, ViewLayout.RATIO_LOW);
  }

  /** Upper end of its 95 % interval; NaN where there is none. */
  public double expectedOverRealisedHigh(final Side side) {
    return score(side, ViewLayout.RATIO_HIGH);
  }

  /** Days that it counts, as many of equal weight, 0 or more. */
  public double scoredDays(final Side side) {
    return score(side, ViewLayout.DAYS);
  }

  private double score(final Side side, final int field) {
    return header.getDouble(
        field + (side == Side.LONG ? ViewLayout.SCORE_LONG : ViewLayout.SCORE_SHORT));
  }

  /** What the answers lack: bits of {@link QualityFlags}. */
  public int quality() {
    return (int) header.getLong(ViewLayout.QUALITY);
  }

  /** Sequences of the feed that never came. */
  public long missing() {
    return header.getLong(ViewLayout.MISSING);
  }

  /** Invalid or implausible messages, dropped. */
  public long rejected() {
    return header.getLong(ViewLayout.REJECTED);
  }

  /** Standard deviation of the price's logarithm over one hour; NaN while unknown. */
  public double volatility() {
    return header.getDouble(ViewLayout.VOLATILITY);
  }

  /** Move of the price's logarithm by a notional of 1 that takers trade; NaN while unknown. */
  public double impact() {
    return header.getDouble(ViewLayout.IMPACT);
  }

  /**
   * Length of the bars that prices were made from, ns; 0 for ticks, or where the feed doesn't state
   * it. Above a minute, volatility is by the range of these bars and impact by the bar, and the
   * order of prices inside one is assumed.
   */
  public long barNanos() {
    return header.getLong(ViewLayout.BAR_LENGTH);
  }

  /** All that sweeps have taken off the map. */
  public double sweptNotional(final Side side) {
    return header.getDouble(side == Side.LONG ? ViewLayout.SWEPT_LONG : ViewLayout.SWEPT_SHORT);
  }

  /** All liquidations that the venue reported. */
  public double observedNotional(final Side side) {
    return header.getDouble(
        side == Side.LONG ? ViewLayout.OBSERVED_LONG : ViewLayout.OBSERVED_SHORT);
  }

  /**
   * Price around which most of a side would be liquidated, as {@link
   * io.liqmap.engine.core.clusters.MaxPain} finds it within the view's reach; NaN without
   * positions, 0 where the writer doesn't publish it.
   */
  public double maxPain(final Side side) {
    return header.getDouble(
        side == Side.LONG ? ViewLayout.MAX_PAIN_LONG : ViewLayout.MAX_PAIN_SHORT);
  }

  /** Notional of the side within 25 bp of the centre of the bucket that was found. */
  public double maxPainNotional(final Side side) {
    return header.getDouble(
        side == Side.LONG ? ViewLayout.MAX_PAIN_LONG_NOTIONAL : ViewLayout.MAX_PAIN_SHORT_NOTIONAL);
  }

  /** Price around which most of both sides would be liquidated, with the same exceptions. */
  public double maxPain() {
    return header.getDouble(ViewLayout.MAX_PAIN);
  }

  /** Notional of both sides there. */
  public double maxPainNotional() {
    return header.getDouble(ViewLayout.MAX_PAIN_NOTIONAL);
  }

  /** Funding, basis, change of open interest, account ratio and taker flow. */
  public ViewedMarket market() {
    return market;
  }

  /**
   * How far the models disagree about a side: the mean part of a model's map that would have to
   * move to make it the consensus, 0 to 1; NaN where the view doesn't show a consensus.
   */
  public double dispersion(final Side side) {
    return header.getDouble(
        side == Side.LONG ? ViewLayout.DISPERSION_LONG : ViewLayout.DISPERSION_SHORT);
  }

  /** Logarithmic width of a bucket. */
  public double logWidth() {
    return logWidth;
  }

  /** Value of a price mantissa of 1. */
  public double priceUnit() {
    return priceUnit;
  }

  /** Bucket from which both sides are counted outward. */
  public int anchorBucket() {
    return held.anchor;
  }

  /**
   * Notional of a side by distance: element i holds that of the anchor's bucket and the i next
   * ones, down for longs, up for shorts. Read-only; another array after a refresh.
   */
  public double[] cumulative(final Side side) {
    return side == Side.LONG ? held.longs : held.shorts;
  }

  /** Notional of a side beyond the view's reach. */
  public double beyond(final Side side) {
    return side == Side.LONG ? held.beyondLong : held.beyondShort;
  }

  /** Clusters, the oldest first. */
  public int clusters() {
    return held.clusterCount;
  }

  private int at(final int cluster, final int field) {
    return cluster * clusterLength + field;
  }

  /** Identity of a cluster, from 1, never used again. */
  public long clusterId(final int cluster) {
    return held.clusters.getLong(at(cluster, ViewLayout.CLUSTER_ID));
  }

  /** Side of its positions. */
  public Side clusterSide(final int cluster) {
    return held.clusters.getInt(at(cluster, ViewLayout.CLUSTER_SIDE)) == 0 ? Side.LONG : Side.SHORT;
  }

  /** Whether mark has been in it. */
  public ClusterState clusterState(final int cluster) {
    return STATES[held.clusters.getInt(at(cluster, ViewLayout.CLUSTER_STATE))];
  }

  /** When it was born. */
  public long clusterBorn(final int cluster) {
    return held.clusters.getLong(at(cluster, ViewLayout.CLUSTER_BORN));
  }

  /** Its lowest bucket. */
  public int clusterLowBucket(final int cluster) {
    return held.clusters.getInt(at(cluster, ViewLayout.CLUSTER_LOW));
  }

  /** Its highest bucket. */
  public int clusterHighBucket(final int cluster) {
    return held.clusters.getInt(at(cluster, ViewLayout.CLUSTER_HIGH));
  }

  /** The bucket that holds most of it. */
  public int clusterPeakBucket(final int cluster) {
    return held.clusters.getInt(at(cluster, ViewLayout.CLUSTER_PEAK));
  }

  /** Price structure in it: bits of {@link LevelKind}. */
  public int clusterConfluence(final int cluster) {
    return held.clusters.getInt(at(cluster, ViewLayout.CLUSTER_CONFLUENCE));
  }

  /** Its notional. */
  public double clusterNotional(final int cluster) {
    return held.clusters.getDouble(at(cluster, ViewLayout.CLUSTER_NOTIONAL));
  }

  /** Notional of its peak's bucket. */
  public double clusterPeakNotional(final int cluster) {
    return held.clusters.getDouble(at(cluster, ViewLayout.CLUSTER_PEAK_NOTIONAL));
  }

  /** Its largest notional ever. */
  public double clusterLargest(final int cluster) {
    return held.clusters.getDouble(at(cluster, ViewLayout.CLUSTER_LARGEST));
  }

  /**
   * Its notional of one leverage.
   *
   * @param leverage its number, below {@link #leverages}
   */
  public double clusterNotional(final int cluster, final int leverage) {
    return held.clusters.getDouble(at(cluster, ViewLayout.CLUSTER_BY_LEVERAGE + 8 * leverage));
  }

  /** Leverages by which clusters are broken down. */
  public int leverages() {
    return leverages;
  }

  /** One of them; they rise with their number. */
  public double leverage(final int number) {
    return leverageValues[number];
  }

  /** Price at the lower edge of a bucket. */
  public double priceLow(final int bucket) {
    return StrictMath.exp(bucket * logWidth) * priceUnit;
  }
}
