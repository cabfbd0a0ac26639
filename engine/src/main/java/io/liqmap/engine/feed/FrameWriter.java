package io.liqmap.engine.feed;

import io.liqmap.codecs.feed.AccountRatioEncoder;
import io.liqmap.codecs.feed.BestBidOfferEncoder;
import io.liqmap.codecs.feed.HeartbeatEncoder;
import io.liqmap.codecs.feed.LiquidationEncoder;
import io.liqmap.codecs.feed.MarkPriceEncoder;
import io.liqmap.codecs.feed.MessageHeaderEncoder;
import io.liqmap.codecs.feed.OpenInterestEncoder;
import io.liqmap.codecs.feed.TradeEncoder;
import org.agrona.MutableDirectBuffer;

/**
 * Writes events of a feed as frames of a journal. Copies a message that {@link FeedEncoder} would
 * write with the same bytes, and encodes what the adapter found, definitions, and messages of
 * another version. One thread; allocates nothing.
 */
final class FrameWriter {
  private static final int KINDS = FeedEvent.IMPLAUSIBLE + 1;

  /** By kind of event: length of a message that may be copied, 0 where none may. */
  private static final int[] LENGTHS = new int[KINDS];

  /** Its header. */
  private static final long[] HEADERS = new long[KINDS];

  /** Padding in the last eight bytes of its frame. */
  private static final long[] PADDING = new long[KINDS];

  static {
    copies(FeedEvent.TRADE, TradeEncoder.TEMPLATE_ID, TradeEncoder.BLOCK_LENGTH);
    copies(
        FeedEvent.OPEN_INTEREST, OpenInterestEncoder.TEMPLATE_ID, OpenInterestEncoder.BLOCK_LENGTH);
    copies(FeedEvent.MARK_PRICE, MarkPriceEncoder.TEMPLATE_ID, MarkPriceEncoder.BLOCK_LENGTH);
    copies(
        FeedEvent.BEST_BID_OFFER,
        BestBidOfferEncoder.TEMPLATE_ID,
        BestBidOfferEncoder.BLOCK_LENGTH);
    copies(FeedEvent.LIQUIDATION, LiquidationEncoder.TEMPLATE_ID, LiquidationEncoder.BLOCK_LENGTH);
    copies(FeedEvent.HEARTBEAT, HeartbeatEncoder.TEMPLATE_ID, HeartbeatEncoder.BLOCK_LENGTH);
    copies(
        FeedEvent.ACCOUNT_RATIO, AccountRatioEncoder.TEMPLATE_ID, AccountRatioEncoder.BLOCK_LENGTH);
  }

  private final FeedEncoder encoder = new FeedEncoder();
  private final Wire target = new Wire();

  private static void copies(final int kind, final int template, final int blockLength) {
    final int length = MessageHeaderEncoder.ENCODED_LENGTH + blockLength;
    final int padding = Frame.alignedLength(length) - Frame.HEADER_LENGTH - length;
    LENGTHS[kind] = length;
    HEADERS[kind] = FeedEncoder.header(template, blockLength);
    PADDING[kind] = padding == 0 ? 0 : -1L << Long.SIZE - padding * Byte.SIZE;
  }

  /**
   * Writes an event that was decoded from a frame, or is a finding of the adapter there.
   *
   * @return bytes written, a multiple of 8
   */
  int write(
      final FeedEvent event,
      final FrameCursor frame,
      final MutableDirectBuffer buffer,
      final int offset) {
    return isSame(event.kind(), frame)
        ? copy(event.feedChecksum(), frame, buffer, offset)
        : encoder.encode(event, buffer, offset);
  }

  private static boolean isSame(final int kind, final FrameCursor frame) {
    return frame.messageLength() == LENGTHS[kind]
        && frame.header() == HEADERS[kind]
        && frame.isPadded()
        && (frame.wire().getLong(frame.end() - Long.BYTES) & PADDING[kind]) == 0;
  }

  private int copy(
      final int checksum,
      final FrameCursor frame,
      final MutableDirectBuffer buffer,
      final int offset) {
    final Wire from = frame.wire();
    final int start = frame.start();
    final int length = frame.end() - start;
    target.wrapRoom(buffer, offset, length);
    target.putLong(offset, (long) checksum << Integer.SIZE | frame.messageLength());
    for (int i = Long.BYTES; i < length; i += Long.BYTES) {
      target.putLong(offset + i, from.getLong(start + i));
    }
    return length;
  }
}
