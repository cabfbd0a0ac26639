package io.liqmap.tools.score;

import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.map.LiquidationMaps;
import io.liqmap.engine.core.map.MapSettings;
import io.liqmap.engine.core.margin.InstrumentName;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.LearningMode;
import io.liqmap.engine.core.model.ModelSettings;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.util.ArrayList;
import java.util.List;

/** Cuts one instrument's events into windows. One thread. */
final class InstrumentWindows {
  private static final long SECOND = 1_000_000_000L;
  private static final long SHORTEST = 60 * SECOND;
  private static final long HOUR = 3_600 * SECOND;

  private final InstrumentMap map;
  private final MapSettings settings;
  private final TierSweeps tiers;
  private final SweptTotals now;
  private final SweptTotals atStart;
  private final ThrottledSeconds throttled;
  private final List<ScoreWindow> windows = new ArrayList<>();
  private final double[] massAtStart = new double[2];

  private InstrumentDefinition definition;
  private Reports reports = Reports.FULL;
  private boolean isOpen;
  private long start;
  private long gapsAtStart;
  private double interest;
  private double volume;
  private double mark;
  private double lowest;
  private double highest;
  private long all;
  private long gaps;
  private long stale;

  InstrumentWindows(final InstrumentMap map, final MapSettings settings, final TierSweeps tiers) {
    this.map = map;
    this.settings = settings;
    this.tiers = tiers;
    now = new SweptTotals(settings.models().size(), tiers.tiers().size());
    atStart = new SweptTotals(settings.models().size(), tiers.tiers().size());
    throttled = new ThrottledSeconds(now);
  }

  /**
   * Sees an event right after the map has applied it.
   *
   * @param gapsSoFar holes in the instrument's data so far
   */
  void onEvent(final FeedEvent event, final InstrumentDefinition current, final long gapsSoFar) {
    if (!current.equals(definition)) {
      definition = current;
      reports = Reports.of(map.forcedPerReported(), current.origin().tradeBarNanos());
    }
    final long at = map.time();
    if (reports == Reports.THROTTLED) {
      // The event has been applied, so its own second begins with what was read before it.
      throttled.onTime(at / SECOND);
      if (event.kind() == FeedEvent.OPEN_INTEREST) {
        throttled.endRun();
      }
      now.read(map, tiers);
      if (event.kind() == FeedEvent.LIQUIDATION) {
        throttled.onReport();
      }
    }
    if (event.kind() == FeedEvent.TRADE) {
      volume += notional(event);
    }
    final double price = map.markPrice();
    lowest = Math.min(lowest, price);
    highest = Math.max(highest, price);
    if (event.kind() == FeedEvent.OPEN_INTEREST && price > 0) {
      onOpenInterest(at, gapsSoFar);
    }
  }

  private void onOpenInterest(final long at, final long gapsSoFar) {
    if (isOpen && at - start < SHORTEST) {
      return;
    }
    now.read(map, tiers);
    if (isOpen) {
      close(at, gapsSoFar);
    }
    open(at, gapsSoFar);
  }

  private void open(final long at, final long gapsSoFar) {
    throttled.endRun();
    atStart.copyFrom(now);
    mark = map.markPrice();
    lowest = mark;
    highest = mark;
    volume = 0;
    start = at;
    gapsAtStart = gapsSoFar;
    interest =
        map.openInterest()
            * map.instrument().notionalUnit()
            * (map.instrument().isInverse() ? 1 : mark);
    isOpen = interest > 0;
    for (final Side side : Side.values()) {
      massAtStart[side.ordinal()] = tiers.mass(map, side);
    }
  }

  private void close(final long at, final long gapsSoFar) {
    all++;
    final long bar = Math.max(0, definition.origin().tradeBarNanos());
    final long nanos = at - start;
    if (gapsSoFar > gapsAtStart || nanos > (bar == HOUR ? HOUR + SHORTEST : HOUR)) {
      gaps++;
    } else if (nanos > Math.max(settings.openInterestStaleNanos(), bar + SHORTEST)) {
      stale++;
    } else {
      windows.add(new ScoreWindow(start, at, interest, volume, part(Side.LONG), part(Side.SHORT)));
    }
    throttled.reset();
  }

  private ScoreWindow.Part part(final Side side) {
    final double excursion = (side == Side.LONG ? mark - lowest : highest - mark) / mark;
    return now.part(side, atStart, throttled.ofWindow(), excursion, massAtStart[side.ordinal()]);
  }

  private double notional(final FeedEvent trade) {
    final double quantity =
        (double) trade.quantity()
            * definition.contractMultiplier()
            * map.instrument().quantityUnit()
            * map.instrument().notionalUnit();
    return map.instrument().isInverse() ? quantity : quantity * trade.price();
  }

  InstrumentName name() {
    return map.instrument().name();
  }

  List<String> models() {
    return settings.models().stream().map(ModelSettings::name).toList();
  }

  /** Those that are whole so far, in the order of time. */
  List<ScoreWindow> windows() {
    return windows;
  }

  CollectedWindows collected(final LiquidationMaps maps) {
    final List<ScoreWindow> kept = ReportOutages.without(windows);
    return new CollectedWindows(
        name(),
        map.instrument().name().among(maps.names()),
        map.instrument().quoteAsset(),
        models(),
        settings.models().stream()
            .filter((model) -> model.learning().mode() == LearningMode.ON)
            .map(ModelSettings::name)
            .toList(),
        tiers.tiers(),
        map.forcedPerReported(),
        reports,
        kept,
        all,
        new LeftOut(
            0,
            (long) windows.size() - kept.size(),
            gaps,
            stale,
            throttled.seconds(),
            throttled.notional()));
  }
}
