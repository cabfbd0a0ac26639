package io.liqmap.engine.core.clusters;

import io.liqmap.engine.core.map.Density;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;

/**
 * A tracked cluster: a range of dense buckets on one side, which keeps its number while it grows,
 * shrinks and moves.
 *
 * <p>As of the last refresh; notionals are in the quote asset. The object is reused for another
 * cluster when this one has ended. On the map's thread.
 */
public final class LiveCluster {
  /** Above any bucket or shift. */
  private static final int MAX_BUCKET = 1 << 28;

  private static final Side[] SIDES = Side.values();
  private static final ClusterState[] STATES = ClusterState.values();

  private final double[] byLeverage;
  private long id;
  private Side side = Side.LONG;
  private ClusterState state = ClusterState.ACTIVE;
  private long bornNanos;
  private int lowBucket;
  private int highBucket;
  private int peakBucket;
  private double notional;
  private double peakNotional;
  private double largestNotional;
  private double reportedNotional;

  /** Whether leverages are what the ledgers held at the last refresh; not part of the state. */
  private boolean isAsInLedgers;

  LiveCluster(final int leverages) {
    byLeverage = new double[leverages];
  }

  /** Its number, from 1; they rise and are never reused. */
  public long id() {
    return id;
  }

  public Side side() {
    return side;
  }

  /** Whether mark has swept into it. */
  public ClusterState state() {
    return state;
  }

  /** Time of its birth, ns since 1970. */
  public long bornNanos() {
    return bornNanos;
  }

  public int lowBucket() {
    return lowBucket;
  }

  public int highBucket() {
    return highBucket;
  }

  /** Bucket that holds most, the lowest of several. */
  public int peakBucket() {
    return peakBucket;
  }

  /** Notional of all its buckets. */
  public double notional() {
    return notional;
  }

  public double peakNotional() {
    return peakNotional;
  }

  public double largestNotional() {
    return largestNotional;
  }

  /**
   * Notional of one leverage.
   *
   * @param leverage its number in {@link Density#leverage}
   */
  public double notional(final int leverage) {
    return byLeverage[leverage];
  }

  /** Notional in the last event about it. */
  double reportedNotional() {
    return reportedNotional;
  }

  void onReported() {
    reportedNotional = notional;
  }

  void begin(final long newId, final Side newSide, final long time) {
    id = newId;
    side = newSide;
    state = ClusterState.ACTIVE;
    notional = 0;
    bornNanos = time;
    largestNotional = 0;
  }

  /**
   * Sets what a refresh has found.
   *
   * @param isExact whether leverages are read from the ledgers: between two updates of open
   *     interest they keep their shares in a cluster whose extent hasn't changed
   */
  void update(final DenseRange range, final Density density, final boolean isExact) {
    final boolean isSame = lowBucket == range.low && highBucket == range.high && notional > 0;
    final boolean isTouched = !isSame || density.isChanged(side, range.low, range.high);
    if (isSame && !isExact) {
      if (isTouched) {
        scale(range.notional / notional);
        isAsInLedgers = false;
      }
    } else if (isTouched || !isAsInLedgers) {
      density.byLeverage(side, range.low, range.high, byLeverage);
      isAsInLedgers = true;
    }
    lowBucket = range.low;
    highBucket = range.high;
    peakBucket = range.peak;
    notional = range.notional;
    peakNotional = range.peakNotional;
    largestNotional = Math.max(largestNotional, notional);
  }

  private void scale(final double factor) {
    for (int leverage = 0; leverage < byLeverage.length; leverage++) {
      byLeverage[leverage] *= factor;
    }
  }

  boolean isCrossed(final int markBucket) {
    return side == Side.LONG ? markBucket < lowBucket : markBucket > highBucket;
  }

  boolean overlaps(final int low, final int high) {
    return lowBucket <= high && highBucket >= low;
  }

  void onPartlySwept() {
    state = ClusterState.PARTIAL;
  }

  void encode(final StateWriter out) {
    out.putLong(id);
    out.putLong(side.ordinal());
    out.putLong(state.ordinal());
    out.putLong(bornNanos);
    out.putLong(lowBucket);
    out.putLong(highBucket);
    out.putLong(peakBucket);
    out.putDouble(notional);
    out.putDouble(peakNotional);
    out.putDouble(largestNotional);
    out.putDouble(reportedNotional);
    for (final double part : byLeverage) {
      out.putDouble(part);
    }
  }

  void decode(final StateReader in, final long minId, final long maxId, final long time) {
    id = in.getLong(minId, maxId);
    side = SIDES[in.getInt(0, SIDES.length - 1)];
    state = STATES[in.getInt(0, ClusterState.PARTIAL.ordinal())];
    bornNanos = in.getLong(0, time);
    lowBucket = in.getInt(-MAX_BUCKET, MAX_BUCKET);
    highBucket = in.getInt(lowBucket, MAX_BUCKET);
    peakBucket = in.getInt(lowBucket, highBucket);
    notional = in.getDouble(0, Double.MAX_VALUE);
    peakNotional = in.getDouble(0, Double.MAX_VALUE);
    largestNotional = in.getDouble(notional, Double.MAX_VALUE);
    reportedNotional = in.getDouble(0, Double.MAX_VALUE);
    for (int leverage = 0; leverage < byLeverage.length; leverage++) {
      byLeverage[leverage] = in.getDouble(0, Double.MAX_VALUE);
    }
    isAsInLedgers = false;
  }
}
