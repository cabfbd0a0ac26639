package io.liqmap.benchmarks.soak;

import io.liqmap.benchmarks.bench.AllocationMeter;
import io.liqmap.benchmarks.flow.BenchmarkSettings;
import io.liqmap.benchmarks.flow.Folders;
import io.liqmap.benchmarks.flow.StreamedFeed;
import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.core.map.MapSettings;
import io.liqmap.engine.journal.JournalReader;
import io.liqmap.engine.journal.JournalSettings;
import io.liqmap.engine.market.MapListener;
import io.liqmap.engine.pipeline.Engine;
import io.liqmap.engine.pipeline.EngineException;
import io.liqmap.engine.pipeline.EngineReport;
import io.liqmap.engine.pipeline.MarketFlow;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.pipeline.PacedSource;
import io.liqmap.engine.pipeline.ReplayPace;
import io.liqmap.engine.replay.JournalCheck;
import io.liqmap.engine.replay.Replay;
import io.liqmap.engine.replay.Until;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.settings.PipelineSettings;
import io.liqmap.engine.settings.ThreadingMode;
import io.liqmap.engine.settings.WaitMode;
import io.liqmap.engine.shared.view.ViewSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Runs the engine at a modest rate for a given time, through ten days of event time, and checks
 * that nothing grows.
 *
 * <pre>
 *   main:  paced source ──▶   engine: map, journal (a file to each day), snapshots
 *                               │
 *   soak-watch:    view ◀───────┘   latency of each event
 *   soak-sampler:  memory, disk and processor time each minute
 *   at the end:    bounds, journal verified, replayed, states compared
 * </pre>
 */
public final class SoakRun {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int USAGE = 2;
  private static final int INSTRUMENTS = 4;
  private static final int TIERS = 10;
  private static final double RESOLUTION_BPS = 5;
  private static final int DAYS = 10;
  private static final long DAY = 86_400_000_000_000L;
  private static final long SNAPSHOT_INTERVAL = 10_800_000_000_000L;
  private static final int SEED = 7;
  private static final int EVENT_BYTES = 1 << 20;
  private static final double MINUTE = 60e9;

  private static final long NAP = 500_000;

  private static final long LAUNCH = 1_000_000_000L;

  /** So that a short run has thirds to compare, too. */
  private static final int LEAST_LINES = 6;

  private static final MapSettings MAP = BenchmarkSettings.map(TIERS, RESOLUTION_BPS);
  private static final EngineSettings SETTINGS =
      new EngineSettings(
          INSTRUMENTS,
          MAP,
          ClusterSettings.DEFAULT,
          SNAPSHOT_INTERVAL,
          new PipelineSettings(ThreadingMode.PIPELINED, 1 << 14, 256, WaitMode.PARK, false),
          new JournalSettings(1 << 16, 1 << 28));

  private final SoakOptions options;
  private final PrintStream out;
  private final StringBuilder report = new StringBuilder();
  private final List<String> failures = new ArrayList<>();

