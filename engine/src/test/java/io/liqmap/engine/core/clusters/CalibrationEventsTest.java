package io.liqmap.engine.core.clusters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.liqmap.engine.core.calibration.CalibrationStatus;
import io.liqmap.engine.core.calibration.OnlineScore;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.LearningMode;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is published of a map's calibration, and when. */
final class CalibrationEventsTest {
  private static final int PROOF = QualityFlags.UNPROVEN | QualityFlags.UNCALIBRATED;
  private static final int EVENTS = CalibratedMarket.CYCLE * 24 * CalibratedMarket.EVENTS;

  private static ClusterMarket market(final LearningMode learning) {
    return new ClusterMarket(ClusterMarket.SETTINGS, CalibratedMarket.settings(learning), false);
  }

  /** Applies an event by hand; returns what it published. */
  private static List<PublishedEvent> apply(final ClusterMarket market, final int event) {
    final int before = market.published.size();
    market.applyCalibrated(event);
    return market.published.subList(before, market.published.size());
  }

  private static CalibrationStatus status(final ClusterMarket market, final Side side) {
    return market.map.score(0, side).status();
  }

  @Test
  void shouldPublishEachChangeOfAStatusOfTheFirstModelAtOnce() {
    final ClusterMarket market = market(LearningMode.FROZEN);
    final Set<CalibrationStatus> seen = EnumSet.noneOf(CalibrationStatus.class);
    int changes = 0;
    for (int event = 0; event < EVENTS; event++) {
      final CalibrationStatus[] before = {status(market, Side.LONG), status(market, Side.SHORT)};
      final int qualityBefore = market.book.quality();
      final List<PublishedEvent> published = apply(market, event);
      int expected = 0;
      for (final Side side : Side.values()) {
        final OnlineScore score = market.map.score(0, side);
        seen.add(score.status());
        if (score.status() != before[side.ordinal()]) {
          final PublishedEvent found = published.get(expected++);
          assertEquals(MapEvent.Kind.CALIBRATION, found.kind());
          assertEquals(side, found.side());
          assertEquals(CalibratedMarket.time(event), found.time());
          assertEquals(market.sequence, found.inputSequence());
          assertEquals(7, found.instrument());
          assertEquals(before[side.ordinal()], found.statusBefore());
          assertEquals(score.status(), found.statusAfter());
          assertEquals(score.ratio(), found.expectedOverRealised());
          assertEquals(score.low(), found.expectedOverRealisedLow());
          assertEquals(score.high(), found.expectedOverRealisedHigh());
          assertEquals(0, found.notional());
        }
      }
      final int quality = market.book.quality();
      if (quality != qualityBefore) {
        assertEquals(MapEvent.Kind.QUALITY, published.get(expected).kind(), "after its cause");
      }
      assertEquals(
          expected,
          published.stream().filter(one -> one.kind() == MapEvent.Kind.CALIBRATION).count());
      assertEquals(
          flag(status(market, Side.LONG)) | flag(status(market, Side.SHORT)), quality & PROOF);
      changes += expected;
    }
    assertEquals(EnumSet.allOf(CalibrationStatus.class), seen);
    assertTrue(changes > 6, changes + " changes");
    assertTrue(
        market.map.verdicts() > changes, "else the second model has had no verdicts of its own");
    assertEquals(changes, market.published(MapEvent.Kind.CALIBRATION).size());
  }

  private static int flag(final CalibrationStatus status) {
    return switch (status) {
      case UNPROVEN -> QualityFlags.UNPROVEN;
      case UNCALIBRATED -> QualityFlags.UNCALIBRATED;
      default -> 0;
    };
  }

  @ParameterizedTest
  @EnumSource(names = {"FROZEN", "ON"})
  void shouldRepeatAndLoseNothingWhereverItIsStartedAgain(final LearningMode learning) {
    final ClusterMarket unbroken = market(learning);
    ClusterMarket restarted = market(learning);
    final List<PublishedEvent> published = new ArrayList<>();
    final SplittableRandom stops = new SplittableRandom(learning.ordinal());
    boolean isJudged = false;
    int atAVerdict = 0;
    for (int event = 0; event < EVENTS; event++) {
      final boolean wasJudged = isJudged;
      isJudged =
          apply(unbroken, event).stream().anyMatch(one -> one.kind() == MapEvent.Kind.CALIBRATION);
      apply(restarted, event);
      // Right after each verdict and right before the next event, else anywhere.
      if (isJudged || wasJudged || stops.nextInt(150) == 0) {
        atAVerdict += isJudged ? 1 : 0;
        published.addAll(restarted.published);
        restarted = restarted.restarted();
        assertEquals(unbroken.book.quality(), restarted.book.quality(), "event " + event);
      }
    }
    published.addAll(restarted.published);
    assertEquals(unbroken.published, published);
    assertTrue(atAVerdict > 2, atAVerdict + " verdicts");
  }

  @Test
  void shouldCallAMapThatIsNotScoredUnproven() {
    final ClusterMarket market = ClusterMarket.plain();
    assertEquals(QualityFlags.UNPROVEN, market.book.quality() & PROOF);
    for (int event = 0; event < 20 * 24 * CalibratedMarket.EVENTS; event++) {
      apply(market, event);
    }
    assertEquals(QualityFlags.UNPROVEN, market.book.quality() & PROOF);
    assertFalse(market.published.isEmpty());
    assertEquals(List.of(), market.published(MapEvent.Kind.CALIBRATION));
  }

  @Tag("alone")
  @Test
  void shouldAllocateNothingPerEvent() {
    final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    final ClusterMarket market = market(LearningMode.ON);
    final int[] counts = new int[MapEvent.Kind.values().length];
    final MapEventHandler out = event -> counts[event.kind().ordinal()]++;
    run(market, 0, out);
    // The best round: what the JVM allocates when it swaps compiled code is in the others.
    long least = Long.MAX_VALUE;
    for (int round = 1; round <= 4; round++) {
      final int published = counts[MapEvent.Kind.CALIBRATION.ordinal()];
      final long before = threads.getCurrentThreadAllocatedBytes();
      run(market, round * EVENTS, out);
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      assertTrue(counts[MapEvent.Kind.CALIBRATION.ordinal()] > published);
    }
    assertEquals(0, least);
  }

  private static void run(final ClusterMarket market, final int first, final MapEventHandler out) {
    final InstrumentMap map = market.map;
    for (int event = first; event < first + EVENTS; event++) {
      final double traded = CalibratedMarket.apply(map, event);
      if (traded > 0) {
        market.book.onTrade(CalibratedMarket.time(event), map.lastPrice(), traded, true);
      }
      market.book.after(event, out);
    }
  }
}
