package io.liqmap.tools.history;

import io.liqmap.engine.shared.counters.EngineCountersReader;
import io.liqmap.engine.shared.counters.EngineCountersReader.State;
import java.io.IOException;
import java.nio.file.Path;

/** Whether a process is writing a journal, by the engine's counters, looked at twice a second. */
final class Liveness {
  private static final long EVERY_NANOS = 500_000_000L;

  private final Path folder;
  private long lookedAt;
  private boolean isLive;

  Liveness(final Path folder) {
    this.folder = folder;
    lookedAt = System.nanoTime() - EVERY_NANOS;
  }

  boolean isLive() {
    final long now = System.nanoTime();
    if (now - lookedAt >= EVERY_NANOS) {
      lookedAt = now;
      isLive = isRunning();
    }
    return isLive;
  }

  private boolean isRunning() {
    try {
      final State state = EngineCountersReader.open(folder).state(System.currentTimeMillis());
      return state == State.RUNNING || state == State.FROZEN;
    } catch (final IOException | RuntimeException e) {
      // Counters are for looking on; without them nothing is known to run.
      return false;
    }
  }
}
