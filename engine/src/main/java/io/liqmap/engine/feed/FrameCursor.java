package io.liqmap.engine.feed;

import io.liqmap.codecs.feed.AccountRatioDecoder;
import io.liqmap.codecs.feed.BestBidOfferDecoder;
import io.liqmap.codecs.feed.GapDecoder;
import io.liqmap.codecs.feed.HeartbeatDecoder;
import io.liqmap.codecs.feed.ImplausibleDecoder;
import io.liqmap.codecs.feed.InstrumentDefinitionDecoder;
import io.liqmap.codecs.feed.InterruptionDecoder;
import io.liqmap.codecs.feed.KnownPositionDecoder;
import io.liqmap.codecs.feed.LiquidationDecoder;
import io.liqmap.codecs.feed.MarkPriceDecoder;
import io.liqmap.codecs.feed.MessageHeaderDecoder;
import io.liqmap.codecs.feed.OpenInterestDecoder;
import io.liqmap.codecs.feed.TradeDecoder;
import java.nio.ByteOrder;
import java.time.Instant;
import org.agrona.DirectBuffer;

/**
 * Walks over the framed messages of a block: a frame whose length is invalid reaches to the block's
 * end. Checks no more than that. One thread; allocates nothing.
 */
public final class FrameCursor {
  /** Of a numbered message's sequence, a little-endian long, from its frame's start. */
  public static final int SEQUENCE_OFFSET =
      Frame.HEADER_LENGTH + MessageHeaderDecoder.ENCODED_LENGTH;

  private static final int BLOCK_OFFSET = MessageHeaderDecoder.ENCODED_LENGTH;
  private static final int TIME_OFFSET = BLOCK_OFFSET + Long.BYTES;
  private static final int RECEIVE_TIME_OFFSET = TIME_OFFSET + Long.BYTES;
  private static final int NOT_WHOLE = -1;
  private static final int NO_FIELD = -1;

  private final Wire wire = new Wire();
  private int start;
  private int end;
  private int limit;
  private int length = NOT_WHOLE;

  /**
   * Sets the block; {@link #next} goes to its first frame.
   *
   * @throws IndexOutOfBoundsException if the region reaches beyond the buffer
   */
  public void wrap(final DirectBuffer block, final int offset, final int blockLength) {
    wire.wrap(block, offset, blockLength);
    start = offset;
    end = offset;
    limit = offset + blockLength;
    length = NOT_WHOLE;
  }

  /** Goes to the next frame; false after the last. */
  public boolean next() {
    final int from = end;
    start = from;
    if (from >= limit) {
      return false;
    }
    final int room = limit - from - Frame.HEADER_LENGTH;
    final int claimed = room < 0 ? NOT_WHOLE : wire.getInt(from);
    if (claimed < MessageHeaderDecoder.ENCODED_LENGTH || claimed > room) {
      length = NOT_WHOLE;
      end = limit;
    } else {
      length = claimed;
      end = Math.min(limit, from + Frame.alignedLength(claimed));
    }
    return true;
  }

  /** Whether the current frame is the last, or there is none. */
  public boolean isAtEnd() {
    return end >= limit;
  }

  /** Whether the frame holds as many bytes as it claims, a message header at least. */
  public boolean isWhole() {
    return length != NOT_WHOLE;
  }

  public int start() {
    return start;
  }

  public int end() {
    return end;
  }

  /** Whether the frame holds a message of the feed's schema, long enough for sequence and time. */
  public boolean isNumbered() {
    return hasSequenceAndTime() && schema(header()) == MessageHeaderDecoder.SCHEMA_ID;
  }

  /** Template of a numbered message. */
  public int template() {
    return template(header());
  }

  /** Whether a numbered message is of an instrument, and long enough to say of which. */
  public boolean hasInstrument() {
    final int field = instrumentOffset(template());
    return field != NO_FIELD && BLOCK_OFFSET + field + Integer.BYTES <= length;
  }

  /** Number of the instrument of a message that {@link #hasInstrument has} one. */
  public int instrument() {
    return wire.getInt(message() + BLOCK_OFFSET + instrumentOffset(template()));
  }

  private static int instrumentOffset(final int template) {
    return switch (template) {
      case AccountRatioDecoder.TEMPLATE_ID -> AccountRatioDecoder.instrumentIdEncodingOffset();
      case BestBidOfferDecoder.TEMPLATE_ID -> BestBidOfferDecoder.instrumentIdEncodingOffset();
      case InstrumentDefinitionDecoder.TEMPLATE_ID ->
          InstrumentDefinitionDecoder.instrumentIdEncodingOffset();
      case InterruptionDecoder.TEMPLATE_ID -> InterruptionDecoder.instrumentIdEncodingOffset();
      case KnownPositionDecoder.TEMPLATE_ID -> KnownPositionDecoder.instrumentIdEncodingOffset();
      case LiquidationDecoder.TEMPLATE_ID -> LiquidationDecoder.instrumentIdEncodingOffset();
      case MarkPriceDecoder.TEMPLATE_ID -> MarkPriceDecoder.instrumentIdEncodingOffset();
      case OpenInterestDecoder.TEMPLATE_ID -> OpenInterestDecoder.instrumentIdEncodingOffset();
      case TradeDecoder.TEMPLATE_ID -> TradeDecoder.instrumentIdEncodingOffset();
      default -> NO_FIELD;
    };
  }

