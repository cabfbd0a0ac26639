package io.liqmap.backfill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job that fails in the middle continues from its last checkpoint, as if nothing had happened.
 */
final class RestoredJobTest {
  private static final int INSTRUMENTS = 3;
  private static final int DAYS = 12;
  private static final int EVENTS = 250;
  private static final int ATTEMPTS = 7;

  @TempDir Path folder;

  @Test
  void shouldHaveTheStateOfAnEngineAfterARestart() throws Exception {
    final long seed = System.nanoTime();
    final List<Path> feeds = SeededFeeds.write(folder, seed, INSTRUMENTS, DAYS, EVENTS);
    final BackfillOptions options = Results.options(folder.resolve("out"));
    final Disturbance disturbance = Disturbance.begin(new SplittableRandom(seed));

    final List<DayResult> results = run(feeds, options);

    assertTrue(disturbance.isDone(), () -> "seed " + seed + ": no failure after a checkpoint");
    final BackfillReport report = BackfillReport.of(options.out(), results, 1);
    assertEquals(List.of(), report.flawed(), () -> "seed " + seed);
    assertEquals(INSTRUMENTS, report.instruments().size(), () -> "seed " + seed);
    final NavigableMap<String, String> hashes = Results.hashes(options.folder());
    assertEquals(INSTRUMENTS * DAYS, hashes.size(), () -> "seed " + seed);
    for (int i = 0; i < INSTRUMENTS; i++) {
      final String name = SeededFeeds.VENUE + "/" + SeededFeeds.symbol(i);
      final String expected = Results.ofEngine(feeds.get(i), options);
      assertEquals(expected, Results.last(hashes, name), () -> "seed " + seed + ": " + name);
      assertEquals(
          expected, report.instruments().get(i).stateHash(), () -> "seed " + seed + ": " + name);
    }
  }

  @SuppressWarnings("try") // Flink's iterator may throw an interruption where it is closed.
  private List<DayResult> run(final List<Path> feeds, final BackfillOptions options)
      throws Exception {
    final StreamExecutionEnvironment environment = environment();
    final List<DayResult> results = new ArrayList<>();
    try (CloseableIterator<Tuple2<String, byte[]>> collected =
        environment
            .fromSource(
                new FileDaySource(feeds.stream().map(Path::toString).toList()),
                WatermarkStrategy.noWatermarks(),
                "days")
            .setParallelism(1)
            .keyBy((element) -> element.f0, Types.STRING)
            .process(new Disturbed(options), BackfillJob.NAMED_BYTES)
            .executeAndCollect()) {
      while (collected.hasNext()) {
        results.add(DayResult.decode(collected.next().f1));
      }
    }
    return results;
  }

  private StreamExecutionEnvironment environment() {
    final Configuration settings = new Configuration();
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(50));
    settings.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
        folder.resolve("checkpoints").toUri().toString());
    settings.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    settings.set(RestOptions.BIND_PORT, "0");
    return StreamExecutionEnvironment.createLocalEnvironment(2, settings);
  }

  /**
   * A failure at a random day that comes after a completed checkpoint. Until there is one, the last
   * day fails too, and the next attempt takes more time.
   */
  private static final class Disturbance {
    private static volatile Disturbance current;

    private final String name;
    private final long day;
    private final AtomicBoolean isDone = new AtomicBoolean();
    private final AtomicInteger attempts = new AtomicInteger(1);
    private final AtomicInteger days = new AtomicInteger();
    private final AtomicInteger checkpoints = new AtomicInteger();

    private Disturbance(final SplittableRandom random) {
      name = SeededFeeds.VENUE + ":" + SeededFeeds.symbol(random.nextInt(INSTRUMENTS));
      day = SeededFeeds.FIRST_DAY + random.nextInt(1, DAYS);
    }

    static Disturbance begin(final SplittableRandom random) {
      current = new Disturbance(random);
      return current;
    }

    boolean isDone() {
      return isDone.get();
    }

    /** The second that ends after a day was computed has that day. */
    boolean isCheckpointed() {
      return checkpoints.get() >= 2;
    }

    void afterCheckpoint() {
      if (days.get() > 0) {
        checkpoints.incrementAndGet();
      }
    }

    void before(final FileDay next) throws InterruptedException {
      if (isDone.get() || attempts.get() > ATTEMPTS) {
        return;
      }
      Thread.sleep(2L << attempts.get());
      final boolean isLast = next.day() == SeededFeeds.FIRST_DAY + DAYS - 1;
      if (next.name().toString().equals(name)
          && (isLast || (isCheckpointed() && next.day() >= day))) {
        isDone.set(isCheckpointed());
        attempts.incrementAndGet();
        throw new IllegalStateException("fails on purpose");
      }
    }
  }

  /** The job's function, with the disturbance before each day. */
  private static final class Disturbed
      extends KeyedProcessFunction<String, Tuple2<String, byte[]>, Tuple2<String, byte[]>>
      implements CheckpointListener {
    private static final long serialVersionUID = 1;

    private final DayFunction days;

    Disturbed(final BackfillOptions options) {
      days = new DayFunction(options);
    }

    @Override
    public void open(final OpenContext context) {
      days.setRuntimeContext(getRuntimeContext());
      days.open(context);
    }

    @Override
    public void processElement(
        final Tuple2<String, byte[]> element,
        final Context context,
        final Collector<Tuple2<String, byte[]>> out)
        throws Exception {
      Disturbance.current.before(FileDay.decode(element.f1));
      days.processElement(element, context, out);
      Disturbance.current.days.incrementAndGet();
    }

    @Override
    public void notifyCheckpointComplete(final long checkpoint) {
      Disturbance.current.afterCheckpoint();
    }

    @Override
    public void close() {
      days.close();
    }
  }
}
