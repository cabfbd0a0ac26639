package io.liqmap.engine.feed;

/**
 * The checksum of a feed at its newest two check points: the first event whose sequence is at or
 * behind the next multiple of {@link #EVERY}, and the first event of all. Engines with the same
 * settings that agree there have applied the same messages, so have the same state.
 *
 * <p>Not part of the state. One thread; allocates nothing.
 */
public final class CheckPoints {
  /** Sequences between two check points. */
  public static final long EVERY = 1L << 10;

  private long sequence;
  private int checksum;
  private long previousSequence;
  private int previousChecksum;

  CheckPoints() {}

  void onEvent(final long before, final boolean isFirst, final FeedEvent event) {
    if (isFirst || before / EVERY != event.sequence() / EVERY) {
      previousSequence = sequence;
      previousChecksum = checksum;
      sequence = event.sequence();
      checksum = event.feedChecksum();
    }
  }

  void copyFrom(final CheckPoints other) {
    sequence = other.sequence;
    checksum = other.checksum;
    previousSequence = other.previousSequence;
    previousChecksum = other.previousChecksum;
  }

  /** Forgets them: a snapshot has none. */
  void clear() {
    sequence = 0;
    checksum = 0;
    previousSequence = 0;
    previousChecksum = 0;
  }

  /** Sequence of the newest one, 0 before the first since the start or the last snapshot. */
  public long sequence() {
    return sequence;
  }

  /** Checksum of all messages of the feed up to it, dropped ones included. */
  public int checksum() {
    return checksum;
  }

  /** Sequence of the one before, 0 for none. */
  public long previousSequence() {
    return previousSequence;
  }

  /** Checksum of the messages up to that one. */
  public int previousChecksum() {
    return previousChecksum;
  }
}
