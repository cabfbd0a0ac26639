package io.liqmap.engine.pipeline;

import io.liqmap.engine.shared.counters.WatchedTime;

/**
 * Ends a wait for a consumer that has failed or makes no progress; abandons the journal sooner than
 * the map. On the feed's thread, for one wait after another; allocates nothing.
 */
final class StallDetector {
  private final Pipeline pipeline;
  private final WatchedTime stalled = new WatchedTime();
  private final WatchedTime journalStalled = new WatchedTime();
  private long position;
  private long journalPosition;

  StallDetector(final Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  /** Begins a wait. */
  void begin(final long reached) {
    position = reached;
    stalled.restart();
    journalPosition = pipeline.journalPosition();
    journalStalled.restart();
  }

  /**
   * Checks the consumers; has to be called often.
   *
   * @throws EngineException if a map has failed or makes no progress
   */
  void check(final long reached) throws EngineException {
    pipeline.requireAlive();
    checkJournal();
    if (reached != position) {
      position = reached;
      stalled.restart();
    } else if (stalled.nanos() > pipeline.stallNanos()) {
      // Recorded, so that no later wait takes as long.
      pipeline.mapFailed(
          new IllegalStateException(
              "a consumer hasn't moved for " + pipeline.stallNanos() / 1_000_000 + " ms"));
      pipeline.requireAlive();
    }
  }

  private void checkJournal() {
    final long reached = pipeline.journalPosition();
    if (reached != journalPosition) {
      journalPosition = reached;
      journalStalled.restart();
      return;
    }
    final long waited = journalStalled.nanos();
    if (pipeline.isJournalStalled(waited)) {
      pipeline.abandonJournal(waited);
    }
  }
}
