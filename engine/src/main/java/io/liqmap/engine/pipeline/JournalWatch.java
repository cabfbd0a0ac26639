package io.liqmap.engine.pipeline;

import io.liqmap.engine.shared.counters.WatchedTime;

/**
 * Reports to a map thread whether events reach the journal: no longer once it has failed, or has
 * taken none of the waiting events for half of the time after which it is abandoned. So a blocked
 * disk shows in the quality of answers long before the ring is full. One thread; allocates nothing.
 */
final class JournalWatch {
  private final JournalHandler journal;
  private final WatchedTime unmoved = new WatchedTime();
  private long acknowledged;

  JournalWatch(final JournalHandler journal) {
    this.journal = journal;
  }

  /**
   * Checks; has to be called often.
   *
   * @param events that were applied
   */
  boolean isJournaling(final long events) {
    if (!journal.isJournaling()) {
      return false;
    }
    final long now = journal.acknowledged();
    if (now != acknowledged || now >= events) {
      acknowledged = now;
      unmoved.restart();
      return true;
    }
    return unmoved.nanos() <= journal.abandonNanos() / 2;
  }
}
