package io.liqmap.engine.journal;

/**
 * How the journal is kept. Immutable.
 *
 * @param blockBytes events are gathered into documents of at most this size, 4 KiB to 1 MiB
 * @param minFreeBytes appending stops when the disk has less free than this, 16 MiB or more
 * @param abandonNanos a journal that blocks the ring for so long is abandoned, ns, 10 ms or more
 * @param sync when it is forced to the disk
 * @param syncNanos with {@link JournalSync#INTERVAL}: time between two forces, ns, 1 ms or more
 */
public record JournalSettings(
    int blockBytes, long minFreeBytes, long abandonNanos, JournalSync sync, long syncNanos) {
  private static final long DEFAULT_ABANDON = 2_000_000_000L;
  private static final long DEFAULT_SYNC = 1_000_000_000L;

  /** Settings that force it at the end of a run. */
  public JournalSettings(final int blockBytes, final long minFreeBytes, final long abandonNanos) {
    this(blockBytes, minFreeBytes, abandonNanos, JournalSync.END, DEFAULT_SYNC);
  }

  /** Settings that abandon a blocked journal after two seconds. */
  public JournalSettings(final int blockBytes, final long minFreeBytes) {
    this(blockBytes, minFreeBytes, DEFAULT_ABANDON);
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is left, naming it
   */
  public JournalSettings {
    if (blockBytes < 4096 || blockBytes > 1 << 20) {
      throw new IllegalArgumentException("blockBytes has to be 4 KiB to 1 MiB, was " + blockBytes);
    }
    if (minFreeBytes < 1 << 24) {
      throw new IllegalArgumentException(
          "minFreeBytes has to be 16 MiB or more, was " + minFreeBytes);
    }
    if (syncNanos < 1_000_000L) {
      throw new IllegalArgumentException("syncNanos has to be 1 ms or more, was " + syncNanos);
    }
    if (abandonNanos < 10_000_000L) {
      throw new IllegalArgumentException(
          "abandonNanos has to be 10 ms or more, was " + abandonNanos);
    }
  }
}
