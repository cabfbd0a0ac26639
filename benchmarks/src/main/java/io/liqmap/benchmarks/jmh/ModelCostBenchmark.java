package io.liqmap.benchmarks.jmh;

import io.liqmap.benchmarks.flow.BenchmarkMaps;
import io.liqmap.benchmarks.flow.BenchmarkSettings;
import io.liqmap.benchmarks.flow.PriceWalk;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.model.ExitSettings;
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

/** What each model more costs, what weighed exits do, and windows that expire. Ten tiers each. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 3,
    jvmArgsAppend = {"-XX:+UseSerialGC", "-Xms512m", "-Xmx512m"})
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@State(Scope.Thread)
public class ModelCostBenchmark {
  private static final int TIERS = 10;
  private static final int STEPS = 1 << 16;
  private static final int TRADES_PER_UPDATE = 64;
  private static final int UPDATES = STEPS / TRADES_PER_UPDATE;
  private static final int SWING_BPS = 300;
  private static final long HOUR = 3_600_000_000_000L;
  private static final double OPEN_INTEREST = 75_000_000;
  private static final double RISE = 1.001;
  private static final ExitSettings WEIGHED = new ExitSettings(24 * HOUR, 100);

  @Param({"1", "2", "4", "8"})
  private int models;

  /** Whether positions exit by age and profit instead of in proportion. */
  @Param({"false", "true"})
  private boolean weighedExits;

  private final PriceWalk walk = new PriceWalk(2, STEPS, SWING_BPS);
  private InstrumentMap map;
  private long time = BenchmarkSettings.START;

  /** Fills the map over five weeks of hourly updates, so that all windows are full. */
  @Setup
  public void fill() {
    final ExitSettings exits = weighedExits ? WEIGHED : ExitSettings.PROPORTIONAL;
    map = BenchmarkMaps.writer(BenchmarkSettings.map(TIERS, models, exits), 1).maps().of(0);
    map.onMark(time, PriceWalk.CENTRE, 0, 0);
    for (int round = 0; round < 35 * 24 / UPDATES + 1; round++) {
      hours();
    }
  }

  private void update(final int step) {
    map.onOpenInterest(time, (step & 128) == 0 ? OPEN_INTEREST * RISE : OPEN_INTEREST);
  }

  /** A trade over ±3 %, nothing else. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public InstrumentMap trade() {
    walk.trade(map, time);
    return map;
  }

  /** A trade, and mark moved to its price: every now and then it sweeps what trades have opened. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public InstrumentMap tradeAndSweep() {
    walk.tradeAndSweep(map, time);
    return map;
  }

  /** 64 trades and the update that settles them, all within the same hour. */
  @Benchmark
  @OperationsPerInvocation(UPDATES)
  public InstrumentMap updates() {
    for (int step = 0; step < STEPS; step++) {
      walk.trade(map, time, step);
      if (step % TRADES_PER_UPDATE == 0) {
        update(step);
      }
    }
    return map;
  }

  /** The same with an hour from one update to the next: each begins a cohort, and one expires. */
  @Benchmark
  @OperationsPerInvocation(UPDATES)
  public InstrumentMap hours() {
    for (int step = 0; step < STEPS; step++) {
      walk.trade(map, time, step);
      if (step % TRADES_PER_UPDATE == 0) {
        time += HOUR;
        map.onMark(time, PriceWalk.CENTRE, 0, 0);
        update(step);
      }
    }
    return map;
  }
}
