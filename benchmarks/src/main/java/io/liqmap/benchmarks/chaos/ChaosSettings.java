package io.liqmap.benchmarks.chaos;

import io.liqmap.benchmarks.flow.BenchmarkSettings;
import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.core.map.MapSettings;
import io.liqmap.engine.journal.JournalSettings;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.settings.PipelineSettings;
import io.liqmap.engine.settings.ThreadingMode;
import io.liqmap.engine.settings.WaitMode;
import io.liqmap.engine.shared.view.ViewSettings;

/** Settings of the engines in a chaos run; those of one state, whatever their threads. */
final class ChaosSettings {
  static final int INSTRUMENTS = 8;
  static final MapSettings MAP = BenchmarkSettings.map(6);
  static final ViewSettings VIEW = new ViewSettings(INSTRUMENTS, 1024, 64, 32, 5);

  /** Small, so that readers who sleep are lapped. */
  static final int EVENT_BYTES = 1 << 16;

  private static final long SNAPSHOT_INTERVAL = 600_000_000_000L;

  private ChaosSettings() {}

  /** With threads of its own for feed, journal and so many maps. */
  static EngineSettings pipelined(final int shards) {
    return settings(
        new PipelineSettings(ThreadingMode.PIPELINED, shards, 256, 32, WaitMode.PARK, false));
  }

  static EngineSettings inline() {
    return settings(new PipelineSettings(ThreadingMode.INLINE, 256, 32, WaitMode.PARK, false));
  }

  private static EngineSettings settings(final PipelineSettings pipeline) {
    return new EngineSettings(
        INSTRUMENTS,
        MAP,
        ClusterSettings.DEFAULT,
        SNAPSHOT_INTERVAL,
        pipeline,
        new JournalSettings(1 << 14, 1 << 24));
  }
}
