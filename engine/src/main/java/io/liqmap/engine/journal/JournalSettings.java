package io.liqmap.engine.journal;

/**
 * How the journal is kept. Immutable.
 *
 * @param blockBytes events are gathered into documents of at most this size, 4 KiB to 1 MiB
 * @param minFreeBytes appending stops when the disk has less free than this, 16 MiB or more
 */
public record JournalSettings(int blockBytes, long minFreeBytes) {
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
  }
}
