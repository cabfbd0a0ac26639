package io.liqmap.tools.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.clusters.ClusterSettings;
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
import io.liqmap.engine.core.state.FaultTally;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedOrigin;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.support.TestInstruments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Windows of events that a map writer applies. */
final class WindowCollectorTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long MINUTE = 60 * SECOND;
  private static final String VENUE = "throttled";
  private static final MapSettings SETTINGS = settings();
  private static final InstrumentDefinition DEFINITION =
      TestInstruments.linear(0, "BTCUSDT", VENUE, "BTC", "USDT", 1);

  private MapWriter writer;
  private WindowCollector collector;
  private final FeedEvent event = new FeedEvent();
  private long sequence;

  private static MapSettings settings() {
    return settings(TestSettings.ladder().models().get(0));
  }

  private static MapSettings settings(final ModelSettings model) {
    final MapSettings like = TestSettings.ladder();
    return new MapSettings(
        like.resolutionBps(),
        like.markStaleNanos(),
        15 * MINUTE,
        List.of(model),
        like.structure(),
        like.brackets(),
        Map.of(VENUE, 2.5));
  }

  WindowCollectorTest() {
    begin(SETTINGS);
  }

  private void begin(final MapSettings settings) {
    writer = new MapWriter(settings, ClusterSettings.DEFAULT, 1);
    collector = new WindowCollector(writer.maps(), settings);
    writer.listener(collector);
  }

  private void define(final InstrumentDefinition definition) {
    event.instrument(++sequence, at(0), at(0), definition);
    writer.onEvent(event);
  }

  private static long at(final double seconds) {
    return TestSettings.START + (long) (seconds * SECOND);
  }

  private void trade(final double seconds, final double price, final double coins) {
    event.trade(
        ++sequence,
        at(seconds),
        at(seconds),
        0,
        -2,
        -3,
        Math.round(price * 100),
        Math.round(coins * 1_000),
        sequence % 2 == 0 ? FeedEvent.BUY : FeedEvent.SELL);
    writer.onEvent(event);
  }

  private void interest(final double seconds, final double coins) {
    event.openInterest(++sequence, at(seconds), at(seconds), 0, -3, Math.round(coins * 1_000));
    writer.onEvent(event);
  }

  private void liquidation(final double seconds, final double price, final double coins) {
    event.liquidation(
        ++sequence,
        at(seconds),
        at(seconds),
        0,
        -2,
        -3,
        Math.round(price * 100),
        Math.round(coins * 1_000),
        FeedEvent.LONG);
    writer.onEvent(event);
  }

  private CollectedWindows collected() {
    assertEquals(0, writer.listenerFailures());
    return collector.collected().get(0);
  }

  private static long seconds(final long nanos) {
    return (nanos - TestSettings.START) / SECOND;
  }

  @Test
  void shouldJoinUpdatesUntilAMinuteIsOver() {
    define(DEFINITION);
    trade(0, 100, 1);
    for (final double seconds : new double[] {1, 31, 71, 101, 141}) {
      interest(seconds, 50);
    }
    final List<ScoreWindow> windows = collected().windows();
    assertEquals(2, windows.size());
    assertEquals(1, seconds(windows.get(0).start()));
    assertEquals(71, seconds(windows.get(0).end()));
    assertEquals(71, seconds(windows.get(1).start()));
    assertEquals(141, seconds(windows.get(1).end()));
  }

  @Test
  void shouldMeasureExcursionsVolumeAndOpenInterest() {
    define(DEFINITION);
    trade(0, 100, 1);
    interest(1, 50);
    trade(10, 98, 2);
    trade(20, 103, 4);
    trade(30, 101, 1);
    liquidation(40, 99, 3);
    interest(70, 60);
    trade(80, 102, 1);
    interest(140, 60);
    final List<ScoreWindow> windows = collected().windows();
    final ScoreWindow first = windows.get(0);
    assertEquals(0.02, first.longs().excursion(), 1e-12);
    assertEquals(0.03, first.shorts().excursion(), 1e-12);
    assertEquals(98 * 2 + 103 * 4 + 101, first.volume(), 1e-9);
    assertEquals(50 * 100, first.openInterest(), 1e-9);
    assertEquals(99 * 3, first.longs().reported(), 1e-9);
    assertEquals(0, first.shorts().reported());
    assertEquals(0, windows.get(1).longs().excursion());
    assertEquals(60 * 101, windows.get(1).openInterest(), 1e-9);
    assertEquals(0, windows.get(1).longs().reported());
  }

  /** What windows expect adds up to what the map swept. */
  @Test
  void shouldExpectWhatTheMapSwept() {
    define(DEFINITION);
    final Market market = new Market(6);
    double price = 60_000;
    double before = 0;
    for (int minute = 0; minute < 12 * 60; minute++) {
      for (int i = 0; i < 5; i++) {
        price *= 1 + 0.001 * market.gaussian();
        trade(minute * 60 + i * 10, price, 1 + 5 * market.uniform());
      }
      if (minute % 5 == 0) {
        interest(minute * 60 + 55, 200 + 20 * market.uniform());
        before = minute == 0 ? writer.maps().of(0).sweptNotional(0, Side.LONG) : before;
      }
    }
    interest(12 * 3_600, 200);
    final double swept = writer.maps().of(0).sweptNotional(0, Side.LONG) - before;
    final double expected =
        collected().windows().stream().mapToDouble((of) -> of.longs().expected()[0]).sum();
    assertTrue(swept > 0);
    assertEquals(swept, expected, swept * 1e-9);
  }

  /**
   * What a map expects is what its tiers would have swept, times their shares before the window.
   */
  @ParameterizedTest
  @EnumSource(names = {"ON", "FROZEN"})
  void shouldSplitWhatTheMapSweptByItsTiers(final LearningMode mode) {
    final List<DistanceTier> tiers =
        List.of(
            new DistanceTier(0.003, 0.006, 0.1, 0.05),
            new DistanceTier(0.006, 0.01, 0.2, 0.1),
            new DistanceTier(0.01, 0.03, 0.3, 0.4));
    begin(
        settings(
            new ModelSettings(
                "distances",
                1,
                List.copyOf(tiers),
                new LearningSettings(mode, 0.1, 3_600 * 24 * SECOND),
                Maintenance.VENUE,
                new EntrySettings(0.2, 0, 0),
                ExitSettings.PROPORTIONAL,
                SkewSettings.NONE)));
    define(DEFINITION.withOrigin(FeedOrigin.of("bars").withTradeBars(5 * MINUTE, 0)));
    final Market market = new Market(9);
    final List<double[]> shares = new ArrayList<>();
    double price = 60_000;
    for (int minute = 0; minute < 24 * 60; minute++) {
      price *= 1 + 0.002 * market.gaussian();
      trade(minute * 60, price, 1 + 5 * market.uniform());
      if (minute % 3 == 0) {
        liquidation(minute * 60 + 5, price, market.exponential());
      }
      if (minute % 5 == 0) {
        interest(minute * 60 + 55, 200);
        shares.add(writer.maps().of(0).learned(0, Side.LONG).shares().clone());
      }
    }
    final CollectedWindows collected = collected();
    assertEquals(tiers, collected.tiers());
    assertEquals(mode == LearningMode.ON ? List.of("distances") : List.of(), collected.learning());
    assertEquals(shares.size() - 1, collected.windows().size());
    double background = 0;
    for (int i = 0; i + 1 < shares.size(); i++) {
      final ScoreWindow.Part longs = collected.windows().get(i).longs();
      double expected = 0;
      for (int tier = 0; tier < tiers.size(); tier++) {
        expected += shares.get(i)[tier] * longs.perTier()[tier];
      }
      assertEquals(expected, longs.expected()[0], 1e-9 * expected + 1e-6, "window " + i);
      assertEquals(Arrays.stream(shares.get(i)).sum(), longs.mass(), 1e-12);
      background += longs.background()[0];
    }
    assertEquals(mode == LearningMode.ON, background > 0);
  }

  @Test
  void shouldLeaveOutWindowsThatAreTooLongOrHaveHoles() {
    define(DEFINITION);
    trade(0, 100, 1);
    interest(1, 50);
    interest(601, 50);
    interest(601 + 16 * 60, 50);
    interest(601 + 16 * 60 + 61 * 60, 50);
    final FaultTally faults = new FaultTally();
    faults.addMissing(3);
    event.gap(++sequence, at(5_300), at(5_300), faults);
    writer.onEvent(event);
    interest(5_400, 50);
    interest(5_700, 50);
    final CollectedWindows collected = collected();
    assertEquals(2, collected.windows().size());
    assertEquals(5, collected.all());
    assertEquals(1, collected.leftOut().staleOpenInterest());
    assertEquals(2, collected.leftOut().gaps());
  }

  @Test
  void shouldLeaveOutRunsOfSecondsThatHaveAReportEach() {
    define(DEFINITION);
    trade(0, 100, 1);
    interest(1, 50);
    for (final double seconds : new double[] {10.2, 11.5, 12.9, 40}) {
      trade(seconds, 100, 1);
      liquidation(seconds, 100, seconds);
    }
    trade(50, 100, 1);
    interest(70, 50);
    final CollectedWindows collected = collected();
    assertEquals(Reports.THROTTLED, collected.reports());
    assertEquals(1, collected.correction());
    assertEquals(100 * 40, collected.windows().get(0).longs().reported(), 1e-6);
    assertEquals(3, collected.leftOut().throttledSeconds());
    assertEquals(100 * (10.2 + 11.5 + 12.9), collected.leftOut().throttledNotional(), 1e-6);
  }

  /** What was swept in such seconds is left out too: both of a fall, or neither. */
  @Test
  void shouldLeaveOutWhatWasSweptInThrottledSeconds() {
    define(DEFINITION);
    trade(0, 100, 30);
    interest(1, 50);
    trade(10, 90, 1);
    liquidation(10.5, 90, 1);
    liquidation(11.5, 90, 1);
    trade(20, 90, 1);
    interest(70, 50);
    final double swept = writer.maps().of(0).sweptNotional(0, Side.LONG);
    assertTrue(swept > 0);
    assertEquals(0, collected().windows().get(0).longs().expected()[0], swept * 1e-9);
  }

  @Test
  void shouldCorrectSumsOfBarsAndLeaveNothingOut() {
    define(DEFINITION.withOrigin(FeedOrigin.of("coinalyze").withTradeBars(60 * MINUTE, 0)));
    trade(0, 100, 1);
    interest(1, 50);
    liquidation(10, 100, 1);
    liquidation(11, 100, 1);
    interest(3_601, 50);
    final CollectedWindows collected = collected();
    assertEquals(Reports.BAR_SUMS, collected.reports());
    assertEquals(2.5, collected.correction());
    assertEquals(200, collected.windows().get(0).longs().reported(), 1e-9);
    assertEquals(0, collected.leftOut().throttledSeconds());
  }
}
