package io.liqmap.benchmarks.jmh;

import io.liqmap.benchmarks.flow.BenchmarkSettings;
import io.liqmap.benchmarks.flow.FullMap;
import io.liqmap.engine.core.state.StateHash;
import io.liqmap.engine.core.state.StateWriter;
import java.util.concurrent.TimeUnit;
import org.agrona.ExpandableDirectByteBuffer;
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
import org.openjdk.jmh.annotations.Warmup;

/** A snapshot of an instrument that has seen a month: copied, and hashed. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 3,
    jvmArgsAppend = {"-XX:+UseSerialGC", "-Xms512m", "-Xmx512m"})
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@State(Scope.Thread)
public class SnapshotBenchmark {
  @Param({"5", "10", "40"})
  private int tiers;

  private FullMap full;
  private final StateWriter state = new StateWriter(new ExpandableDirectByteBuffer(1 << 16));

  @Setup
  public void fill() {
    full = new FullMap(BenchmarkSettings.map(tiers));
    full.writer().encode(state);
  }

  /** The map's thread's part. */
  @Benchmark
  public int encode() {
    full.writer().encode(state);
    return state.position();
  }

  /** The journal's thread's part before it appends. */
  @Benchmark
  public long hash() {
    return StateHash.of(state.buffer(), 0, state.position());
  }
}
