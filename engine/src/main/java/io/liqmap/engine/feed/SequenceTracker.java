package io.liqmap.engine.feed;

import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;

/**
 * Follows the sequence of a feed: which message is next, how many are missing, which is a duplicate
 * and which was reordered. One thread; allocates nothing.
 */
final class SequenceTracker {
  /** No feed loses more messages; a damaged sequence must not make all that follow look old. */
  static final long MAX_JUMP = 1L << 40;

  static final int NEXT = 0;
  static final int JUMP = 1;
  static final int DUPLICATE = 2;
  static final int REORDERED = 3;
  static final int INVALID = 4;

  private final MissingRanges missing = new MissingRanges();

  /** 0 before the first message. */
  private long last;

  /** Sequences found missing since the last accepted message. */
  private long jumped;

  long last() {
    return last;
  }

  long jumped() {
    return jumped;
  }

  boolean isNext(final long sequence) {
    return sequence == last + 1;
  }

  /**
   * Classifies a sequence that isn't the next. The first one is accepted as it is, and so is that
   * of a gap message, which reports the sequences before it.
   */
  int classify(final long sequence, final boolean isGap) {
    if ((last == 0 && sequence >= 1) || (isGap && sequence >= last)) {
      return NEXT;
    }
    // Less what is missing already: a run of damaged sequences doesn't add up to a larger jump.
    if (sequence < 1 || sequence - last > MAX_JUMP - jumped) {
      return INVALID;
    }
    if (sequence > last) {
      return JUMP;
    }
    return missing.contains(sequence) ? REORDERED : DUPLICATE;
  }

  /** Moves to right before a sequence; returns how many are missing. */
  long jumpTo(final long sequence) {
    final long count = sequence - last - 1;
    missing.add(last + 1, sequence - 1);
    jumped += count;
    last = sequence - 1;
    return count;
  }

  void accept(final long sequence) {
    last = sequence;
    jumped = 0;
  }

  /** Moves to a sequence without accepting its message. */
  void moveTo(final long sequence) {
    last = sequence;
  }

  void moveTo(final long sequence, final long newJumped) {
    last = sequence;
    jumped = newJumped;
  }

  /**
   * Moves to a rejected message; the sequences that a rejected gap message reports stay missing.
   */
  void reject(final long sequence, final boolean isGap) {
    if (last != 0 && (!isGap || isNext(sequence))) {
      last = sequence;
    }
  }

  /** Remembers the sequences that a gap event reports missing. */
  void addMissing(final FeedEvent gap) {
    if (gap.missing() > 0) {
      missing.add(gap.sequence() - gap.missing() + 1, gap.sequence());
    }
  }

  void onEvent(final FeedEvent event) {
    final boolean isGap = event.kind() == FeedEvent.GAP;
    if (isGap) {
      addMissing(event);
    }
    if (isGap && !event.isFromFeed()) {
      jumped = Math.min(MAX_JUMP, jumped + event.missing());
    } else if (event.kind() != FeedEvent.IMPLAUSIBLE) {
      jumped = 0;
    }
    last = event.sequence();
  }

  /**
   * Whether a gap message reports the sequences that it skips, and at most its own besides. It may
   * count more rejects and unknown messages, of frames without a sequence, but no more missing
   * ones. Before the first message anything goes.
   */
  boolean isAccountedFor(final long sequence, final long missingCount, final long otherCount) {
    final long skipped = sequence - last;
    return last == 0 || (missingCount <= skipped && skipped <= missingCount + otherCount + 1);
  }

  void copyFrom(final SequenceTracker other) {
    missing.copyFrom(other.missing);
    last = other.last;
    jumped = other.jumped;
  }

  void encodeMissing(final StateWriter out) {
    missing.encode(out);
  }

  void decode(final long newLast, final long newJumped, final StateReader in) {
    last = newLast;
    jumped = newJumped;
    missing.decode(in);
  }
}
