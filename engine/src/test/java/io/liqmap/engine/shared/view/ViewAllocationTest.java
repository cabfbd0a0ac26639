package io.liqmap.engine.shared.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.liqmap.engine.core.map.RandomMarket;
import io.liqmap.engine.core.margin.Side;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Bytes that publishing, reading and asking allocate in steady state: none. */
@Tag("alone")
final class ViewAllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int WARM_UP = 20_000;
  private static final int MEASURED = 20_000;
  private static final int ROUNDS = 4;
  private static final int[] FOUND = new int[8];
  private static final double[] PRICES = {2.8e6, 2.9e6, 3e6, 3.1e6};
  private static final double[] NOTIONALS = new double[PRICES.length];

  private ViewMarket market;
  private ViewReader reader;
  private long price;
  private double sink;

  @BeforeEach
  void fill() {
    final ViewMemory memory = ViewMemory.inProcess(ViewMarket.settings(256, 64, 5));
    market = ViewMarket.ladder(memory, false);
    final RandomMarket events = new RandomMarket(11, 1e-3, 40);
    while (market.book.clusters().count() < 3 || Double.isNaN(market.book.volatility())) {
      market.apply(events.next());
    }
    market.time = market.map.time();
    price = market.map.markPrice();
    reader = new ViewReader(memory, 0);
    market.publish();
    assertTrue(reader.refresh());
  }

  /**
   * Bytes of the best round: what the JVM allocates when it swaps compiled code is in the others.
   */
  private static long allocated(final Runnable work) {
    for (int i = 0; i < WARM_UP; i++) {
      work.run();
    }
    final long thread = Thread.currentThread().getId();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      final long before = THREADS.getThreadAllocatedBytes(thread);
      for (int i = 0; i < MEASURED; i++) {
        work.run();
      }
      least = Math.min(least, THREADS.getThreadAllocatedBytes(thread) - before);
    }
    return least;
  }

  @Test
  void shouldNoticeWhatIsAllocated() {
    final byte[][] kept = new byte[1][];
    assertTrue(allocated(() -> kept[0] = new byte[8]) >= 8L * MEASURED);
  }

  @Test
  void shouldAllocateNothingToPublishAndRefreshAHeader() {
    final double[] longs = reader.cumulative(Side.LONG);
    assertEquals(0, allocated(this::publishAndRefresh));
    assertTrue(longs == reader.cumulative(Side.LONG), "there was a new body");
    assertTrue(reader.publication() > MEASURED);
  }

  private void publishAndRefresh() {
    market.publish();
    reader.refresh();
  }

  @Test
  void shouldAllocateNothingToPublishAndRefreshABody() {
    final long body = reader.publication();
    assertEquals(
        0,
        allocated(
            () -> {
              market.map.onTrade(market.time, price, 1, true);
              publishAndRefresh();
            }));
    assertEquals(body + WARM_UP + ROUNDS * MEASURED, reader.publication());
  }

  @Test
  void shouldAllocateNothingToAnswer() {
    final Questions questions = new Questions(reader);
    final Cascade cascade = new Cascade();
    final StopAdvice advice = new StopAdvice();
    assertTrue(reader.clusters() > 0);
    assertEquals(0, allocated(() -> ask(questions, cascade, advice)));
    assertTrue(sink != 0);
  }

  private void ask(final Questions questions, final Cascade cascade, final StopAdvice advice) {
    final double mark = reader.markPrice();
    questions.cumulative(PRICES, NOTIONALS);
    questions.cascade(-100, cascade);
    questions.stop(Side.LONG, mark, mark * .99, mark * .999, Double.NaN, 10, advice);
    sink +=
        questions.between(Side.LONG, mark * .9, mark)
            + questions.cumulative(mark * 1.1)
            + questions.imbalance(500)
            + questions.nearest(Side.SHORT, 0)
            + questions.largest(2_000, FOUND)
            + questions.peak(0)
            + questions.nearEdge(0)
            + questions.distanceBps(0)
            + advice.meanAround()
            + cascade.notional();
    sink = Double.isNaN(sink) ? 1 : sink;
    if (questions.priceAt(Side.LONG, 1e3)
            + questions.distanceSigmas(0, 3_600_000_000_000L)
            + questions.touchProbability(mark * 1.01, 3_600_000_000_000L)
        > 0) {
      sink++;
    }
  }
}
