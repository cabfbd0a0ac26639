package io.liqmap.benchmarks.jmh;

import io.liqmap.benchmarks.flow.ArrayWalk;
import io.liqmap.benchmarks.flow.BenchmarkMaps;
import io.liqmap.benchmarks.flow.BenchmarkSettings;
import io.liqmap.benchmarks.flow.PriceWalk;
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

  /** Inside the nearest line of either side, so that a trade away from mark sweeps nothing. */
  private static final double NARROW_BPS = 25;

  /** The open interest of the map, three decimals: 75,000. */
  private static final double OPEN_INTEREST = 75_000_000;

  /** The walk added to arrays: what any map has to do at the least. */
  @State(Scope.Thread)
  public static class Arrays {
    private final ArrayWalk walk = new ArrayWalk(new PriceWalk(1, STEPS, NARROW_BPS));
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
    private long sequence = 1;

    @Setup
    public void fill() {
      writer = BenchmarkMaps.writer(BenchmarkSettings.map(tiers), 1);
      map = writer.maps().of(0);
      map.onMark(time, PriceWalk.CENTRE, 0, 0);
      map.onOpenInterest(time, OPEN_INTEREST);
      walk.trade(map, time);
      map.onOpenInterest(time, OPEN_INTEREST);
    }
  }

  /** One add per trade, to a cell that is known. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public double arrayAdd(final Arrays state) {
    return state.walk.add();
  }

  /** The cell looked up, and one add on each side: the least work of a map with two sides. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public double arrayAddLookedUp(final Arrays state) {
    return state.walk.addLookedUp();
  }

  /** A trade, at the map itself. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public InstrumentMap trade(final Map state) {
    state.walk.trade(state.map, state.time);
    return state.map;
  }

  /** A trade as an event: a slot filled, and applied. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public MapWriter tradeEvent(final Map state) {
    final FeedEvent slot = state.slot;
    for (int step = 0; step < STEPS; step++) {
      state.walk.fill(slot, ++state.sequence, state.time, 0, step);
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
    state.wide.tradeAndSweep(state.map, state.time);
    return state.map;
  }

  /** 64 trades and the open-interest update that settles them; the time is that of all 65. */
  @Benchmark
  @OperationsPerInvocation(UPDATES)
  public InstrumentMap tradesAndOpenInterest(final Map state) {
    for (int step = 0; step < STEPS; step++) {
      state.walk.trade(state.map, state.time, step);
      if (step % (STEPS / UPDATES) == 0) {
        final double change = (step & 128) == 0 ? 1.001 : 1 / 1.001;
        state.map.onOpenInterest(state.time, OPEN_INTEREST * change);
      }
    }
    return state.map;
  }
}
