package io.liqmap.tools.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.map.MapVariant;
import io.liqmap.engine.core.map.Window;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.replay.Until;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Events, steps, and columns made when they are asked for. */
@Timeout(60)
class HistoryAnswersTest {
  private static final long SECOND = 1_000_000_000L;

  @TempDir static Path folder;
  private static Path journal;
  private static JournalFollower follower;
  private static final List<Step> EVENTS = new ArrayList<>();
  private static MapWriter end;

  @BeforeAll
  static void make() throws Exception {
    journal = SampleJournal.make(folder, new SampleFeed(21, 1_200, 20));
    follower = JournalFollower.start(journal);
    try (OpenJournal open = OpenJournal.of(journal)) {
      end = open.writer();
      end.listener((event, map) -> EVENTS.add(new Step(event.sequence(), event.exchangeTime())));
      open.replay(end).fromStart(Until.END);
    }
    while (!(follower.status().isRead() && follower.status().progress() == 1)) {
      LockSupport.parkNanos(5_000_000);
    }
  }

  @AfterAll
  static void close() {
    follower.close();
  }

  private static List<HistoryEvent> events(final HistoryEvent.Kind kind) {
    return follower
        .events(SampleFeed.FIRST, Long.MIN_VALUE, Long.MAX_VALUE, EnumSet.of(kind), 5_000)
        .events();
  }

  private static double sum(final HistoryEvent.Kind kind, final String side) {
    return events(kind).stream()
        .filter((event) -> event.side().equals(side))
        .mapToDouble(HistoryEvent::notional)
        .sum();
  }

  @Test
  void shouldListAllThatWasLiquidatedAndSwept() {
    final InstrumentMap map = end.maps().of(SampleFeed.FIRST);
    for (final Side side : Side.values()) {
      final String name = side == Side.LONG ? "long" : "short";
      final double observed = map.observedNotional(side);
      assertTrue(observed > 0);
      assertEquals(observed, sum(HistoryEvent.Kind.LIQUIDATION, name), 1e-6 * observed);
      final double swept = map.sweptNotional(0, side);
      assertTrue(swept > 0);
      assertEquals(swept, sum(HistoryEvent.Kind.SWEEP, name), 1e-6 * swept);
    }
  }

  @Test
  void shouldKeepTheLargestWhereThereAreMoreThanAskedFor() {
    final List<HistoryEvent> all = events(HistoryEvent.Kind.LIQUIDATION);
    final HistoryEvents cut =
        follower.events(
            SampleFeed.FIRST,
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            EnumSet.of(HistoryEvent.Kind.LIQUIDATION),
            5);
    assertTrue(cut.isCut());
    final double least =
        all.stream()
            .mapToDouble(HistoryEvent::notional)
            .sorted()
            .skip(all.size() - 5)
            .min()
            .orElseThrow();
    assertEquals(all.stream().filter((event) -> event.notional() >= least).toList(), cut.events());
  }

  @Test
  void shouldShowTheKnownPricesWhereAColumnHasNone() {
    final Heatmap heatmap =
        follower.heatmap(
            new HeatmapRequest(
                MapChoice.first(SampleFeed.FIRST),
                Long.MIN_VALUE,
                SampleFeed.START + 600 * SECOND,
                Double.NaN,
                Double.NaN,
                601,
                500,
                0));
    // The journal begins with a definition.
    assertTrue(Double.isNaN(heatmap.mark(0)) && Double.isNaN(heatmap.low(0)));
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (int column = 0; column < heatmap.columns(); column++) {
      least = heatmap.low(column) < least ? heatmap.low(column) : least;
      most = heatmap.high(column) > most ? heatmap.high(column) : most;
    }
    final double highest = heatmap.lowest() * StrictMath.pow(heatmap.ratio(), heatmap.rows());
    assertTrue(heatmap.lowest() > 0.7 * least && heatmap.lowest() < least);
    assertTrue(highest > most && highest < 1.3 * most);
  }

  @Test
  void shouldStepFromEventToEvent() throws Exception {
    final SplittableRandom random = new SplittableRandom(9);
    for (int i = 0; i < 25; i++) {
      final int at = random.nextInt(1, EVENTS.size() - 1);
      final long from = EVENTS.get(at).sequence();
      assertEquals(EVENTS.get(at + 1), follower.step(SampleFeed.FIRST, from, Step.By.EVENT, true));
      assertEquals(EVENTS.get(at - 1), follower.step(SampleFeed.FIRST, from, Step.By.EVENT, false));
    }
    assertNull(follower.step(SampleFeed.FIRST, 1, Step.By.EVENT, false));
    assertNull(follower.step(SampleFeed.FIRST, end.sequence(), Step.By.EVENT, true));
  }

  @Test
  void shouldStepFromSnapshotToSnapshotAndFromClusterToCluster() throws Exception {
    for (final Step.By by : EnumSet.of(Step.By.SNAPSHOT, Step.By.CLUSTER)) {
      final List<Step> forward = new ArrayList<>();
      Step next = follower.step(SampleFeed.FIRST, 0, by, true);
      while (next != null) {
        forward.add(next);
        next = follower.step(SampleFeed.FIRST, next.sequence(), by, true);
      }
      assertTrue(forward.size() > 2);
      for (int i = 1; i < forward.size(); i++) {
        assertEquals(
            forward.get(i - 1),
            follower.step(SampleFeed.FIRST, forward.get(i).sequence(), by, false));
      }
    }
  }

  @Test
  void shouldMakeOtherMapsAndFinerColumnsWhenAskedFor() throws Exception {
    final long from = end.firstTime() + 200 * SECOND;
    for (final MapChoice choice :
        List.of(
            new MapChoice(SampleFeed.FIRST, MapVariant.CONSENSUS, Window.D1),
            new MapChoice(SampleFeed.GROUP, 1, Window.ALL))) {
      final HeatmapRequest request =
          new HeatmapRequest(choice, from, from + 300 * SECOND, 40_000, 90_000, 70, 600, 1);
      Heatmap shown = follower.heatmap(request);
      while (shown.done() < 1) {
        LockSupport.parkNanos(5_000_000);
        shown = follower.heatmap(request);
      }
      final Map<Long, Column> wanted = new HashMap<>();
      ColumnReplay.run(
          journal,
          List.of(choice),
          new ColumnRange(from, from + 300 * SECOND, shown.every()),
          (number, column) -> wanted.put(column.time(), column));
      assertEquals(wanted.size(), shown.columns());
      for (int column = 0; column < shown.columns(); column++) {
        requireSame(wanted.get(shown.time(column)), shown, column);
      }
    }
  }

  private static void requireSame(final Column wanted, final Heatmap shown, final int column) {
    assertEquals(wanted.close(), shown.close(column), 0);
    assertEquals(wanted.mark(), shown.mark(column), 0);
    for (int row = 0; row < shown.rows(); row++) {
      final double price = shown.lowest() * Math.pow(shown.ratio(), row + 0.5);
      double longs = 0;
      double shorts = 0;
      for (int i = -1; i <= 1; i++) {
        final int bucket =
            (int) Math.floor(end.maps().lattice().distance(price / unit(wanted))) + i;
        if (Math.abs(wanted.snapshot().centre(bucket) / price - 1) < 1e-6) {
          longs = wanted.notional(Side.LONG, bucket);
          shorts = wanted.notional(Side.SHORT, bucket);
        }
      }
      final double cell = longs > shorts ? -longs : shorts;
      assertEquals(cell, shown.cell(column, row), 1e-5 * Math.abs(cell));
    }
  }

  private static double unit(final Column column) {
    return column.snapshot().instrument().priceUnit();
  }
}
