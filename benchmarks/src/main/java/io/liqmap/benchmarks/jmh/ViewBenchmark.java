package io.liqmap.benchmarks.jmh;

import io.liqmap.engine.shared.view.ViewReader;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Publishing and reading a view, on one thread: what the code costs, not what caches of two cores
 * do. Subtract from the ones that refresh what the same ones without it cost.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 3,
    jvmArgsAppend = {"-XX:+UseSerialGC", "-Xms512m", "-Xmx512m"})
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@State(Scope.Thread)
public class ViewBenchmark {
  private final PublishedMarket market = new PublishedMarket();
  private final ViewReader reader = market.reader();

  /** Nothing but the header is new. */
  @Benchmark
  public void publishHeader() {
    market.publish();
  }

  /** A trade, and a new projection published. */
  @Benchmark
  public void publishBody() {
    market.trade();
    market.publish();
  }

  /** A reader that finds nothing new. */
  @Benchmark
  public boolean refreshNothing() {
    return reader.refresh();
  }

  /** A header published and read. */
  @Benchmark
  public boolean publishAndRefreshHeader() {
    market.publish();
    return reader.refresh();
  }

  /** A body published and read. */
  @Benchmark
  public boolean publishAndRefreshBody() {
    market.trade();
    market.publish();
    return reader.refresh();
  }
}
