package io.liqmap.engine.feed;

import io.liqmap.codecs.feed.GapDecoder;
import io.liqmap.codecs.feed.MessageHeaderDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Passes over the messages of a feed that a journal holds already, so that a feed can be given
 * again from its start. One thread; allocates nothing.
 *
 * <p>Ends at the first message behind the journal's last event. What could not be read before was
 * counted when it came first, and isn't counted again.
 */
public final class HeldMessages {
  /** A sequence this far ahead is damage, as in {@link FeedAdapter}. */
  private static final long MAX_JUMP = 1L << 40;

  private static final int TIME_OFFSET = 8;

  private final long firstSequence;
  private final long firstTime;
  private final long lastSequence;
  private final boolean isGapLast;
  private long passed;
  private boolean isLast;
  private boolean done;

  /**
   * Makes what passes over a journal's messages.
   *
   * @param firstSequence of the journal's first event
   * @param firstTime its exchange time, ns
   * @param lastSequence of the journal's last event; 0 for none, so that nothing is passed over
   * @param isGapLast whether that is a gap event, so that the faults behind its sequence are held
   */
  public HeldMessages(
      final long firstSequence,
      final long firstTime,
      final long lastSequence,
      final boolean isGapLast) {
    this.firstSequence = firstSequence;
    this.firstTime = firstTime;
    this.lastSequence = lastSequence;
    this.isGapLast = isGapLast;
    done = lastSequence == 0;
  }

  /** Whether a message came that the journal doesn't hold. */
  public boolean isDone() {
    return done;
  }

  /** Messages passed over. */
  public long passed() {
    return passed;
  }

  /**
   * Looks for the first frame of a block that isn't held.
   *
   * @return where it starts, the block's end if there is none
   * @throws FeedFileException if the feed isn't the one that the journal was made from
   */
  public int pass(final DirectBuffer buffer, final int offset, final int length)
      throws FeedFileException {
    final int limit = offset + length;
    int position = offset;
    while (!done && position < limit) {
      final int size =
          limit - position < Frame.HEADER_LENGTH
              ? -1
              : buffer.getInt(position, ByteOrder.LITTLE_ENDIAN);
      if (size < MessageHeaderDecoder.ENCODED_LENGTH
          || size > limit - position - Frame.HEADER_LENGTH) {
        passed++;
        return limit;
      }
      done = isBehind(buffer, position + Frame.HEADER_LENGTH, size);
      if (!done) {
        passed++;
        position = Math.min(limit, position + Frame.alignedLength(size));
        done = isLast;
      }
    }
    return position;
  }

  private boolean isBehind(final DirectBuffer buffer, final int message, final int size)
      throws FeedFileException {
    final int block = message + MessageHeaderDecoder.ENCODED_LENGTH;
    if (size < MessageHeaderDecoder.ENCODED_LENGTH + TIME_OFFSET + Long.BYTES
        || buffer.getShort(message + 4, ByteOrder.LITTLE_ENDIAN)
            != MessageHeaderDecoder.SCHEMA_ID) {
      return false;
    }
    final int template = buffer.getShort(message + 2, ByteOrder.LITTLE_ENDIAN);
    final long sequence = buffer.getLong(block, ByteOrder.LITTLE_ENDIAN);
    if (sequence == firstSequence
        && template != GapDecoder.TEMPLATE_ID
        && buffer.getLong(block + TIME_OFFSET, ByteOrder.LITTLE_ENDIAN) != firstTime) {
      throw new FeedFileException(
          "message "
              + sequence
              + " of the feed isn't the one that the journal begins with: it is another feed, whose sequences begin anew. Give the journal's own feed, or another folder for the journal");
    }
    if (sequence == lastSequence && !isGapLast) {
      // What follows, faults included, is new; a gap of this very sequence already.
      isLast = template != GapDecoder.TEMPLATE_ID;
      return !isLast;
    }
    return sequence > lastSequence && sequence - lastSequence <= MAX_JUMP;
  }
}
