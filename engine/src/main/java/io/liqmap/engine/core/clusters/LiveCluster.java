package io.liqmap.engine.core.clusters;

import io.liqmap.engine.core.map.LiquidationDensity;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;

/**
 * A cluster that lives: a run of dense buckets on one side, which keeps its number while it grows,
 * shrinks and moves.
 *
 * <p>Shows what stood at the last refresh; notionals are in the quote asset. The object is used
 * again for another cluster when this one has ended. On the thread that drives the levels.
 */
public final class LiveCluster {
  /** Beyond what any bucket, or its shift, can be. */
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
  private double toldNotional;

  LiveCluster(final int leverages) {
    byLeverage = new double[leverages];
  }

  /** Its number, from 1; they rise and are never used again. */
  public long id() {
    return id;
  }

  /** Side of the positions. */
  public Side side() {
    return side;
  }

  /** Whether mark has swept into it. */
  public ClusterState state() {
    return state;
  }

  /** When it was born, ns since 1970. */
  public long bornNanos() {
    return bornNanos;
  }

  /** Lowest bucket. */
  public int lowBucket() {
    return lowBucket;
  }

  /** Highest bucket. */
  public int highBucket() {
    return highBucket;
  }

  /** Bucket that holds most, the lowest of several. */
  public int peakBucket() {
    return peakBucket;
  }

  /** All that stands in it. */
  public double notional() {
    return notional;
  }

  /** What stands in its peak bucket. */
  public double peakNotional() {
    return peakNotional;
  }

  /** The most that ever stood in it. */
  public double largestNotional() {
    return largestNotional;
  }

  /**
   * What stands in it of one leverage.
   *
   * @param leverage its number in {@link LiquidationDensity#leverage}
   */
  public double notional(final int leverage) {
    return byLeverage[leverage];
  }

  /** What stood in it when an event told of it last. */
  double toldNotional() {
    return toldNotional;
  }

  void tell() {
    toldNotional = notional;
  }

  void bear(final long newId, final Side newSide, final long time) {
    id = newId;
    side = newSide;
    state = ClusterState.ACTIVE;
    notional = 0;
    bornNanos = time;
    largestNotional = 0;
  }

  /**
   * Takes over what a refresh has found.
   *
   * @param isExact whether leverages are looked up anew: between two updates of open interest they
   *     keep their shares in a cluster whose extent hasn't changed
   */
  void take(final DenseRange run, final LiquidationDensity profile, final boolean isExact) {
    final boolean isSame = lowBucket == run.low && highBucket == run.high && notional > 0;
    if (isSame && !isExact) {
      scale(run.notional / notional);
    } else {
      profile.byLeverage(side, run.low, run.high, byLeverage);
    }
    lowBucket = run.low;
    highBucket = run.high;
    peakBucket = run.peak;
    notional = run.notional;
    peakNotional = run.peakNotional;
    largestNotional = Math.max(largestNotional, notional);
  }

  private void scale(final double factor) {
    for (int leverage = 0; leverage < byLeverage.length; leverage++) {
      byLeverage[leverage] *= factor;
    }
  }

  /** Whether mark, in a bucket, has all of it behind it. */
  boolean isBehind(final int markBucket) {
    return side == Side.LONG ? markBucket < lowBucket : markBucket > highBucket;
  }

  boolean meets(final int low, final int high) {
    return lowBucket <= high && highBucket >= low;
  }

  void open() {
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
    out.putDouble(toldNotional);
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
    toldNotional = in.getDouble(0, Double.MAX_VALUE);
    for (int leverage = 0; leverage < byLeverage.length; leverage++) {
      byLeverage[leverage] = in.getDouble(0, Double.MAX_VALUE);
    }
  }
}