  /** Sequence of a numbered message. */
  public long sequence() {
    return wire.getLong(message() + BLOCK_OFFSET);
  }

  /** Sequence of the message whose frame starts at an offset; it has to be a numbered one. */
  public static long sequence(final DirectBuffer frames, final int offset) {
    return frames.getLong(offset + SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN);
  }

  /** Exchange time of a numbered message, ns. */
  public long exchangeTime() {
    return wire.getLong(message() + TIME_OFFSET);
  }

  /** The feed's checksum up to and with this frame, from that of the frames before. */
  public int checksum(final int before) {
    return FeedChecksum.append(before, wire, start, end);
  }

  /** Whether this is a gap of a journal that the adapter found, not a message of the feed. */
  public boolean isFoundGap() {
    return template() == GapDecoder.TEMPLATE_ID
        && wire.getByte(message() + BLOCK_OFFSET + GapDecoder.fromFeedEncodingOffset()) != 1;
  }

  /** Messages of the feed that a numbered message of a journal accounts for. */
  public long feedMessages() {
    return isFoundGap()
        ? count(GapDecoder.duplicatesEncodingOffset())
            + count(GapDecoder.reorderedEncodingOffset())
            + count(GapDecoder.rejectedEncodingOffset())
            + count(GapDecoder.unknownEncodingOffset())
        : 1;
  }

  /** The feed's checksum in a message of a journal. */
  public int feedChecksum() {
    return wire.getInt(start + Frame.CHECKSUM_OFFSET);
  }

  private long count(final int field) {
    return wire.getLong(message() + BLOCK_OFFSET + field);
  }

  /** Whether this is a journal's record of an implausible message. */
  public boolean isImplausible() {
    return template() == ImplausibleDecoder.TEMPLATE_ID;
  }

  /** The message in words, for an error. */
  public String describe() {
    if (!isNumbered()) {
      return "an unreadable message";
    }
    final String what =
        switch (template()) {
          case InstrumentDefinitionDecoder.TEMPLATE_ID -> "a definition";
          case TradeDecoder.TEMPLATE_ID -> "a trade";
          case OpenInterestDecoder.TEMPLATE_ID -> "open interest";
          case MarkPriceDecoder.TEMPLATE_ID -> "a mark price";
          case BestBidOfferDecoder.TEMPLATE_ID -> "a best bid and offer";
          case LiquidationDecoder.TEMPLATE_ID -> "a liquidation";
          case HeartbeatDecoder.TEMPLATE_ID -> "a heartbeat";
          case GapDecoder.TEMPLATE_ID -> "a gap";
          case AccountRatioDecoder.TEMPLATE_ID -> "an account ratio";
          case ImplausibleDecoder.TEMPLATE_ID -> "an implausible message";
          case KnownPositionDecoder.TEMPLATE_ID -> "a known position";
          case InterruptionDecoder.TEMPLATE_ID -> "an interruption";
          default -> "a message of template " + template();
        };
    return what + ", sequence " + sequence() + ", of " + Instant.ofEpochSecond(0, exchangeTime());
  }

  /**
   * Whether another cursor is at the same message; one of a newer version is compared as far as the
   * older one reaches.
   */
  public boolean isSame(final FrameCursor other) {
    if (!isNumbered() || !other.isNumbered() || template() != other.template()) {
      return false;
    }
    // Only a journal records whether a gap message came with the feed.
    final int compared =
        template() == GapDecoder.TEMPLATE_ID
            ? BLOCK_OFFSET + GapDecoder.fromFeedEncodingOffset()
            : Integer.MAX_VALUE;
    final int same = Math.min(compared, Math.min(length, other.length));
    for (int i = BLOCK_OFFSET; i < same; i++) {
      if (wire.getByte(message() + i) != other.wire.getByte(other.message() + i)) {
        return false;
      }
    }
    return true;
  }

  /** Where the message starts, header first. */
  public int message() {
    return start + Frame.HEADER_LENGTH;
  }

  /** Bytes of a whole frame's message, header and block. */
  public int messageLength() {
    return length;
  }

  Wire wire() {
    return wire;
  }

  /** Whether the message is long enough for them, whatever its schema. */
  boolean hasSequenceAndTime() {
    return length >= RECEIVE_TIME_OFFSET;
  }

  /** Whether the frame is whole, its padding included. */
  boolean isPadded() {
    return isWhole() && end - start == Frame.alignedLength(length);
  }

  /** Length that the frame claims, −1 where the block has no room for it. */
  int claimedLength() {
    return limit - start < Frame.HEADER_LENGTH ? NOT_WHOLE : wire.getInt(start);
  }

  long header() {
    return wire.getLong(message());
  }

  static int blockLength(final long header) {
    return (int) header & 0xFFFF;
  }

  static int template(final long header) {
    return (int) (header >>> 16) & 0xFFFF;
  }

  static int schema(final long header) {
    return (int) (header >>> 32) & 0xFFFF;
  }

  static int version(final long header) {
    return (int) (header >>> 48);
  }
}
