package io.liqmap.engine.shared.view;

/** The newest check points of the feed whose state a reader has held. Allocates nothing. */
final class FeedLine {
  private static final int ROOM = 32;

  private final long[] sequences = new long[ROOM];
  private final int[] checksums = new int[ROOM];
  private int next;

  /** Whether the same feed was at a check point, or another one. */
  enum Comparison {
    UNKNOWN,
    SAME,
    OTHER
  }

  /** Adds what a state that is held says. */
  void add(final ViewReader held) {
    add(held.previousCheckSequence(), held.previousCheck());
    add(held.checkSequence(), held.check());
  }

  private void add(final long sequence, final int checksum) {
    if (sequence > 0 && find(sequence) < 0) {
      sequences[next] = sequence;
      checksums[next] = checksum;
      next = (next + 1) % ROOM;
    }
  }

  private int find(final long sequence) {
    for (int i = 0; i < ROOM; i++) {
      if (sequences[i] == sequence) {
        return i;
      }
    }
    return -1;
  }

  /** Compares what another engine's state says. */
  Comparison compare(final ViewReader other) {
    final Comparison newest = compare(other.checkSequence(), other.check());
    return newest == Comparison.UNKNOWN
        ? compare(other.previousCheckSequence(), other.previousCheck())
        : newest;
  }

  private Comparison compare(final long sequence, final int checksum) {
    final int at = sequence > 0 ? find(sequence) : -1;
    if (at < 0) {
      return Comparison.UNKNOWN;
    }
    return checksums[at] == checksum ? Comparison.SAME : Comparison.OTHER;
  }
}
