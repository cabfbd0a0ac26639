package io.liqmap.benchmarks.bench;

import io.liqmap.benchmarks.flow.BenchmarkSettings;
import io.liqmap.benchmarks.flow.Folders;
import io.liqmap.benchmarks.flow.PreparedFeed;
import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.journal.JournalSettings;
import io.liqmap.engine.pipeline.Engine;
import io.liqmap.engine.pipeline.EngineException;
import io.liqmap.engine.pipeline.EngineReport;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.pipeline.ReplayPace;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.settings.ThreadingMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The engine, with or without threads and journal, as fast as it can. */
final class EngineStage implements Stage {
  private static final long SNAPSHOT_INTERVAL = 3_600_000_000_000L;
  private static final JournalSettings JOURNAL = new JournalSettings(1 << 16, 1 << 28);

  private final Task task;
  private final PreparedFeed feed;

  EngineStage(final Task task) throws IOException {
    this.task = task;
    feed = PreparedFeed.map(task.feed(), task.events());
  }

  static EngineSettings settings(final Task task, final ThreadingMode mode) {
    return new EngineSettings(
        task.instruments(),
        BenchmarkSettings.map(task.tiers(), task.resolutionBps()),
        ClusterSettings.DEFAULT,
        SNAPSHOT_INTERVAL,
        task.pipeline(mode),
        JOURNAL);
  }

  @Override
  public Passage pass(final double rate) throws IOException, EngineException {
    final boolean isJournaling =
        task.work() == Work.INLINE_JOURNAL || task.work() == Work.PIPELINED_JOURNAL;
    final Path folder = isJournaling ? Files.createTempDirectory(task.folder(), "bench-") : null;
    try {
      return pass(folder);
    } finally {
      if (folder != null) {
        Folders.delete(folder);
      }
    }
  }

  private Passage pass(final Path folder) throws IOException, EngineException {
    final boolean isInline = task.work() == Work.INLINE || task.work() == Work.INLINE_JOURNAL;
    final ThreadingMode mode = isInline ? ThreadingMode.INLINE : ThreadingMode.PIPELINED;
    try (Engine engine = Engine.launch(settings(task, mode), folder, Outputs.NONE)) {
      final SteadyFeed steady = new SteadyFeed(feed.rewind());
      final long start = System.nanoTime();
      engine.run(steady, ReplayPace.max());
      final long nanos = System.nanoTime() - start;
      final List<Double> allocated = steady.allocatedPerEvent();
      engine.finish();
      requireWhole(engine, feed.events());
      final EngineReport report = engine.report();
      final Map<String, Double> notes =
          folder == null
              ? Map.of()
              : Map.of("journalBytesPerEvent", report.journalBytes() / (double) feed.events());
      return new Passage(
          feed.events(), nanos, report.journaled().stateHash(), allocated, null, null, notes);
    }
  }

  static void requireWhole(final Engine engine, final long events) {
    Checks.require(engine.journalFailure() == null, "the journal failed");
    final EngineReport report = engine.report();
    Checks.require(
        report.journaled().events() == events && report.journaled().rejected() == 0,
        "of "
            + events
            + " events "
            + report.journaled().events()
            + " were applied, "
            + report.journaled().rejected()
            + " rejected");
  }
}
