package io.liqmap.benchmarks.soak;

import com.sun.management.OperatingSystemMXBean;
import io.liqmap.benchmarks.bench.AllocationMeter;
import io.liqmap.engine.shared.counters.EngineCounter;
import io.liqmap.engine.shared.counters.EngineCountersReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** Samples latencies, counters and memory each minute. One thread of its own. */
final class Sampler implements Callable<List<Minute>> {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final double[] PERCENTILES = {50, 90, 99, 99.9, 100};

  private final Path journal;
  private final ViewWatch watch;
  private final AllocationMeter meter;
  private final long start;
  private final long periodNanos;
  private final int count;
  private final Consumer<Minute> listener;
  private long before;
  private long cpuBefore;
  private long[] allocatedBefore;

  /**
   * Makes a sampler.
   *
   * @param meter started already
   * @param start of the run, {@link System#nanoTime}
   * @param periodNanos of a line
   * @param count lines
   * @param listener called with each line
   */
  Sampler(
      final Path journal,
      final ViewWatch watch,
      final AllocationMeter meter,
      final long start,
      final long periodNanos,
      final int count,
      final Consumer<Minute> listener) {
    this.journal = journal;
    this.watch = watch;
    this.meter = meter;
    this.start = start;
    this.periodNanos = periodNanos;
    this.count = count;
    this.listener = listener;
  }

  @Override
  public List<Minute> call() throws IOException, InterruptedException {
    final List<Minute> minutes = new ArrayList<>();
    before = start;
    cpuBefore = SYSTEM.getProcessCpuTime();
    allocatedBefore = meter.read();
    for (int i = 1; i <= count; i++) {
      TimeUnit.NANOSECONDS.sleep(start + i * periodNanos - System.nanoTime());
      minutes.add(sample());
      listener.accept(minutes.get(minutes.size() - 1));
    }
    return minutes;
  }

  private Minute sample() throws IOException {
    final long now = System.nanoTime();
    final long cpu = SYSTEM.getProcessCpuTime();
    final long[] allocated = meter.read();
    final Histogram latencies = watch.claim();
    final EngineCountersReader health = EngineCountersReader.open(journal);
    final long events = latencies.getTotalCount();
    final double nanos = now - before;
    final List<Double> perEvent =
        IntStream.range(0, allocated.length)
            .mapToObj((i) -> (allocated[i] - allocatedBefore[i]) / (double) Math.max(1, events))
            .toList();
    final Minute minute =
        new Minute(
            (now - start) / 1e9,
            events,
            events / nanos * 1e9,
            (cpu - cpuBefore) / nanos,
            Footprint.collectAndMeasure(),
            perEvent,
            DoubleStream.of(PERCENTILES).mapToObj(latencies::getValueAtPercentile).toList(),
            health.value(EngineCounter.JOURNAL_BYTES),
            queueFiles(),
            health.value(EngineCounter.MAP_LAG),
            health.value(EngineCounter.JOURNAL_LAG));
    before = now;
    cpuBefore = cpu;
    allocatedBefore = allocated;
    return minute;
  }

  private long queueFiles() throws IOException {
    try (Stream<Path> files = Files.list(journal.resolve("queue"))) {
      return files.filter((file) -> file.toString().endsWith(".cq4")).count();
    }
  }
}
