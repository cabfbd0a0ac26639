package io.liqmap.tools.laboratory;

import io.liqmap.engine.core.margin.BracketTable;
import io.liqmap.engine.core.margin.Dated;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.tools.venue.Scenario;
import io.liqmap.tools.venue.SimulatedVenue;
import io.liqmap.tools.venue.TruePositions;
import java.time.Instant;
import java.util.List;

/**
 * One scenario and seed: maps over a venue's events, compared with its positions in the last third.
 *
 * @param market what happened
 * @param scores what each map has reached; controls have one for each draw
 */
public record Experiment(Market market, List<Score> scores) {
  private static final int MOMENTS = 8;

  private static final long START =
      Instant.parse("2026-01-01T00:00:00Z").getEpochSecond() * 1_000_000_000L;
  private static final long DAY = 86_400_000_000_000L;

  /**
   * What happened on a simulated venue.
   *
   * @param seed of the run
   * @param eventsPerDay in the feed
   * @param returnPercent mark at the end over the first one, minus 1
   * @param openInterest at the end, quote asset
   * @param liquidatedLong longs liquidated a day, % of open interest at the end
   * @param liquidatedShort the same for shorts
   * @param reported part of the liquidated quantity that was reported
   */
  public record Market(
      long seed,
      double eventsPerDay,
      double returnPercent,
      double openInterest,
      double liquidatedLong,
      double liquidatedShort,
      double reported) {}

  /**
   * Runs it.
   *
   * @param days to simulate, 1 or more
   * @param draws of random profiles
   */
  public static Experiment run(
      final EngineSettings settings,
      final InstrumentDefinition definition,
      final Scenario scenario,
      final long seed,
      final int days,
      final int draws) {
    final Dated<BracketTable> brackets = settings.map().brackets().of(definition.name());
    final SimulatedVenue venue =
        new SimulatedVenue(
            seed, definition, brackets.value(brackets.indexAt(START)), START, scenario);
    final TruePositions truth = venue.truth();
    final Contest contest =
        new Contest(settings, definition, scenario.forcedPerReported(), draws, ~seed);
    final FeedEvent event = new FeedEvent();
    final long end = START + days * DAY;
    final long third = START + days * DAY / 3;
    boolean expects = false;
    int moments = 0;
    long events = 0;
    long firstMark = 0;
    long mark = 0;
    long reported = 0;
    while (moments < MOMENTS) {
      venue.next(event);
      contest.onEvent(event);
      events++;
      switch (event.kind()) {
        case FeedEvent.MARK_PRICE -> {
          mark = event.markPrice();
          firstMark = firstMark == 0 ? mark : firstMark;
        }
        case FeedEvent.LIQUIDATION -> reported += event.quantity();
        case FeedEvent.OPEN_INTEREST -> {
          if (!expects && event.exchangeTime() >= third) {
            expects = true;
            contest.startExpecting(truth);
          }
          if (event.exchangeTime() >= end - (MOMENTS - 1 - moments) * (days * DAY / 3 / MOMENTS)) {
            moments++;
            contest.compare(truth);
          }
        }
        default -> {}
      }
    }
    final double unit = Double.parseDouble("1e" + definition.quantityExponent());
    final double liquidatedLong = truth.liquidated(Side.LONG);
    final double liquidatedShort = truth.liquidated(Side.SHORT);
    final double interest = truth.openInterest();
    final Market market =
        new Market(
            seed,
            events / (double) days,
            100.0 * mark / firstMark - 100,
            interest * mark * Double.parseDouble("1e" + definition.priceExponent()),
            100 * liquidatedLong / interest / days,
            100 * liquidatedShort / interest / days,
            reported * unit / (liquidatedLong + liquidatedShort));
    return new Experiment(market, contest.scores(truth));
  }
}
