package io.liqmap.engine.settings;

import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.core.map.MapSettings;
import io.liqmap.engine.journal.JournalSettings;
import io.liqmap.engine.journal.RunSettings;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * All settings of an engine. Immutable.
 *
 * @param maxInstruments instruments have numbers below this, 1 to 65,536
 * @param map what decides the state
 * @param levels clusters and their events
 * @param snapshotIntervalNanos event time between two snapshots, ns, 1 s or more
 * @param pipeline how events travel
 * @param journal how the journal is kept
 */
public record EngineSettings(
    int maxInstruments,
    MapSettings map,
    ClusterSettings levels,
    long snapshotIntervalNanos,
    PipelineSettings pipeline,
    JournalSettings journal) {
  private static final long MIN_SNAPSHOT_INTERVAL = 1_000_000_000L;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is left, naming it
   */
  public EngineSettings {
    if (maxInstruments < 1 || maxInstruments > 65_536) {
      throw new IllegalArgumentException(
          "maxInstruments has to be 1 to 65536, was " + maxInstruments);
    }
    if (snapshotIntervalNanos < MIN_SNAPSHOT_INTERVAL) {
      throw new IllegalArgumentException("a snapshot interval has to be 1 s or more");
    }
  }

  /** The same with other threads; {@link ThreadingMode#INLINE} has one shard. */
  public EngineSettings withMode(final ThreadingMode mode) {
    return with(
        new PipelineSettings(
            mode,
            mode == ThreadingMode.INLINE ? 1 : pipeline.shards(),
            pipeline.ringSize(),
            pipeline.claim(),
            pipeline.waitMode(),
            pipeline.forced()));
  }

  /** The same with another pipeline. */
  public EngineSettings with(final PipelineSettings other) {
    return new EngineSettings(maxInstruments, map, levels, snapshotIntervalNanos, other, journal);
  }

  /**
   * The settings as a journal keeps them, HOCON: equal settings have equal texts, from which {@link
   * EngineConfig#ofJournal} reads the same numbers.
   */
  public String text() {
    return SettingsText.of(this);
  }

  /**
   * CRC-32C of the part of {@link #text} that decides the state: two engines on one feed need the
   * same.
   */
  public int checksum() {
    final CRC32C checksum = new CRC32C();
    checksum.update(RunSettings.decisive(text()).getBytes(StandardCharsets.UTF_8));
    return (int) checksum.getValue();
  }
}
