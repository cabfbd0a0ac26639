package io.liqmap.engine.feed;

import io.liqmap.codecs.feed.InstrumentDefinitionDecoder;
import io.liqmap.codecs.feed.InstrumentDefinitionEncoder;
import io.liqmap.codecs.feed.MessageHeaderDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Several feeds as one, in the order of their exchange times, whatever the order in which they are
 * named; of equal times the feed comes first that defines the lowest instrument first, and of those
 * the one whose first block has the lowest bytes. One thread.
 *
 * <p>Renumbers sequences, keeping each feed's own gaps and repeats: a message is as far behind the
 * one before it as it is in its own feed. A message too short for a sequence and a time goes along
 * as it is, behind the one before it in its feed, for the adapter to reject and count.
 *
 * <p>Damage of one message stays with that message. A sequence below 1 or more than 2⁴⁰ ahead is
 * passed on as −1, for the adapter to reject, and the feed's next message is numbered as if it
 * hadn't come. A time far ahead that the feed's next message contradicts doesn't hold the feed up.
 */
public final class MergedFeed implements BlockSource {
  private static final int CAPACITY = 64 * 1024;
  private static final int TEMPLATE_ID = MessageHeaderDecoder.templateIdEncodingOffset();
  private static final int NUMBERED_LENGTH = MessageHeaderDecoder.ENCODED_LENGTH + 2 * Long.BYTES;
  private static final int EXCHANGE_TIME = MessageHeaderDecoder.ENCODED_LENGTH + Long.BYTES;
  private static final int NUMBERED_FRAME_LENGTH = Frame.alignedLength(NUMBERED_LENGTH);
  private static final long DAMAGED = -1;

  /**
   * How far ahead of its feed a time may be, and how far behind the latest, as the adapter has it.
   */
  private static final long AHEAD = JumpLimits.STANDARD.aheadNanos();

  private static final long BEHIND = JumpLimits.STANDARD.behindNanos();

  private static final Comparator<Cursor> ORDER =
      Comparator.comparingInt(Cursor::firstInstrument).thenComparing(Cursor::compareBlocks);

