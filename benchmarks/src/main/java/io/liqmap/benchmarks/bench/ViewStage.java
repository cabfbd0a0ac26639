package io.liqmap.benchmarks.bench;

import io.liqmap.benchmarks.flow.Folders;
import io.liqmap.benchmarks.flow.PreparedFeed;
import io.liqmap.engine.market.MapListener;
import io.liqmap.engine.pipeline.Engine;
import io.liqmap.engine.pipeline.EngineException;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.pipeline.PacedSource;
import io.liqmap.engine.pipeline.ReplayPace;
import io.liqmap.engine.settings.ThreadingMode;
import io.liqmap.engine.shared.view.ViewMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Latency to the view: from when an event should have been sent to when the feed's thread sees a
 * state after it published, or has read all of it as a reader does.
 */
final class ViewStage implements Stage {
  private final Task task;

  ViewStage(final Task task) {
    this.task = task;
  }

  @Override
  public Passage pass(final double rate) throws IOException, EngineException, InterruptedException {
    final Path folder = Files.createTempDirectory(task.folder(), "bench-");
    try {
      return pass(rate, folder);
    } finally {
      Folders.delete(folder);
    }
  }

  private Passage pass(final double rate, final Path folder)
      throws IOException, EngineException, InterruptedException {
    final PreparedFeed feed = Latencies.feed(task, rate);
    final Path file = folder.resolve("view");
    final ViewMemory view = ViewMemory.create(file, Latencies.VIEW);
    final LongSupplier seen =
        task.work() == Work.READER_VIEW ? LatencyReader.view(view) : PublishedSequence.of(file);
    final Arrivals arrivals = new Arrivals(seen, (int) feed.events());
    final PacedSource paced = new PacedSource(feed.rewind(), rate, arrivals::scan);
    final ThreadingMode mode =
        task.work() == Work.INLINE_VIEW ? ThreadingMode.INLINE : ThreadingMode.PIPELINED;
    final Path journal = task.work() == Work.JOURNALED_VIEW ? folder.resolve("journal") : null;
    try (Engine engine =
        Engine.launch(
            EngineStage.settings(task, mode), journal, new Outputs(MapListener.NONE, view, null))) {
      final HiccupMeter hiccups = new HiccupMeter();
      engine.run(paced, ReplayPace.max());
      arrivals.await(paced.sent());
      engine.finish();
      EngineStage.requireWhole(engine, feed.events());
      return Latencies.passage(
          paced, arrivals, feed, hiccups, engine.report().journaled().stateHash(), Map.of());
    }
  }
}
