package io.liqmap.engine.settings;

import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.core.map.MapSettings;
import io.liqmap.engine.journal.JournalSettings;

/**
 * All settings of an engine. Immutable.
 *
 * @param maxInstruments instruments have numbers below this, 1 to 65,536
 * @param map what decides the state
 * @param levels what decides the clusters and all that is told of them
 * @param snapshotIntervalNanos event time between two snapshots, ns, 1 s or more
 * @param pipeline how events travel
 * @param journal how the journal is kept
 * @param text the settings as a journal keeps them, for replays to read
 */
public record EngineSettings(
    int maxInstruments,
    MapSettings map,
    ClusterSettings levels,
    long snapshotIntervalNanos,
    PipelineSettings pipeline,
    JournalSettings journal,
    String text) {
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
}
