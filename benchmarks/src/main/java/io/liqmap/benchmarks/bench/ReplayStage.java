package io.liqmap.benchmarks.bench;

import io.liqmap.benchmarks.flow.BenchmarkSettings;
import io.liqmap.benchmarks.flow.Folders;
import io.liqmap.benchmarks.flow.PreparedFeed;
import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.journal.JournalReader;
import io.liqmap.engine.pipeline.Engine;
import io.liqmap.engine.pipeline.EngineException;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.pipeline.ReplayPace;
import io.liqmap.engine.replay.Replay;
import io.liqmap.engine.replay.Until;
import io.liqmap.engine.settings.ThreadingMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A journal, written once, applied again and again; checksums and recorded states compared. */
final class ReplayStage implements Stage {
  private final Task task;
  private final Path folder;
  private final long events;

  ReplayStage(final Task task) throws IOException, EngineException {
    this.task = task;
    folder = Files.createTempDirectory(task.folder(), "bench-");
    final PreparedFeed feed = PreparedFeed.map(task.feed(), task.events());
    events = feed.events();
    try (Engine engine =
        Engine.launch(EngineStage.settings(task, ThreadingMode.INLINE), folder, Outputs.NONE)) {
      engine.run(feed, ReplayPace.max());
      engine.finish();
      EngineStage.requireWhole(engine, events);
    }
  }

  @Override
  public Passage pass(final double rate) throws IOException {
    final long start = System.nanoTime();
    try (JournalReader journal = JournalReader.open(folder)) {
      final Replay replay =
          new Replay(
              journal,
              BenchmarkSettings.map(task.tiers(), task.resolutionBps()),
              ClusterSettings.DEFAULT,
              task.instruments());
      replay.fromStart(Until.END);
      final long nanos = System.nanoTime() - start;
      Checks.require(replay.matches(), "the replay differs from the run");
      Checks.require(replay.map().events() == events, "the replay isn't whole");
      return Passage.of(events, nanos, replay.map().stateHash());
    }
  }

  @Override
  public void close() throws IOException {
    Folders.delete(folder);
  }
}
