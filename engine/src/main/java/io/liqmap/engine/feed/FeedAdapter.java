package io.liqmap.engine.feed;

import io.liqmap.codecs.feed.GapDecoder;
import io.liqmap.codecs.feed.HeartbeatDecoder;
import io.liqmap.codecs.feed.ImplausibleDecoder;
import io.liqmap.codecs.feed.MessageHeaderDecoder;
import io.liqmap.engine.core.state.FaultCounts;
import io.liqmap.engine.core.state.FaultTally;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import org.agrona.DirectBuffer;

/**
 * Decodes framed SBE messages into events and rejects invalid and implausible ones.
 *
 * <p>Checks length, schema, template, sequence, time, scale and range of each message, and jumps by
 * {@link JumpLimits}; engine/FEED.md has all of it in a table. Counts by {@link FeedFault} what it
 * drops, and reports it to consumers as one {@link FeedEvent#GAP} event before the next accepted
 * message, an implausible message as an {@link FeedEvent#IMPLAUSIBLE} event of its own: so the
 * events hold all that a {@link FeedState} needs. Reads a newer version of the schema by the block
 * length on the wire.
 *
 * <p>One thread. Allocates only for a new instrument. Throws nothing on bad input.
 */
public final class FeedAdapter {
  /** Largest mantissa of a price or quantity: what a double holds exactly. */
  public static final long MAX_MANTISSA = 1L << 53;

  /** Largest ratio of accounts: a million to one, in 10⁻⁹. */
  public static final long MAX_RATIO = 1_000_000L * 1_000_000_000L;

  /** Largest leverage setting of a known position: a thousand, in 10⁻². */
  public static final int MAX_LEVERAGE = 1_000 * 100;

  /** Length of what {@link #encodeUnreported} writes. */
  public static final int UNREPORTED_BYTES = 11 * Long.BYTES;

  static final long MIN_TIME = 946_684_800_000_000_000L;
  static final long MAX_TIME = 4_102_444_800_000_000_000L;

  private static final int DROPPED = 0;
  private static final int EMITTED = 1;

  /** A gap event has to go first: the message is decoded again. */
  private static final int HELD = 2;

  private final FrameCursor frames = new FrameCursor();
  private final Wire wire = frames.wire();
  private final SequenceTracker sequences = new SequenceTracker();
  private final InstrumentTable instruments;
  private final PlausibilityFilter filter;
  private final EventDecoder decoder;
  private final long[] counts = new long[FeedFault.COUNT];

  /** Whether it reads events again, as from a journal. */
  private final boolean isJournal;

  private long lastExchangeTime = MIN_TIME;
  private long lastReceiveTime = MIN_TIME;

  /** Of all messages so far. */
  private int checksum;

  private long events;
  private boolean isHeld;

  /** The held message is implausible, and was decoded and counted already. */
  private boolean isImplausibleHeld;

  private final FaultTally pending = new FaultTally();
  private boolean isFaultPending;

  /**
   * Makes an adapter for events of a journal, which were checked for jumps before.
   *
   * @param maxInstruments instruments have numbers below this, 1 to 65,536
   */
  public FeedAdapter(final int maxInstruments) {
    this(maxInstruments, JumpLimits.NONE);
  }

  /**
   * Makes an adapter at the start of a feed.
   *
   * @param maxInstruments instruments have numbers below this, 1 to 65,536
   * @param limits how far the feed may jump
   */
  public FeedAdapter(final int maxInstruments, final JumpLimits limits) {
    if (maxInstruments < 1 || maxInstruments > 65_536) {
      throw new IllegalArgumentException(
          "maxInstruments has to be 1 to 65536, was " + maxInstruments);
    }
    isJournal = limits.equals(JumpLimits.NONE);
    instruments = new InstrumentTable(maxInstruments);
    filter = new PlausibilityFilter(maxInstruments, limits);
    decoder = new EventDecoder(wire, instruments, filter, sequences, isJournal);
  }

  /** Resumes a feed after its past; its instruments are defined before. */
  public void resume(final FeedState past) {
    sequences.copyFrom(past.sequences());
    filter.copyFrom(past.filter());
    lastExchangeTime = past.exchangeTime();
    lastReceiveTime = past.receiveTime();
    checksum = past.checksum();
  }

