package io.liqmap.benchmarks.bench;

import io.liqmap.benchmarks.flow.Folders;
import io.liqmap.benchmarks.flow.StreamedFeed;
import io.liqmap.engine.pipeline.Engine;
import io.liqmap.engine.pipeline.EngineException;
import io.liqmap.engine.pipeline.EngineReport;
import io.liqmap.engine.pipeline.MarketFlow;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.pipeline.ReplayPace;
import io.liqmap.engine.settings.ThreadingMode;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A long flow of many instruments through the inline engine and its journal: time without what
 * making the flow takes, and memory at the end, the engine still there.
 */
final class ScaleStage implements Stage {
  private static final long DAY_NANOS = 86_400_000_000_000L;

  /** Events of one instrument in a day, as a busy one has them. */
  private static final long BUSY_DAY = 5_000_000;

  private final Task task;

  ScaleStage(final Task task) {
    this.task = task;
  }

  @Override
  public Passage pass(final double rate) throws IOException, EngineException {
    final long step = task.days() * DAY_NANOS / task.events();
    final long bulk = Math.max(1, BUSY_DAY * task.days() / task.events());
    final StreamedFeed feed =
        new StreamedFeed(new MarketFlow(7, task.instruments(), step, bulk), task.events());
    final Path folder = Files.createTempDirectory(task.folder(), "bench-");
    try (Engine engine =
        Engine.launch(EngineStage.settings(task, ThreadingMode.INLINE), folder, Outputs.NONE)) {
      final long start = System.nanoTime();
      engine.run(feed, ReplayPace.max());
      final long nanos = System.nanoTime() - start - feed.nanos();
      final double heap = heap();
      final double direct = direct();
      engine.finish();
      EngineStage.requireWhole(engine, task.events());
      final EngineReport report = engine.report();
      return new Passage(
          task.events(),
          nanos,
          report.journaled().stateHash(),
          List.of(),
          null,
          null,
          Map.of(
              "heapMiB",
              heap,
              "directMiB",
              direct,
              "journalBytesPerEvent",
              report.journalBytes() / (double) task.events(),
              "snapshots",
              (double) report.snapshots(),
              "snapshotsTooLarge",
              (double) report.snapshotsTooLarge()));
    } finally {
      Folders.delete(folder);
    }
  }

  static double heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / (double) (1 << 20);
  }

  private static double direct() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter((pool) -> pool.getName().equals("direct"))
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum()
        / (double) (1 << 20);
  }
}
