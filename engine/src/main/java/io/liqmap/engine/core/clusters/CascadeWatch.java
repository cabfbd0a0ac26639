package io.liqmap.engine.core.clusters;

import io.liqmap.engine.core.map.Density;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import java.util.Arrays;

/**
 * Warns when a shock to either side would begin to reach far. Mark is taken to be at the centre of
 * its bucket, so that bucket <i>i</i> is swept at a distance of <i>i</i> + ½ widths. One thread;
 * allocates only when a shock reaches over more buckets than ever.
 */
final class CascadeWatch {
  private static final double BPS = 1e-4;
  private static final int MIN_ROOM = 64;

  /** A warning ends when less than this part of the reach's excess over the shock is left. */
  private static final double ENDED = 0.8;

  private final double logWidth;
  private final double shockBps;
  private final double farBy;
  private final CascadeReach reach = new CascadeReach();
  private final CascadeReach.Notionals notionals = this::within;

  /** Of the shock that is followed: by bucket, as far as it has been looked up. */
  private double[] cumulative = new double[MIN_ROOM];

  private int added;
  private Density density;
  private Side side = Side.LONG;
  private int mark;
  private long price;

  /** Buckets from mark outward to the last that holds anything. */
  private int buckets;

  private boolean isWarnedLong;
  private boolean isWarnedShort;

  CascadeWatch(final ClusterSettings settings, final double resolutionBps) {
    logWidth = StrictMath.log1p(resolutionBps * BPS);
    shockBps = settings.cascadeShockBps();
    farBy = settings.cascadeReach();
  }

  /**
   * Looks at a density.
   *
   * @param markPrice mantissa
   */
  void refresh(
      final Density newDensity,
      final int markBucket,
      final long markPrice,
      final double impact,
      final MapEventPublisher publisher) {
    density = newDensity;
    mark = markBucket;
    price = markPrice;
    isWarnedLong = watch(Side.LONG, impact, isWarnedLong, publisher);
    isWarnedShort = watch(Side.SHORT, impact, isWarnedShort, publisher);
  }

  private boolean watch(
      final Side swept,
      final double impact,
      final boolean isWarned,
      final MapEventPublisher publisher) {
    if (!(impact > 0) || mark < 0) {
      return false;
    }
    side = swept;
    added = 0;
    buckets = density.first(side) > density.last(side) ? 0 : outward();
    final double shock = shock();
    final double ended = shock * (1 + ENDED * (farBy - 1));
    reach.follow(notionals, shock, impact, isWarned ? ended : Double.POSITIVE_INFINITY);
    if (!isWarned && reach.reach() >= shock * farBy) {
      final int far = mark - side.sign() * (crossed(reach.reach()) - 1);
      publisher.cascade(side, Math.min(mark, far), Math.max(mark, far), price, reach);
      return true;
    }
    return isWarned && reach.reach() >= ended;
  }

  private int outward() {
    return Math.max(
        0, side == Side.LONG ? mark - density.first(side) + 1 : density.last(side) - mark + 1);
  }

  /**
   * A shock is a share of mark, as in the questions to the view: its logarithm depends on the side.
   */
  private double shock() {
    return Math.abs(StrictMath.log1p(-side.sign() * shockBps * BPS));
  }

  private int crossed(final double distance) {
    return (int) Math.min(buckets, distance / logWidth + 0.5);
  }

  private double within(final double distance) {
    final int crossed = crossed(distance);
    if (cumulative.length < crossed) {
      cumulative = Arrays.copyOf(cumulative, 2 * crossed);
    }
    for (; added < crossed; added++) {
      final double before = added == 0 ? 0 : cumulative[added - 1];
      cumulative[added] = before + density.notional(side, mark - side.sign() * added);
    }
    return crossed == 0 ? 0 : cumulative[crossed - 1];
  }

  void encode(final StateWriter out) {
    out.putLong(isWarnedLong ? 1 : 0);
    out.putLong(isWarnedShort ? 1 : 0);
  }

  void decode(final StateReader in) {
    isWarnedLong = in.getInt(0, 1) == 1;
    isWarnedShort = in.getInt(0, 1) == 1;
  }
}
