package io.liqmap.benchmarks.bench;

import io.liqmap.benchmarks.flow.Folders;
import io.liqmap.benchmarks.flow.PreparedFeed;
import io.liqmap.engine.pipeline.MarketFlow;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures stages and peers side by side.
 *
 * <pre>
 *   coordinator ──▶ one process for each stage: prepared and steady, then idle until its turn
 *        │
 *        ├─ round 1: each stage once, one after the other ─ round 2: … ─ round n
 *        │
 *        └─ all again with new processes
 * </pre>
 *
 * A process of its own keeps each stage's compiled code as it would be without the others; several,
 * since the same code is compiled differently from process to process. A round that goes through
 * all of them lets what the machine does meanwhile fall on all alike: ratios are taken within a
 * round.
 */
public final class BenchRun {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private final BenchOptions options;
  private final PrintStream progress;
  private final Plan plan;
  private final Results results;
  private final Map<Leg, WorkerProcess> workers = new LinkedHashMap<>();
  private final List<Leg> scale;

  private BenchRun(final BenchOptions options, final PrintStream progress, final Path feed) {
    this.options = options;
    this.progress = progress;
    plan = new Plan(options, feed);
    results = new Results(options.rounds());
    scale = options.scale() ? plan.scale() : List.of();
  }

  /** Runs a command line; the exit code is 0 done, 1 failed, 2 wrong usage. */
  public static int execute(final String... args) throws IOException {
    final BenchOptions options;
    try {
      options = BenchOptions.parse(args);
    } catch (final IllegalArgumentException e) {
      System.err.println("liqmap bench: " + e.getMessage());
      return USAGE;
    }
    try {
      final boolean areEqual = execute(options, System.out, System.err);
      if (System.out.checkError()) {
        System.err.println("liqmap bench: writing standard output failed");
        return FAILED;
      }
      return areEqual ? DONE : FAILED;
    } catch (final IllegalStateException | IOException e) {
      System.err.println("liqmap bench: " + e.getMessage());
      return FAILED;
    }
  }

  /** Measures and reports; says whether all answers were equal. */
  static boolean execute(
      final BenchOptions options, final PrintStream out, final PrintStream progress)
      throws IOException {
    progress.printf(Locale.ROOT, "load %.2f before the run%n", Machine.load());
    final Path folder = Files.createTempDirectory(options.folder(), "bench-");
    try {
      final Path feed = folder.resolve("feed");
      PreparedFeed.write(feed, MarketFlow.ofOneInstrument(), options.events());
      final BenchRun run = new BenchRun(options, progress, feed);
      run.measure();
      run.report(out);
      return run.results.areAnswersEqual();
    } finally {
      Folders.delete(folder);
    }
  }

  private void measure() throws IOException {
    final List<Leg> legs = new ArrayList<>(plan.path());
    legs.addAll(plan.updates());
    for (int jvm = 1; jvm <= options.jvms(); jvm++) {
      final String which = "JVM " + jvm + " of " + options.jvms() + ": ";
      try {
        start(which, legs);
        start(which, plan.latencies());
        warm(plan.latencies());
        for (int round = 1; round <= options.rounds(); round++) {
          progress.println(which + "round " + round + " of " + options.rounds());
          round(legs);
        }
      } finally {
        for (final WorkerProcess worker : workers.values()) {
          worker.close();
        }
        workers.clear();
      }
    }
    measureScale();
  }

  private void start(final String which, final List<Leg> legs) throws IOException {
    final int processors = Runtime.getRuntime().availableProcessors();
    final Deque<WorkerProcess> starting = new ArrayDeque<>();
    int count = 0;
    for (final Leg leg : legs) {
      progress.printf(
          Locale.ROOT, "%swarming up %d of %d: %s%n", which, ++count, legs.size(), leg.key());
      final WorkerProcess worker = new WorkerProcess(leg);
      workers.put(leg, worker);
      starting.add(worker);
      if (starting.size() >= processors) {
        awaitReady(starting.remove());
      }
    }
    while (!starting.isEmpty()) {
      awaitReady(starting.remove());
    }
  }

  private void awaitReady(final WorkerProcess worker) throws IOException {
    final int passages = worker.awaitReady();
    if (passages < 0) {
      progress.printf(Locale.ROOT, "%s isn't steady after %d passages%n", worker.key(), -passages);
    }
  }

  /** At full speed, so that as many events go through as at the others. */
  private void warm(final List<Leg> latencies) throws IOException {
    for (final Leg leg : latencies) {
      for (int i = 0; i < Steadiness.LEAST; i++) {
        workers.get(leg).warm(Plan.WARM_UP_RATE);
      }
    }
  }

  private void round(final List<Leg> legs) throws IOException {
    for (final Leg leg : legs) {
      results.add(leg, workers.get(leg).pass(0));
    }
    for (final double rate : plan.rates()) {
      for (final Leg leg : plan.latencies()) {
        results.add(leg, rate, workers.get(leg).pass(rate));
      }
    }
  }

  private void measureScale() throws IOException {
    for (final Leg leg : scale) {
      progress.println("scale: " + leg.title());
      try (WorkerProcess worker = new WorkerProcess(leg)) {
        awaitReady(worker);
        results.add(leg, worker.pass(0));
      }
    }
  }

  private void report(final PrintStream out) throws IOException {
    final String markdown = new MarkdownReport(options, results, scale).text();
    final String json = new JsonReport(options, results).text();
    out.print(options.json() ? json : markdown);
    out.flush();
    if (options.out() != null) {
      Files.createDirectories(options.out());
      write("bench.md", markdown);
      write("bench.json", json);
      for (final double rate : results.rates()) {
        write(String.format(Locale.ROOT, "latency-%.0f.svg", rate), plot(rate));
      }
      progress.println("report and pictures: " + options.out());
    }
  }

  private void write(final String name, final String text) throws IOException {
    Files.writeString(options.out().resolve(name), text, StandardCharsets.UTF_8);
  }

  private String plot(final double rate) {
    final PercentilePlot plot =
        new PercentilePlot(
            String.format(
                Locale.ROOT,
                "Latency at %,.0f events/s, open loop, from intended send time",
                rate));
    for (final Leg leg : results.legs(rate)) {
      plot.add(leg.title().replace("**", ""), Results.latencies(results.of(leg, rate)));
    }
    plot.add("hiccups of an idle thread", results.hiccups(rate));
    return plot.svg();
  }
}
