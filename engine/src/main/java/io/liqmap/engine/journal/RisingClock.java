package io.liqmap.engine.journal;

import net.openhft.chronicle.core.time.TimeProvider;

/**
 * A clock that stands still where the one behind it goes back: Chronicle Queue fails on a day that
 * it has closed.
 */
final class RisingClock implements TimeProvider {
  private final TimeProvider clock;
  private volatile long latest;

  RisingClock(final TimeProvider clock) {
    this.clock = clock;
  }

  /** Stands at least here from now on. */
  void notBefore(final long millis) {
    latest = Math.max(latest, millis);
  }

  @Override
  public long currentTimeMillis() {
    final long now = clock.currentTimeMillis();
    if (now > latest) {
      latest = now;
      return now;
    }
    return latest;
  }
}
