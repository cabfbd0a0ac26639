package io.liqmap.benchmarks.jmh;

import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.shared.view.Cascade;
import io.liqmap.engine.shared.view.Questions;
import io.liqmap.engine.shared.view.StopAdvice;
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

/** Each question, to a state that is held. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 3,
    jvmArgsAppend = {"-XX:+UseSerialGC", "-Xms512m", "-Xmx512m"})
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@State(Scope.Thread)
public class QuestionBenchmark {
  private static final int MASK = 1023;
  private static final long HOUR = 3_600_000_000_000L;

  private final ViewReader reader = new PublishedMarket().reader();
  private final Questions questions = new Questions(reader);
  private final Cascade cascade = new Cascade();
  private final StopAdvice advice = new StopAdvice();
  private final int[] found = new int[10];
  private final double mark = reader.markPrice();
  private int asked;

  /** Another question each time: from 0 to 1. */
  private double next() {
    asked++;
    return (asked & MASK) / (double) MASK;
  }

  /** Notional within up to 10 % below mark. */
  @Benchmark
  public double between() {
    return questions.between(Side.LONG, mark * (.9 + .1 * next()), mark);
  }

  /** What a move of up to 10 % would liquidate. */
  @Benchmark
  public double cumulative() {
    return questions.cumulative(mark * (.9 + .2 * next()));
  }

  /** Where that much would be liquidated. */
  @Benchmark
  public double priceAt() {
    return questions.priceAt(Side.SHORT, 1e6 + 1e8 * next());
  }

  /** Longs over shorts within up to 500 bp. */
  @Benchmark
  public double imbalance() {
    return questions.imbalance(1 + 499 * next());
  }

  @Benchmark
  public int nearest() {
    return questions.nearest(Side.LONG, 1e6 * next());
  }

  /** The ten largest clusters within 1000 bp. */
  @Benchmark
  public int largest() {
    return questions.largest(1000 * next(), found);
  }

  /** Probability that price touches a level within an hour. */
  @Benchmark
  public double touchProbability() {
    return questions.touchProbability(mark * (1.001 + .1 * next()), HOUR);
  }

  /** A shock of up to 5 % down. */
  @Benchmark
  public double cascade() {
    questions.cascade(-1 - 499 * next(), cascade);
    return cascade.reachPrice();
  }

  /** A stop within 0.5 to 3 % below mark, some fifty candidates. */
  @Benchmark
  public double stop() {
    final double entry = mark * (1 - .001 * next());
    questions.stop(Side.LONG, entry, entry * .97, entry * .995, Double.NaN, 10, advice);
    return advice.price();
  }
}