  private SoakRun(final SoakOptions options, final PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /** Runs a command line; the exit code is 0 done, 1 failed, 2 wrong usage. */
  public static int execute(final String... args) throws InterruptedException {
    final SoakOptions options;
    try {
      options = SoakOptions.parse(args);
    } catch (final IllegalArgumentException e) {
      System.err.println("soak: " + e.getMessage());
      return USAGE;
    }
    try {
      return execute(options, System.out).isEmpty() ? DONE : FAILED;
    } catch (final IOException | EngineException | ExecutionException e) {
      System.err.println("soak: " + e.getMessage());
      return FAILED;
    }
  }

  /** Soaks and reports; returns what failed, a sentence each. */
  static List<String> execute(final SoakOptions options, final PrintStream out)
      throws IOException, EngineException, ExecutionException, InterruptedException {
    final Path folder = Files.createTempDirectory(options.folder(), "soak-");
    final SoakRun run = new SoakRun(options, out);
    run.soak(folder);
    if (options.out() != null) {
      Files.createDirectories(options.out());
      Files.writeString(
          options.out().resolve("soak.md"), run.report.toString(), StandardCharsets.UTF_8);
    }
    if (run.failures.isEmpty()) {
      Folders.delete(folder);
    }
    return run.failures;
  }

  private void soak(final Path folder)
      throws IOException, EngineException, ExecutionException, InterruptedException {
    final Path journal = folder.resolve("journal");
    print(
        String.format(
            Locale.ROOT,
            "%,d events at %,.0f a second, %d instruments, %d days; journal: %s%n%n",
            options.events(),
            options.rate(),
            INSTRUMENTS,
            DAYS,
            journal));
    final long hash = run(folder, journal);
    verify(journal);
    replay(journal, hash);
    print(failures.isEmpty() ? "flat and whole\n" : "failed; the folder is kept: " + folder + "\n");
  }

  private long run(final Path folder, final Path journal)
      throws IOException, EngineException, ExecutionException, InterruptedException {
    final long start = System.nanoTime() + LAUNCH;
    final MarketFlow flow = new MarketFlow(SEED, INSTRUMENTS, DAYS * DAY / options.events(), 1);
    final PacedSource feed =
        new PacedSource(
            new StreamedFeed(flow, options.events()),
            options.rate(),
            start,
            () -> LockSupport.parkNanos(NAP));
    final Outputs outputs =
        Outputs.share(
            folder.resolve("shared"),
            new ViewSettings(INSTRUMENTS, 2048, 64, 32, RESOLUTION_BPS),
            EVENT_BYTES,
            MapListener.NONE);
    try (Engine engine = Engine.launch(SETTINGS, journal, days(start), outputs);
        ViewWatch watch =
            new ViewWatch(folder.resolve("shared").resolve(Outputs.VIEW_FILE), INSTRUMENTS, feed)) {
      final FutureTask<List<Minute>> sampler = sampler(journal, watch, start);
      print(SoakTable.HEAD);
      final Thread thread = new Thread(sampler, "soak-sampler");
      thread.setDaemon(true);
      thread.start();
      engine.run(feed, ReplayPace.max());
      final List<Minute> minutes = sampler.get();
      engine.finish();
      judge(minutes);
      return judge(engine);
    }
  }

  private FutureTask<List<Minute>> sampler(
      final Path journal, final ViewWatch watch, final long start) {
    final AllocationMeter meter = new AllocationMeter();
    meter.start();
    final double nanos = options.minutes() * MINUTE;
    final int lines = Math.max(LEAST_LINES, (int) options.minutes());
    return new FutureTask<>(
        new Sampler(
            journal,
            watch,
            meter,
            start,
            (long) (nanos / lines),
            lines,
            (minute) -> print(SoakTable.line(minute))));
  }

  /** The clock of the journal keeps step with the time of the events. */
  private LongSupplier days(final long start) {
    final double factor = DAYS * (double) DAY / (options.minutes() * MINUTE);
    return () ->
        (BenchmarkSettings.START + (long) (Math.max(0, System.nanoTime() - start) * factor))
            / 1_000_000;
  }

  private void judge(final List<Minute> minutes) {
    print(
        String.format(
            Locale.ROOT,
            "%nB per event over the last two thirds: feed %.4f, map %.4f, journal %.4f%n",
            Bounds.allocated(minutes, 0),
            Bounds.allocated(minutes, 1),
            Bounds.allocated(minutes, 2)));
    Bounds.broken(minutes).forEach(this::fail);
  }

  private long judge(final Engine engine) {
    if (engine.journalFailure() != null) {
      fail("the journal failed: " + engine.journalFailure().getMessage());
    }
    final EngineReport done = engine.report();
    if (done.journaled().events() != options.events() || done.journaled().rejected() != 0) {
      fail(
          String.format(
              Locale.ROOT,
              "of %,d events %,d were applied, %,d rejected",
              options.events(),
              done.journaled().events(),
              done.journaled().rejected()));
    }
    print(
        String.format(
            Locale.ROOT,
            "snapshots %d, skipped %d; the feed waited for the ring %d times%n",
            done.snapshots(),
            done.snapshotsSkipped(),
            done.backPressure()));
    return done.journaled().stateHash();
  }

  private void verify(final Path folder) throws IOException {
    try (JournalReader journal = JournalReader.open(folder)) {
      final JournalCheck check = JournalCheck.of(journal);
      if (check.damage() != null || check.events() != options.events()) {
        fail(
            String.format(
                Locale.ROOT,
                "the journal holds %,d whole events of %,d; damage: %s",
                check.events(),
                options.events(),
                check.damage()));
      }
      print(
          String.format(
              Locale.ROOT,
              "verified: %,d documents, %,d events, %d snapshots%n",
              check.documents(),
              check.events(),
              check.snapshots()));
    }
  }

  private void replay(final Path folder, final long hash) throws IOException {
    try (JournalReader journal = JournalReader.open(folder)) {
      final Replay replay = new Replay(journal, MAP, ClusterSettings.DEFAULT, INSTRUMENTS);
      replay.fromStart(Until.END);
      if (!replay.matches() || replay.map().stateHash() != hash) {
        fail(
            String.format(
                Locale.ROOT,
                "the replay ends with state %016x, the run with %016x",
                replay.map().stateHash(),
                hash));
      }
      print(
          String.format(
              Locale.ROOT,
              "replayed: state %016x, %d snapshots compared%n",
              replay.map().stateHash(),
              replay.compared()));
    }
  }

  private void fail(final String sentence) {
    failures.add(sentence);
    print("FAILED " + sentence + "\n");
  }

  private synchronized void print(final String text) {
    report.append(text);
    out.print(text);
    out.flush();
  }
}