  private final Cursor[] cursors;
  private final UnsafeBuffer block = new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY));
  private int length;
  private long lastSequence;
  private final InstrumentDefinitionDecoder definition = new InstrumentDefinitionDecoder();
  private final InstrumentDefinitionEncoder redefinition = new InstrumentDefinitionEncoder();
  private final Map<Integer, String> symbols = new HashMap<>();

  /** By instrument and feed. */
  private final Map<Integer, FeedOrigin[]> origins = new HashMap<>();

  private boolean started;
  private IOException failure;

  /** Merges sources; each starts at its first block. */
  public MergedFeed(final List<? extends BlockSource> sources) {
    cursors = sources.stream().map(Cursor::new).toArray(Cursor[]::new);
  }

  @Override
  public boolean nextBlock() throws IOException {
    if (failure != null) {
      throw failure;
    }
    length = 0;
    try {
      fill();
    } catch (final IOException e) {
      // What was merged before goes out first.
      failure = e;
      if (length == 0) {
        throw e;
      }
    }
    return length > 0;
  }

  private void fill() throws IOException {
    if (!started) {
      started = true;
      for (final Cursor cursor : cursors) {
        cursor.advance();
      }
      Arrays.sort(cursors, ORDER);
    }
    Cursor next = earliest();
    while (next != null && length + next.frameLength <= CAPACITY) {
      append(next);
      next.advance();
      next = earliest();
    }
  }

  private Cursor earliest() {
    Cursor earliest = null;
    for (final Cursor cursor : cursors) {
      if (!cursor.ended && (earliest == null || cursor.time < earliest.time)) {
        earliest = cursor;
      }
    }
    return earliest;
  }

  private void append(final Cursor from) throws FeedFileException {
    if (from.isDefinition()) {
      agree(from);
    }
    block.putBytes(length, from.source.buffer(), from.position, from.frameLength);
    if (from.isDefinition()) {
      joinOrigins(from);
    }
    if (from.isNumbered()) {
      block.putLong(
          length + Frame.HEADER_LENGTH + MessageHeaderDecoder.ENCODED_LENGTH,
          from.isDamaged ? DAMAGED : lastSequence + from.step,
          ByteOrder.LITTLE_ENDIAN);
      lastSequence += from.isDamaged ? 0 : Math.max(0, from.step);
    }
    length += from.frameLength;
  }

  /** Two instruments of one number would be taken for one. */
  private void agree(final Cursor from) throws FeedFileException {
    definition.wrap(
        from.source.buffer(),
        from.position + Frame.HEADER_LENGTH + MessageHeaderDecoder.ENCODED_LENGTH,
        from.blockLength(),
        from.version());
    final String symbol = definition.symbol();
    final String standing = symbols.putIfAbsent(definition.instrumentId(), symbol);
    if (standing != null && !standing.equals(symbol)) {
      throw new FeedFileException(
          "two feeds give the number "
              + definition.instrumentId()
              + " to different instruments, "
              + standing
              + " and "
              + symbol
              + "; import them with one configuration, whose ids differ");
    }
  }

  /** An instrument that comes from several feeds is made from all that these are made from. */
  private void joinOrigins(final Cursor from) {
    final FeedOrigin origin;
    try {
      origin = FeedOrigin.decode(definition);
    } catch (final IllegalArgumentException outOfRange) {
      // For the adapter to reject and count.
      return;
    }
    if (origin.isStated()) {
      final FeedOrigin[] all =
          origins.computeIfAbsent(
              definition.instrumentId(), (id) -> new FeedOrigin[cursors.length]);
      all[Arrays.asList(cursors).indexOf(from)] = origin;
      FeedOrigin joined = origin;
      for (final FeedOrigin other : all) {
        joined = other == null ? joined : joined.and(other);
      }
      joined.encode(
          redefinition.wrap(
              block, length + Frame.HEADER_LENGTH + MessageHeaderDecoder.ENCODED_LENGTH));
    }
  }

  @Override
  public boolean restart() throws IOException {
    for (final Cursor cursor : cursors) {
      if (!cursor.source.restart()) {
        return false;
      }
    }
    for (int i = 0; i < cursors.length; i++) {
      cursors[i] = new Cursor(cursors[i].source);
    }
    symbols.clear();
    origins.clear();
    length = 0;
    lastSequence = 0;
    started = false;
    failure = null;
    return true;
  }

  @Override
  public DirectBuffer buffer() {
    return block;
  }

  @Override
  public int offset() {
    return 0;
  }

  @Override
  public int length() {
    return length;
  }

  /** Where one source stands. */
  private static final class Cursor {
    private final BlockSource source;
    private int position;
    private int limit;
    private int messageLength;
    private int frameLength;
    private long time = Long.MIN_VALUE;
    private long highest;
    private long step;
    private boolean isDamaged;
    private boolean ended;

    Cursor(final BlockSource source) {
      this.source = source;
    }

    boolean isNumbered() {
      return messageLength >= NUMBERED_LENGTH;
    }

    boolean isDefinition() {
      return header(TEMPLATE_ID) == InstrumentDefinitionDecoder.TEMPLATE_ID
          && blockLength() >= InstrumentTable.blockLength(version())
          && messageLength >= MessageHeaderDecoder.ENCODED_LENGTH + blockLength();
    }

    int blockLength() {
      return header(MessageHeaderDecoder.blockLengthEncodingOffset());
    }

    int version() {
      return header(MessageHeaderDecoder.versionEncodingOffset());
    }

    private int header(final int offset) {
      return source
              .buffer()
              .getShort(position + Frame.HEADER_LENGTH + offset, ByteOrder.LITTLE_ENDIAN)
          & 0xFFFF;
    }

    void advance() throws IOException {
      position += frameLength;
      while (position >= limit) {
        if (!source.nextBlock()) {
          ended = true;
          return;
        }
        position = source.offset();
        limit = position + source.length();
      }
      read();
    }

    private void read() throws FeedFileException {
      final DirectBuffer buffer = source.buffer();
      final int left = limit - position;
      messageLength =
          left < Frame.HEADER_LENGTH ? -1 : buffer.getInt(position, ByteOrder.LITTLE_ENDIAN);
      if (messageLength < MessageHeaderDecoder.ENCODED_LENGTH
          || messageLength > Math.min(left, CAPACITY) - Frame.HEADER_LENGTH
          || Frame.alignedLength(messageLength) > left) {
        throw new FeedFileException(
            source.name()
                + ": a message of "
                + messageLength
                + " bytes can't stand where "
                + left
                + " bytes of its block are left; import the feed again");
      }
      frameLength = Frame.alignedLength(messageLength);
      if (!isNumbered()) {
        return;
      }
      final int message = position + Frame.HEADER_LENGTH;
      final long sequence =
          buffer.getLong(message + MessageHeaderDecoder.ENCODED_LENGTH, ByteOrder.LITTLE_ENDIAN);
      isDamaged = sequence < 1 || (highest != 0 && sequence - highest > SequenceTracker.MAX_JUMP);
      if (!isDamaged) {
        step = highest == 0 ? 1 : sequence - highest;
        highest = Math.max(highest, sequence);
      }
      time = mergeTime(buffer.getLong(message + EXCHANGE_TIME, ByteOrder.LITTLE_ENDIAN));
    }

    /**
     * When the message's turn is: at its time, unless that lies so far ahead that only a following
     * message which agrees can tell it from damage.
     */
    private long mergeTime(final long own) {
      final boolean isFirst = time == Long.MIN_VALUE;
      if (!isFirst && own - BEHIND <= time && own <= FeedAdapter.MAX_TIME) {
        return own;
      }
      final int next = position + frameLength;
      final boolean isLast =
          limit - next < NUMBERED_FRAME_LENGTH
              || source.buffer().getInt(next, ByteOrder.LITTLE_ENDIAN) < NUMBERED_LENGTH;
      if (isLast) {
        return isFirst || own - AHEAD <= time ? own : time;
      }
      final long following =
          source
              .buffer()
              .getLong(next + Frame.HEADER_LENGTH + EXCHANGE_TIME, ByteOrder.LITTLE_ENDIAN);
      if (isFirst) {
        return Math.min(own, following);
      }
      return own <= FeedAdapter.MAX_TIME && following >= own - BEHIND ? own : time;
    }

    /** Of the first block's definition; above all where there is none. */
    private int firstInstrument() {
      return ended || !isDefinition()
          ? Integer.MAX_VALUE
          : source
              .buffer()
              .getInt(
                  position
                      + Frame.HEADER_LENGTH
                      + MessageHeaderDecoder.ENCODED_LENGTH
                      + InstrumentDefinitionDecoder.instrumentIdEncodingOffset(),
                  ByteOrder.LITTLE_ENDIAN);
    }

    private static int compareBlocks(final Cursor one, final Cursor other) {
      final int length = Math.min(one.limit - one.position, other.limit - other.position);
      for (int i = 0; i < length; i++) {
        final int difference =
            Byte.compareUnsigned(
                one.source.buffer().getByte(one.position + i),
                other.source.buffer().getByte(other.position + i));
        if (difference != 0) {
          return difference;
        }
      }
      return Integer.compare(one.limit - one.position, other.limit - other.position);
    }
  }
}
