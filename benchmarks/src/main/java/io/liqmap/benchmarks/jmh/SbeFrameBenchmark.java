package io.liqmap.benchmarks.jmh;

import io.liqmap.benchmarks.venue.SbeMessages;
import io.liqmap.benchmarks.venue.SessionVenues;
import io.liqmap.benchmarks.venue.SummedMarket;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A venue's SBE messages decoded and checked, beside a bare read of the same, per message. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 3,
    jvmArgsAppend = {"-XX:+UseSerialGC", "-Xms512m", "-Xmx512m"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class SbeFrameBenchmark {
  private static final int MESSAGES = 10_000;
  private static final long SEED = 42;

  private final SbeMessages messages = new SbeMessages(SEED, MESSAGES, SessionVenues.instrument(0));
  private final SummedMarket market = new SummedMarket();

  /** Other messages for each call: the decoder drops what it has seen. */
  @Setup(Level.Invocation)
  public void write() {
    messages.refill();
  }

  /** Every number read, nothing checked. */
  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public long bareSbe() {
    return messages.readBarely();
  }

  /** Decoded, and what the messages say added up. */
  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public long decode() {
    messages.decode(market);
    return market.sum();
  }
}