  /**
   * Writes what {@link FeedState} lacks between two events: messages that were dropped since the
   * last event and aren't reported yet, and whether any later time is accepted. While {@link
   * #isDrained}.
   */
  public void encodeUnreported(final StateWriter out) {
    out.putLong(filter.admitsAnyLaterTime() ? 1 : 0);
    out.putLong(isFaultPending ? 1 : 0);
    out.putLong(sequences.last());
    out.putLong(sequences.jumped());
    out.putLong(checksum);
    pending.encode(out);
  }

  /**
   * Reads what {@link #encodeUnreported} wrote, after {@link #resume}.
   *
   * @throws IllegalStateException if a value is out of its range
   */
  public void decodeUnreported(final StateReader in) {
    if (in.getLong(0, 1) == 1) {
      filter.admitAnyLaterTime();
    }
    isFaultPending = in.getLong(0, 1) == 1;
    final long sequence = in.getLong(0, Long.MAX_VALUE);
    sequences.moveTo(sequence, in.getLong(0, Long.MAX_VALUE));
    checksum = in.getInt(Integer.MIN_VALUE, Integer.MAX_VALUE);
    pending.decode(in);
  }

  /** Accepts any later time of the next message: the feed begins after what was seen before. */
  public void admitLaterStart() {
    filter.admitAnyLaterTime();
  }

  /** Resumes after an event that was applied before: the next sequence is one higher. */
  public void resumeAfter(final long sequence, final long time) {
    sequences.moveTo(sequence);
    lastExchangeTime = Math.max(time, MIN_TIME);
    lastReceiveTime = lastExchangeTime;
    filter.resumeAfter(lastExchangeTime);
  }

  /** Defines an instrument, as after a snapshot was loaded. */
  public void define(final InstrumentDefinition definition) {
    decoder.define(definition);
  }

  /**
   * Sets the frames to read; the rest of the region before is dropped.
   *
   * @throws IndexOutOfBoundsException if the region reaches beyond the buffer
   */
  public void wrap(final DirectBuffer block, final int offset, final int length) {
    frames.wrap(block, offset, length);
    decoder.wrap(block);
    isHeld = false;
    isImplausibleHeld = false;
  }

  /** Whether {@link #next} has read all that was wrapped. */
  public boolean isDrained() {
    return !isHeld && frames.isAtEnd();
  }

  /** Skips messages without a check, as those that a snapshot holds already. */
  public void skip(final long messages) {
    long left = messages;
    while (left > 0 && frames.next()) {
      left--;
    }
  }

  /**
   * Decodes the next accepted message.
   *
   * @return false when the wrapped region holds no more; the slot is then undefined
   */
  public boolean next(final FeedEvent event) {
    final FrameCursor frame = frames;
    while (isHeld || frame.next()) {
      final int appended = isJournal ? 0 : frame.checksum(checksum);
      final int outcome =
          frame.isWhole()
              ? decode(frame.message(), frame.messageLength(), event)
              : reject(FeedFault.LENGTH);
      isHeld = outcome == HELD;
      if (outcome != HELD) {
        checksum = appended;
      }
      if (outcome != DROPPED) {
        event.feedChecksum(isJournal ? frame.feedChecksum() : checksum);
        events++;
        return true;
      }
    }
    return false;
  }

  /**
   * Emits a gap event for messages dropped since the last event, at the end of a feed.
   *
   * @return false if there are none; the slot is then undefined
   */
  public boolean flush(final FeedEvent event) {
    if (!isFaultPending) {
      return false;
    }
    fillGap(event);
    event.feedChecksum(checksum);
    events++;
    return true;
  }

  /** Where the event that {@link #next} has just filled was decoded, or found missing. */
  FrameCursor frame() {
    return frames;
  }

  /** Number of faults of a kind so far. */
  public long count(final FeedFault fault) {
    return counts[fault.ordinal()];
  }

  /** Events emitted, gap events included. */
  public long events() {
    return events;
  }

  /** Sequence of the last message, 0 before the first. */
  public long lastSequence() {
    return sequences.last();
  }

  /** Definition of an instrument, null before it came. */
  public InstrumentDefinition definition(final int id) {
    return instruments.definition(id);
  }

  /** Symbol of an instrument, or its full name where another has the symbol; empty before it. */
  public String label(final int id) {
    return instruments.label(id);
  }

