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
 * Merges feeds by exchange time, whatever the order of the sources; of equal times the feed comes
 * first that defines the lowest instrument first, and of those the one whose first block has the
 * lowest bytes. One thread.
 *
 * <p>Renumbers sequences, keeping each feed's own gaps and repeats: a message is as far from the
 * one before it as in its own feed. A message too short for a sequence and a time follows the one
 * before it in its feed unchanged, for the adapter to reject and count.
 *
 * <p>While one feed has nothing yet, the others wait for it, since its next message may be the
 * earliest.
 *
 * <p>Damage of one message stays with that message. A sequence below 1 or more than 2⁴⁰ ahead is
 * replaced by −1, for the adapter to reject, and the feed's next message is numbered as if it had
 * not come. A time far ahead that the feed's next message contradicts doesn't delay the feed.
 */
public final class MergedFeed implements BlockSource {
  private static final int CAPACITY = 64 * 1024;
  private static final int BLOCK_OFFSET = Frame.HEADER_LENGTH + MessageHeaderDecoder.ENCODED_LENGTH;

  /** How far ahead of its feed, and how far behind the latest, the adapter accepts a time. */
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
  private final Map<Integer, String> names = new HashMap<>();

  /** By instrument and feed. */
  private final Map<Integer, FeedOrigin[]> origins = new HashMap<>();

  private boolean started;

  /** The feed that the others wait for. */
  private Cursor awaited;

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
      // Messages merged before come first.
      failure = e;
      if (length == 0) {
        throw e;
      }
    }
    return length > 0 || awaited != null;
  }

  private void fill() throws IOException {
    if (!started) {
      if (!isReady()) {
        return;
      }
      started = true;
      Arrays.sort(cursors, ORDER);
    }
    Cursor next = awaited == null || awaited.advance() ? earliest() : awaited;
    awaited = null;
    while (next != null && !next.isWaiting && length + next.frameLength() <= CAPACITY) {
      append(next);
      next = next.advance() ? earliest() : next;
    }
    awaited = next != null && next.isWaiting ? next : null;
  }

  /** Whether each feed is at its first message or its end. */
  private boolean isReady() throws IOException {
    awaited = null;
    for (final Cursor cursor : cursors) {
      if (cursor.isWaiting && !cursor.advance()) {
        awaited = cursor;
      }
    }
    return awaited == null;
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
    block.putBytes(length, from.source.buffer(), from.frame.start(), from.frameLength());
    if (from.isDefinition()) {
      joinOrigins(from);
    }
    if (from.frame.hasSequenceAndTime()) {
      block.putLong(
          length + BLOCK_OFFSET,
          SourceSequence.of(lastSequence, from.step),
          ByteOrder.LITTLE_ENDIAN);
      lastSequence = SourceSequence.after(lastSequence, from.step);
    }
    length += from.frameLength();
  }

  /** Two instruments must not have the same number. */
  private void agree(final Cursor from) throws FeedFileException {
    definition.wrap(from.source.buffer(), from.block(), from.blockLength(), from.version());
    // Whatever a damaged one holds: the adapter rejects and counts it.
    final String name = definition.venue() + ":" + definition.symbol();
    final String before = names.putIfAbsent(definition.instrumentId(), name);
    if (before != null && !before.equals(name)) {
      throw new FeedFileException(
          "two feeds give the number "
              + definition.instrumentId()
              + " to different instruments, "
              + before
              + " and "
              + name
              + "; import them with one configuration, whose ids differ");
    }
  }

  /** An instrument in several feeds has the origins of all of them. */
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
      joined.encode(redefinition.wrap(block, length + BLOCK_OFFSET));
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
    names.clear();
    origins.clear();
    length = 0;
    lastSequence = 0;
    started = false;
    awaited = null;
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

  /** Position in one source. */
  private static final class Cursor {
    private final BlockSource source;
    private final FrameCursor frame = new FrameCursor();
    private final FrameCursor following = new FrameCursor();
    private long time = Long.MIN_VALUE;
    private final SourceSequence sequences = new SourceSequence();
    private long step;
    private boolean ended;

    /** Its source had nothing yet. */
    private boolean isWaiting = true;

    Cursor(final BlockSource source) {
      this.source = source;
    }

    int frameLength() {
      return frame.end() - frame.start();
    }

    boolean isDefinition() {
      return FrameCursor.template(frame.header()) == InstrumentDefinitionDecoder.TEMPLATE_ID
          && blockLength() >= InstrumentTable.blockLength(version())
          && frame.messageLength() >= MessageHeaderDecoder.ENCODED_LENGTH + blockLength();
    }

    int block() {
      return frame.message() + MessageHeaderDecoder.ENCODED_LENGTH;
    }

    int blockLength() {
      return FrameCursor.blockLength(frame.header());
    }

    int version() {
      return FrameCursor.version(frame.header());
    }

    /** Goes to the next message or the end; false if the source has nothing yet. */
    boolean advance() throws IOException {
      isWaiting = false;
      while (!frame.next()) {
        if (!source.nextBlock()) {
          ended = true;
          return true;
        }
        frame.wrap(source.buffer(), source.offset(), source.length());
        if (source.length() == 0) {
          isWaiting = true;
          return false;
        }
      }
      read();
      return true;
    }

    private void read() throws FeedFileException {
      if (!frame.isPadded() || frame.messageLength() > CAPACITY - Frame.HEADER_LENGTH) {
        throw new FeedFileException(
            source.name()
                + ": a message claims "
                + frame.claimedLength()
                + " bytes, but its block has "
                + (blockEnd() - frame.start())
                + " left; import the feed again");
      }
      if (!frame.hasSequenceAndTime()) {
        return;
      }
      step = sequences.step(frame.sequence());
      time = mergeTime(frame.exchangeTime());
    }

    private int blockEnd() {
      return source.offset() + source.length();
    }

    /**
     * Time to merge the message at: its own, unless that lies so far ahead that only a following
     * message which agrees can tell it from damage.
     */
    private long mergeTime(final long own) {
      final boolean isFirst = time == Long.MIN_VALUE;
      if (!isFirst && own - BEHIND <= time && own <= FeedAdapter.MAX_TIME) {
        return own;
      }
      following.wrap(source.buffer(), frame.end(), blockEnd() - frame.end());
      if (!following.next() || !following.hasSequenceAndTime()) {
        return isFirst || own - AHEAD <= time ? own : time;
      }
      final long next = following.exchangeTime();
      if (isFirst) {
        return Math.min(own, next);
      }
      return own <= FeedAdapter.MAX_TIME && next >= own - BEHIND ? own : time;
    }

    /** Instrument of the definition that the first block begins with; above all without one. */
    private int firstInstrument() {
      return ended || !isDefinition()
          ? Integer.MAX_VALUE
          : source
              .buffer()
              .getInt(
                  block() + InstrumentDefinitionDecoder.instrumentIdEncodingOffset(),
                  ByteOrder.LITTLE_ENDIAN);
    }

    private static int compareBlocks(final Cursor one, final Cursor other) {
      final int oneLength = one.blockEnd() - one.frame.start();
      final int otherLength = other.blockEnd() - other.frame.start();
      for (int i = 0; i < Math.min(oneLength, otherLength); i++) {
        final int difference =
            Byte.compareUnsigned(
                one.source.buffer().getByte(one.frame.start() + i),
                other.source.buffer().getByte(other.frame.start() + i));
        if (difference != 0) {
          return difference;
        }
      }
      return Integer.compare(oneLength, otherLength);
    }
  }
}
