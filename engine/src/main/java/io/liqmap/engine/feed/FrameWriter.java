package io.liqmap.engine.feed;

import io.liqmap.codecs.feed.AccountRatioEncoder;
import io.liqmap.codecs.feed.BestBidOfferEncoder;
import io.liqmap.codecs.feed.HeartbeatEncoder;
import io.liqmap.codecs.feed.InterruptionEncoder;
import io.liqmap.codecs.feed.KnownPositionEncoder;
import io.liqmap.codecs.feed.LiquidationEncoder;
import io.liqmap.codecs.feed.MarkPriceEncoder;
import io.liqmap.codecs.feed.MessageHeaderEncoder;
import io.liqmap.codecs.feed.OpenInterestEncoder;
import io.liqmap.codecs.feed.TradeEncoder;
import org.agrona.MutableDirectBuffer;

/**
 * Writes events of a feed as frames of a journal, with the bytes that {@link FeedEncoder} writes:
 * copies messages that have these bytes, neighbours at once, and encodes what the adapter found,
 * definitions, and messages of another version. One thread; allocates nothing.
 *
 * <pre>
 *   feed      │ trade │ trade │ mark │ old version │ trade │ …
 *             └── one copy, then ────┘  encoded    └── …
 *                 its checksums
 * </pre>
 */
public final class FrameWriter {
  /** Frames copied at once, at most. */
  private static final int MOST = 1024;

  private static final int KINDS = FeedEvent.LAST_KIND + 1;

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
    copies(
        FeedEvent.KNOWN_POSITION,
        KnownPositionEncoder.TEMPLATE_ID,
        KnownPositionEncoder.BLOCK_LENGTH);
    copies(
        FeedEvent.INTERRUPTION, InterruptionEncoder.TEMPLATE_ID, InterruptionEncoder.BLOCK_LENGTH);
  }

  private final FeedEncoder encoder = new FeedEncoder();
  private final Wire target = new Wire();

  /** Of frames to be copied: where they start among those, and the feed's checksum. */
  private final long[] checksums = new long[MOST];

  private int waiting;
  private FrameCursor source;
  private int sourceStart;
  private int sourceEnd;
  private MutableDirectBuffer buffer;
  private int offset;

  private static void copies(final int kind, final int template, final int blockLength) {
    final int length = MessageHeaderEncoder.ENCODED_LENGTH + blockLength;
    final int padding = Frame.alignedLength(length) - Frame.HEADER_LENGTH - length;
    LENGTHS[kind] = length;
    HEADERS[kind] = FeedEncoder.header(template, blockLength);
    PADDING[kind] = padding == 0 ? 0 : -1L << (Long.SIZE - padding * Byte.SIZE);
  }

  /**
   * Writes the event that an adapter has just filled, with the next {@link #finish} at the latest.
   * Until then the adapter's block stays as it is.
   *
   * @param to has room for {@link FeedEncoder#MAX_FRAME_LENGTH}
   * @param at where the event before ends
   * @return bytes of the frame, a multiple of 8
   */
  public int add(
      final FeedEvent event,
      final FeedAdapter adapter,
      final MutableDirectBuffer to,
      final int at) {
    final FrameCursor frame = adapter.frame();
    if (!isSame(event.kind(), frame)) {
      finish();
      return encoder.encode(event, to, at);
    }
    if (waiting == 0 || waiting == MOST || frame.start() != sourceEnd) {
      finish();
      source = frame;
      sourceStart = frame.start();
      buffer = to;
      offset = at;
    }
    sourceEnd = frame.end();
    checksums[waiting] =
        (long) (frame.start() - sourceStart) << Integer.SIZE
            | Integer.toUnsignedLong(event.feedChecksum());
    waiting++;
    return sourceEnd - frame.start();
  }

  /** Copies the frames that wait for it. */
  public void finish() {
    if (waiting == 0) {
      return;
    }
    final int length = sourceEnd - sourceStart;
    target.wrapRoom(buffer, offset, length);
    source.wire().copy(sourceStart, length, target, offset);
    for (int i = 0; i < waiting; i++) {
      final long checksum = checksums[i];
      final int frame = offset + (int) (checksum >>> Integer.SIZE);
      target.putInt(frame + Frame.CHECKSUM_OFFSET, (int) checksum);
    }
    waiting = 0;
  }

  private static boolean isSame(final int kind, final FrameCursor frame) {
    return frame.messageLength() == LENGTHS[kind]
        && frame.header() == HEADERS[kind]
        && frame.isPadded()
        && (frame.wire().getLong(frame.end() - Long.BYTES) & PADDING[kind]) == 0;
  }
}
