package io.liqmap.benchmarks.jmh;

import io.liqmap.benchmarks.flow.PriceWalk;
import io.liqmap.engine.core.lattice.Lattice;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Bucket of a price: along a walk, as prices come, and from anywhere, by search. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 3,
    jvmArgsAppend = {"-XX:+UseSerialGC", "-Xms512m", "-Xmx512m"})
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@State(Scope.Thread)
public class LatticeBenchmark {
  private static final int STEPS = 4096;
  private static final double RESOLUTION_BPS = 5;
  private static final int WIDE_BPS = 300;

  private final Lattice lattice = new Lattice(RESOLUTION_BPS);
  private final PriceWalk walk = new PriceWalk(1, STEPS, WIDE_BPS);
  private final long[] anywhere =
      new SplittableRandom(1).longs(STEPS, PriceWalk.CENTRE / 2, 2 * PriceWalk.CENTRE).toArray();

  /** The last bucket first. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public long walk() {
    int bucket = -1;
    long sum = 0;
    for (int step = 0; step < STEPS; step++) {
      bucket = lattice.bucketOf(walk.price(step), bucket);
      sum += bucket;
    }
    return sum;
  }

  /** Without a bucket to begin with. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public long search() {
    long sum = 0;
    for (final long price : anywhere) {
      sum += lattice.bucketOf(price, -1);
    }
    return sum;
  }
}
