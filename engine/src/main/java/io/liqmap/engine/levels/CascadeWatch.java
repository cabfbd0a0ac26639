package io.liqmap.engine.levels;

import io.liqmap.engine.map.InstrumentMap;
import io.liqmap.engine.map.LiquidationProfile;
import io.liqmap.engine.margin.Side;
import io.liqmap.engine.state.StateReader;
import io.liqmap.engine.state.StateWriter;

/**
 * Watches how far a shock to either side would carry, and warns when that begins to be far. One
 * thread; allocates only when the profile has become wider than ever.
 */
final class CascadeWatch {
  private static final double BPS = 1e-4;
  private static final int MIN_ROOM = 1024;

  /** A warning stands until so much of what the reach has to exceed the shock by is left. */
  private static final double ENDED = 0.8;

  private final InstrumentMap map;
  private final double logWidth;
  private final double shock;
  private final double warnsAt;
  private final double endsBelow;
  private final CascadeReach reach = new CascadeReach();
  private double[] cumulative = new double[0];
  private boolean isWarnedLong;
  private boolean isWarnedShort;

  CascadeWatch(final LevelSettings settings, final InstrumentMap map) {
    this.map = map;
    logWidth = StrictMath.log1p(map.lattice().resolutionBps() * BPS);
    shock = settings.cascadeShockBps() * BPS;
    warnsAt = shock * settings.cascadeReach();
    endsBelow = shock * (1 + ENDED * (settings.cascadeReach() - 1));
  }

  void refresh(final LiquidationProfile profile, final double impact, final Announcer announcer) {
    isWarnedLong = watch(profile, Side.LONG, impact, isWarnedLong, announcer);
    isWarnedShort = watch(profile, Side.SHORT, impact, isWarnedShort, announcer);
  }

  private boolean watch(
      final LiquidationProfile profile,
      final Side side,
      final double impact,
      final boolean isWarned,
      final Announcer announcer) {
    final int mark = map.markBucket();
    if (!(impact > 0) || mark < 0) {
      return false;
    }
    final int count = add(profile, side, mark);
    reach.follow(cumulative, count, logWidth, shock, impact);
    if (!isWarned && reach.reach() >= warnsAt) {
      final int far = mark - side.sign() * (reach.buckets() - 1);
      announcer.cascade(side, Math.min(mark, far), Math.max(mark, far), reach);
      return true;
    }
    return isWarned && reach.reach() >= endsBelow;
  }

  /** Adds up what stands from mark outwards. */
  private int add(final LiquidationProfile profile, final Side side, final int mark) {
    final int count =
        side == Side.LONG ? mark - profile.first(side) + 1 : profile.last(side) - mark + 1;
    if (profile.first(side) > profile.last(side) || count <= 0) {
      return 0;
    }
    if (cumulative.length < count) {
      cumulative = new double[Math.max(count, MIN_ROOM) * 2];
    }
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += profile.notional(side, mark - side.sign() * i);
      cumulative[i] = sum;
    }
    return count;
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
