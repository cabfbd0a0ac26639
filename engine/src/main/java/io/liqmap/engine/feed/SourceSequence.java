package io.liqmap.engine.feed;

/**
 * Sequences of one source among several, which are renumbered so that each keeps its own gaps and
 * repeats. One thread; allocates nothing.
 */
final class SourceSequence {
  /** What a damaged sequence becomes: the adapter rejects it. */
  static final long DAMAGED = -1;

  private long highest;

  /** The last sequence that was given to any of the sources. */
  static long after(final long last, final long step) {
    return step == Long.MIN_VALUE ? last : last + Math.max(0, step);
  }

  /** The sequence that a message gets. */
  static long of(final long last, final long step) {
    return step == Long.MIN_VALUE ? DAMAGED : last + step;
  }

  /**
   * How far the next message is from the source's highest; the smallest long for a sequence below 1
   * or too far ahead, which counts as if it had not come.
   */
  long step(final long sequence) {
    if (sequence < 1 || (highest != 0 && sequence - highest > SequenceTracker.MAX_JUMP)) {
      return Long.MIN_VALUE;
    }
    final long step = highest == 0 ? 1 : sequence - highest;
    highest = Math.max(highest, sequence);
    return step;
  }
}
