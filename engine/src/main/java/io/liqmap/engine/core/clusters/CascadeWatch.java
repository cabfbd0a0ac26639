package io.liqmap.engine.core.clusters;

import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.map.LiquidationDensity;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import java.util.Arrays;

/**
 * Watches how far a shock to either side would carry, and warns when that begins to be far. One
 * thread; allocates only when the profile has become wider than ever.
 */
final class CascadeWatch {
  private static final double BPS = 1e-4;
  private static final int FIRST_LOOK = 64;

  /** A warning stands until so much of what the reach has to exceed the shock by is left. */
  private static final double ENDED = 0.8;

  private final InstrumentMap map;
  private final double logWidth;
  private final double shockBps;
  private final double farBy;
  private final CascadeReach reach = new CascadeReach();
  private double[] cumulative = new double[FIRST_LOOK];
  private boolean isWarnedLong;
  private boolean isWarnedShort;

  CascadeWatch(final ClusterSettings settings, final InstrumentMap map) {
    this.map = map;
    logWidth = StrictMath.log1p(map.lattice().resolutionBps() * BPS);
    shockBps = settings.cascadeShockBps();
    farBy = settings.cascadeReach();
  }

  void refresh(
      final LiquidationDensity profile, final double impact, final MapEventPublisher announcer) {
    isWarnedLong = watch(profile, Side.LONG, impact, isWarnedLong, announcer);
    isWarnedShort = watch(profile, Side.SHORT, impact, isWarnedShort, announcer);
  }

  private boolean watch(
      final LiquidationDensity profile,
      final Side side,
      final double impact,
      final boolean isWarned,
      final MapEventPublisher announcer) {
    final int mark = map.markBucket();
    if (!(impact > 0) || mark < 0) {
      return false;
    }
    final double shock = shock(side);
    follow(profile, side, mark, shock, impact);
    if (!isWarned && reach.reach() >= shock * farBy) {
      final int far = mark - side.sign() * (reach.buckets() - 1);
      announcer.cascade(side, Math.min(mark, far), Math.max(mark, far), reach);
      return true;
    }
    return isWarned && reach.reach() >= shock * (1 + ENDED * (farBy - 1));
  }

  /**
   * A shock is a share of mark, as in the questions to the view: its logarithm depends on the side.
   */
  private double shock(final Side side) {
    return Math.abs(StrictMath.log1p(-side.sign() * shockBps * BPS));
  }

  /** Adds up what stands from mark outwards, as far as the shock carries. */
  private void follow(
      final LiquidationDensity profile,
      final Side side,
      final int mark,
      final double shock,
      final double impact) {
    final int all = profile.first(side) > profile.last(side) ? 0 : outward(profile, side, mark);
    int added = 0;
    double sum = 0;
    do {
      final int next = Math.min(all, Math.max(FIRST_LOOK, 2 * added));
      if (cumulative.length < next) {
        cumulative = Arrays.copyOf(cumulative, 2 * next);
      }
      for (; added < next; added++) {
        sum += profile.notional(side, mark - side.sign() * added);
        cumulative[added] = sum;
      }
      reach.follow(cumulative, added, logWidth, shock, impact);
    } while (reach.buckets() == added && added < all);
  }

  private static int outward(final LiquidationDensity profile, final Side side, final int mark) {
    return Math.max(
        0, side == Side.LONG ? mark - profile.first(side) + 1 : profile.last(side) - mark + 1);
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
