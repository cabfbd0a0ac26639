package io.liqmap.benchmarks.jmh;

import io.liqmap.benchmarks.flow.BenchmarkMaps;
import io.liqmap.benchmarks.flow.BenchmarkSettings;
import io.liqmap.benchmarks.flow.PriceWalk;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.margin.Side;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * Sweeps by distance: each operation trades once in each of so many buckets, and then mark falls
 * through so many buckets that hold the nearest line of those trades, and comes back. Subtract what
 * the trades alone cost.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 3,
    jvmArgsAppend = {"-XX:+UseSerialGC", "-Xms512m", "-Xmx512m"})
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@State(Scope.Thread)
public class SweepBenchmark {
  private static final int TIERS = 10;
  private static final double QUANTITY = 1_000;

  @Param({"1", "8", "64", "512"})
  private int buckets;

  private InstrumentMap map;
  private long[] prices;
  private long low;
  private double sweptBefore;

  /** Buckets below mark are traded in; their longs lie farther down by the nearest line. */
  @Setup
  public void prepare() {
    map = BenchmarkMaps.writer(BenchmarkSettings.map(TIERS), 1).maps().of(0);
    map.onMark(BenchmarkSettings.START, PriceWalk.CENTRE, 0, 0);
    final int mark = map.markBucket();
    prices = new long[buckets];
    for (int i = 0; i < buckets; i++) {
      prices[i] = (long) map.lattice().centre(mark - i);
    }
    low = (long) map.lattice().centre(mark + map.lines(0, Side.LONG).nearest() - buckets);
    sweptBefore = map.sweptNotional(0, Side.LONG);
  }

  private void trade() {
    for (final long price : prices) {
      map.onTrade(BenchmarkSettings.START, price, QUANTITY, true);
    }
  }

  /** The trades, and nothing else. */
  @Benchmark
  public InstrumentMap tradeAlone() {
    trade();
    return map;
  }

  /** The trades, mark down through their nearest line, and back. */
  @Benchmark
  public InstrumentMap tradeAndSweep() {
    trade();
    map.onMark(BenchmarkSettings.START, low, 0, 0);
    map.onMark(BenchmarkSettings.START, PriceWalk.CENTRE, 0, 0);
    return map;
  }

  /** A benchmark of sweeps has to have swept, the other not. */
  @TearDown
  public void check(final BenchmarkParams benchmark) {
    final boolean swept = map.sweptNotional(0, Side.LONG) > sweptBefore;
    if (swept != benchmark.getBenchmark().endsWith("tradeAndSweep")) {
      throw new IllegalStateException(swept ? "something was swept" : "nothing was swept");
    }
  }
}