  private int decode(final int message, final int length, final FeedEvent event) {
    final long header = wire.getLong(message);
    if (FrameCursor.schema(header) != MessageHeaderDecoder.SCHEMA_ID) {
      return reject(FeedFault.SCHEMA);
    }
    final int blockLength = FrameCursor.blockLength(header);
    final int block = message + MessageHeaderDecoder.ENCODED_LENGTH;
    if (blockLength < HeartbeatDecoder.BLOCK_LENGTH
        || blockLength > length - MessageHeaderDecoder.ENCODED_LENGTH) {
      return reject(FeedFault.LENGTH);
    }
    final int template = FrameCursor.template(header);
    final boolean isGap = template == GapDecoder.TEMPLATE_ID;
    final long sequence = wire.getLong(block);
    if (isImplausibleHeld) {
      isImplausibleHeld = false;
      return emitImplausible(sequence, event);
    }
    if (!sequences.isNext(sequence)) {
      final int outcome = admit(sequence, isGap, event);
      if (outcome != EMITTED) {
        return outcome;
      }
    }
    final int outcome =
        decoder.decode(template, block, blockLength, FrameCursor.version(header), event);
    if (outcome >= 0) {
      sequences.reject(sequence, isGap);
      return reject(FeedFault.of(outcome));
    }
    final boolean isImplausible = outcome == EventDecoder.IMPLAUSIBLE;
    if (isImplausible) {
      counts[decoder.implausibleFault().ordinal()]++;
    }
    if (isFaultPending) {
      sequences.moveTo(isGap ? sequences.last() : sequence - 1);
      isImplausibleHeld = isImplausible;
      fillGap(event);
      return HELD;
    }
    if (isImplausible) {
      return emitImplausible(sequence, event);
    }
    sequences.accept(sequence);
    lastExchangeTime = event.exchangeTime();
    lastReceiveTime = event.receiveTime();
    if (isGap) {
      countGap(event);
    } else if (template == ImplausibleDecoder.TEMPLATE_ID) {
      counts[EventDecoder.fault(event.implausibility()).ordinal()]++;
    }
    return EMITTED;
  }

  private int emitImplausible(final long sequence, final FeedEvent event) {
    decoder.fillImplausible(event, sequence, lastExchangeTime, lastReceiveTime);
    sequences.moveTo(sequence);
    return EMITTED;
  }

  /**
   * A jump is reported at once: its gap event says that the sequences up to its own are missing.
   */
  private int admit(final long sequence, final boolean isGap, final FeedEvent event) {
    switch (sequences.classify(sequence, isGap)) {
      case SequenceTracker.NEXT -> {
        return EMITTED;
      }
      case SequenceTracker.JUMP -> {
        final long missing = sequences.jumpTo(sequence);
        counts[FeedFault.MISSING.ordinal()] += missing;
        pending.addMissing(missing);
        fillGap(event);
        return HELD;
      }
      case SequenceTracker.DUPLICATE -> {
        counts[FeedFault.DUPLICATE.ordinal()]++;
        pending.addDuplicates(1);
      }
      case SequenceTracker.REORDERED -> {
        counts[FeedFault.REORDERED.ordinal()]++;
        pending.addReordered(1);
      }
      default -> {
        return reject(FeedFault.VALUE);
      }
    }
    isFaultPending = true;
    return DROPPED;
  }

  private int reject(final FeedFault fault) {
    counts[fault.ordinal()]++;
    if (fault.isUnknown()) {
      pending.addUnknown(1);
    } else {
      pending.addRejected(1);
    }
    isFaultPending = true;
    return DROPPED;
  }

  private void fillGap(final FeedEvent event) {
    event.gap(sequences.last(), lastExchangeTime, lastReceiveTime, pending);
    isFaultPending = false;
    pending.clear();
  }

  /** Counts a gap message as if found here; the kind of its rejects is no longer known. */
  private void countGap(final FeedEvent event) {
    sequences.addMissing(event);
    final FaultCounts faults = decoder.gapFaults();
    counts[FeedFault.MISSING.ordinal()] += faults.missing();
    counts[FeedFault.DUPLICATE.ordinal()] += faults.duplicates();
    counts[FeedFault.REORDERED.ordinal()] += faults.reordered();
    counts[FeedFault.VALUE.ordinal()] += faults.rejected();
    counts[FeedFault.TEMPLATE.ordinal()] += faults.unknown();
  }
}
