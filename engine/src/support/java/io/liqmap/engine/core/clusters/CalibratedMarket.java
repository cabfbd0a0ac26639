package io.liqmap.engine.core.clusters;

import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.map.MapSettings;
import io.liqmap.engine.core.map.TestSettings;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.DistanceTier;
import io.liqmap.engine.core.model.EntrySettings;
import io.liqmap.engine.core.model.ExitSettings;
import io.liqmap.engine.core.model.LearningMode;
import io.liqmap.engine.core.model.LearningSettings;
import io.liqmap.engine.core.model.Maintenance;
import io.liqmap.engine.core.model.ModelSettings;
import io.liqmap.engine.core.model.SkewSettings;
import java.util.List;

/**
 * A market whose hours are alike: positions open, mark sweeps them on both sides, and the venue
 * reports as many of them as the day's factor says. So a map's score comes to every status.
 */
public final class CalibratedMarket {
  /** Events of an hour. */
  public static final int EVENTS = 9;

  /** Days until the factors repeat. */
  public static final int CYCLE = 150;

  static final double WIDTH_BPS = 10;

  private static final long MINUTE = 60_000_000_000L;
  private static final long FIRST_PRICE = 6_000_000;
  private static final double SHARE = .9;
  private static final double TRADED = 1_000;

  private CalibratedMarket() {}

  /** The first model is scored as it says, the second expects a twentieth of it. */
  public static MapSettings settings(final LearningMode first) {
    return TestSettings.of(
        WIDTH_BPS,
        TestSettings.undated(),
        model("first", SHARE, first),
        model("second", SHARE / 20, LearningMode.FROZEN));
  }

  private static ModelSettings model(
      final String name, final double share, final LearningMode learning) {
    return new ModelSettings(
        name,
        1,
        List.of(new DistanceTier(.095, .105, share, share)),
        new LearningSettings(learning, .3, LearningSettings.OFF.halfLifeNanos()),
        Maintenance.NONE,
        new EntrySettings(1, 0, 0),
        ExitSettings.PROPORTIONAL,
        SkewSettings.NONE);
  }

  /** Time of an event, from 0. */
  public static long time(final int event) {
    final long minute = event / EVENTS * 60L + event % EVENTS * 6L;
    return TestSettings.START + minute * MINUTE;
  }

  /** Applies an event to a map; returns the quantity of a trade, 0 for another event. */
  public static double apply(final InstrumentMap map, final int event) {
    final long time = time(event);
    switch (event % EVENTS) {
      case 0, 4, 7 -> map.onMark(time, FIRST_PRICE, 0, 0);
      case 1 -> {
        map.onTrade(time, FIRST_PRICE, TRADED, true);
        return TRADED;
      }
      case 2 -> map.onMark(time, Math.round(FIRST_PRICE * .88), 0, 0);
      case 3 -> report(map, time, Side.LONG, longFactor(day(event)));
      case 5 -> map.onMark(time, Math.round(FIRST_PRICE * 1.13), 0, 0);
      case 6 -> report(map, time, Side.SHORT, shortFactor(day(event)));
      default -> map.onOpenInterest(time, 100_000);
    }
    return 0;
  }

  private static int day(final int event) {
    return event / EVENTS / 24 % CYCLE;
  }

  private static void report(
      final InstrumentMap map, final long time, final Side side, final double factor) {
    if (factor > 0) {
      final double quantity = factor * SHARE * TRADED / map.forcedPerReported();
      map.onLiquidation(time, side, map.markPrice(), quantity);
    }
  }

  /** Right, then far too few, then right again. */
  private static double longFactor(final int day) {
    return day >= 20 && day < 80 ? .03 : 1;
  }

  /** None, then far too many, then right. */
  private static double shortFactor(final int day) {
    return day < 15 ? 0 : day < 60 ? 20 : 1;
  }
}
