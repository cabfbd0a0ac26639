package io.liqmap.benchmarks.jmh;

import io.liqmap.benchmarks.flow.BenchmarkSettings;
import io.liqmap.benchmarks.flow.PriceWalk;
import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.core.lattice.Lattice;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.market.MapWriter;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Updating the map of one instrument, along a walk of prices, beside adding the same walk to plain
 * arrays. Amounts grow with the runs, the number of cells doesn't.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 3,
    jvmArgsAppend = {"-XX:+UseSerialGC", "-Xms512m", "-Xmx512m"})
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class MapUpdateBenchmark {
  private static final int STEPS = 2048;

  /** Long enough for a walk of small steps to come to the nearest lines and beyond. */
  private static final int WIDE_STEPS = 1 << 16;

  /** Open-interest updates in a walk; the trades between two of them touch some ten cells. */
  private static final int UPDATES = 32;

  /** Inside the nearest line of either side, so that a trade away from mark buries nothing. */
  private static final double NARROW_BPS = 25;

  /** The open interest of the map, three decimals: 75,000. */
  private static final double OPEN_INTEREST = 75_000_000;

  /** The walk added to arrays: what any map has to do at the least. */
  @State(Scope.Thread)
  public static class Arrays {
    private static final int MASK = 1023;

    private final PriceWalk walk = new PriceWalk(1, STEPS, NARROW_BPS);
    private final Lattice lattice = new Lattice(5);
    private final double[] longs = new double[MASK + 1];
    private final double[] shorts = new double[MASK + 1];
    private final int[] cells = new int[STEPS];

    @Setup
    public void look() {
      for (int step = 0; step < STEPS; step++) {
        cells[step] = lattice.bucketOf(walk.price(step), -1) & MASK;
      }
    }
  }

  /** A map that has seen mark, trades and open interest. */
  @State(Scope.Thread)
  public static class Map {
    @Param({"5", "10", "40"})
    private int tiers;

    private final PriceWalk walk = new PriceWalk(1, STEPS, NARROW_BPS);
    private final PriceWalk wide = new PriceWalk(2, WIDE_STEPS, 300);
    private final FeedEvent slot = new FeedEvent();
    private MapWriter writer;
    private InstrumentMap map;
    private long time = BenchmarkSettings.START;
    private long sequence;

    @Setup
    public void fill() {
      writer = new MapWriter(BenchmarkSettings.map(tiers), ClusterSettings.DEFAULT, 1);
      slot.instrument(++sequence, time, time, BenchmarkSettings.instrument());
      writer.onEvent(slot);
      map = writer.maps().of(0);
      map.onMark(time, PriceWalk.CENTRE, 0, 0);
      map.onOpenInterest(time, OPEN_INTEREST);
      for (int step = 0; step < STEPS; step++) {
        map.onTrade(time, walk.price(step), (double) walk.quantity(step), walk.takerBuys(step));
      }
      map.onOpenInterest(time, OPEN_INTEREST);
    }
  }

  /** One add per trade, to a cell that is known. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public double arrayAdd(final Arrays state) {
    final double[] longs = state.longs;
    for (int step = 0; step < STEPS; step++) {
      longs[state.cells[step]] += state.walk.quantity(step);
    }
    return longs[0];
  }

  /** The cell looked up, and one add on each side: the least work of a map with two sides. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public double arrayAddLookedUp(final Arrays state) {
    final double[] longs = state.longs;
    final double[] shorts = state.shorts;
    int bucket = -1;
    for (int step = 0; step < STEPS; step++) {
      bucket = state.lattice.bucketOf(state.walk.price(step), bucket);
      final double quantity = state.walk.quantity(step);
      final boolean takerBuys = state.walk.takerBuys(step);
      longs[bucket & Arrays.MASK] += quantity * (takerBuys ? 1.3 : .7);
      shorts[bucket & Arrays.MASK] += quantity * (takerBuys ? .7 : 1.3);
    }
    return longs[0] + shorts[0];
  }

  /** A trade, at the map itself. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public InstrumentMap trade(final Map state) {
    for (int step = 0; step < STEPS; step++) {
      trade(state, state.walk, step);
    }
    return state.map;
  }

  private static void trade(final Map state, final PriceWalk walk, final int step) {
    state.map.onTrade(
        state.time, walk.price(step), (double) walk.quantity(step), walk.takerBuys(step));
  }

  /** A trade as an event: a slot filled, and applied. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public MapWriter tradeEvent(final Map state) {
    final FeedEvent slot = state.slot;
    for (int step = 0; step < STEPS; step++) {
      slot.trade(
          ++state.sequence,
          state.time,
          state.time,
          0,
          BenchmarkSettings.PRICE_EXPONENT,
          BenchmarkSettings.QUANTITY_EXPONENT,
          state.walk.price(step),
          state.walk.quantity(step),
          state.walk.takerBuys(step) ? FeedEvent.BUY : FeedEvent.SELL);
      state.writer.onEvent(slot);
    }
    return state.writer;
  }

  /** A mark price that stays in its bucket. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public InstrumentMap markInPlace(final Map state) {
    for (int step = 0; step < STEPS; step++) {
      state.map.onMark(state.time, PriceWalk.CENTRE + (step & 7), 0, 0);
    }
    return state.map;
  }

  /** A trade, and mark moved to its price, over ±3 %: some steps sweep what trades have opened. */
  @Benchmark
  @OperationsPerInvocation(WIDE_STEPS)
  public InstrumentMap tradeAndSweep(final Map state) {
    for (int step = 0; step < WIDE_STEPS; step++) {
      trade(state, state.wide, step);
      state.map.onMark(state.time, state.wide.price(step), 0, 0);
    }
    return state.map;
  }

  /** 64 trades and the open-interest update that settles them; the time is that of all 65. */
  @Benchmark
  @OperationsPerInvocation(UPDATES)
  public InstrumentMap tradesAndOpenInterest(final Map state) {
    for (int step = 0; step < STEPS; step++) {
      trade(state, state.walk, step);
      if (step % (STEPS / UPDATES) == 0) {
        final double change = (step & 128) == 0 ? 1.001 : 1 / 1.001;
        state.map.onOpenInterest(state.time, OPEN_INTEREST * change);
      }
    }
    return state.map;
  }
}
