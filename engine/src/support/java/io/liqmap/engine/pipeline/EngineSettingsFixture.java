package io.liqmap.engine.pipeline;

import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.core.map.TestSettings;
import io.liqmap.engine.journal.JournalException;
import io.liqmap.engine.journal.JournalReader;
import io.liqmap.engine.journal.JournalSettings;
import io.liqmap.engine.replay.Replay;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.settings.PipelineSettings;
import io.liqmap.engine.settings.ThreadingMode;
import io.liqmap.engine.settings.WaitMode;

/** Settings to test engines with. */
final class EngineSettingsFixture {
  static final int INSTRUMENTS = 4;

  private EngineSettingsFixture() {}

  /** A replay of a journal that was written with these settings. */
  static Replay replay(final JournalReader journal) throws JournalException {
    return new Replay(journal, TestSettings.ladder(), ClusterSettings.DEFAULT, INSTRUMENTS);
  }

  static EngineSettings of(final ThreadingMode mode, final int ringSize, final int claim) {
    return of(mode, ringSize, claim, new JournalSettings(4096, 1 << 24));
  }

  static EngineSettings of(
      final ThreadingMode mode,
      final int ringSize,
      final int claim,
      final JournalSettings journal) {
    return of(
        INSTRUMENTS, new PipelineSettings(mode, ringSize, claim, WaitMode.PARK, false), journal);
  }

  /** Several map threads. */
  static EngineSettings sharded(final int shards, final int ringSize, final int claim) {
    return of(ThreadingMode.PIPELINED, shards, ringSize, claim);
  }

  static EngineSettings of(
      final ThreadingMode mode, final int shards, final int ringSize, final int claim) {
    return of(
        INSTRUMENTS,
        new PipelineSettings(mode, shards, ringSize, claim, WaitMode.PARK, false),
        new JournalSettings(4096, 1 << 24));
  }

  static EngineSettings of(
      final int instruments, final PipelineSettings pipeline, final JournalSettings journal) {
    return new EngineSettings(
        instruments,
        TestSettings.ladder(),
        ClusterSettings.DEFAULT,
        60_000_000_000L,
        pipeline,
        journal);
  }
}
