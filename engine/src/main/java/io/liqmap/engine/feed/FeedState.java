package io.liqmap.engine.feed;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * What of a feed's past decides what becomes of its next message: the last sequence and times, the
 * holes that are remembered, what the plausibility checks last accepted and what they doubt; and
 * how far the feed was read. Follows from the events alone, so that a journal holds it.
 *
 * <p>One thread; allocates nothing once it is made.
 */
public final class FeedState {
  private final PlausibilityFilter doubts;
  private final MissingRanges holes = new MissingRanges();
  private long sequence;
  private long exchangeTime = FeedAdapter.MIN_TIME;
  private long receiveTime = FeedAdapter.MIN_TIME;
  private long messages;
  private long jumped;
  private int checksum;

  /**
   * Makes the state of a feed that has sent nothing.
   *
   * @param maxInstruments instruments have numbers below this
   * @param limits those of the adapter that made the events
   */
  public FeedState(final int maxInstruments, final JumpLimits limits) {
    doubts = new PlausibilityFilter(maxInstruments, limits);
  }

  /** Takes over another's state; made for as many instruments and with the same limits. */
  public void copyFrom(final FeedState other) {
    doubts.copyFrom(other.doubts);
    holes.copyFrom(other.holes);
    sequence = other.sequence;
    exchangeTime = other.exchangeTime;
    receiveTime = other.receiveTime;
    messages = other.messages;
    jumped = other.jumped;
    checksum = other.checksum;
  }

  /** Follows an event, in the order of the feed; not an empty slot. */
  public void onEvent(final FeedEvent event) {
    switch (event.kind()) {
      case FeedEvent.TRADE ->
          doubts.acceptPrice(event.instrument(), event.exchangeTime(), event.price());
      case FeedEvent.MARK_PRICE ->
          doubts.acceptPrice(event.instrument(), event.exchangeTime(), event.markPrice());
      case FeedEvent.OPEN_INTEREST ->
          doubts.acceptInterest(event.instrument(), event.exchangeTime(), event.openInterest());
      case FeedEvent.GAP -> {
        if (event.missing() > 0) {
          holes.add(event.sequence() - event.missing() + 1, event.sequence());
        }
      }
      case FeedEvent.INSTRUMENT -> {
        // Bears a time that others gave it.
      }
      case FeedEvent.IMPLAUSIBLE ->
          doubts.doubt(
              event.implausibility(),
              event.implausibleInstrument(),
              event.implausibleTime(),
              event.implausibleValue());
      default -> doubts.acceptTime(event.exchangeTime());
    }
    follow(event);
  }

  private void follow(final FeedEvent event) {
    if (event.kind() == FeedEvent.GAP && !event.isFromFeed()) {
      jumped = Math.min(FeedAdapter.MAX_JUMP, jumped + event.missing());
    } else if (event.kind() != FeedEvent.IMPLAUSIBLE) {
      jumped = 0;
    }
    sequence = event.sequence();
    exchangeTime = event.exchangeTime();
    receiveTime = event.receiveTime();
    messages += event.messages();
    checksum = event.feedChecksum();
  }

  /** Sequence of the last event, 0 before the first. */
  public long sequence() {
    return sequence;
  }

  /** Messages of the feed that the events were made from, those that were dropped included. */
  public long messages() {
    return messages;
  }

  /** Checksum of those messages. */
  public int checksum() {
    return checksum;
  }

  /** Sequences found missing since a message got through. */
  long jumped() {
    return jumped;
  }

  long exchangeTime() {
    return exchangeTime;
  }

  long receiveTime() {
    return receiveTime;
  }

  MissingRanges holes() {
    return holes;
  }

  PlausibilityFilter doubts() {
    return doubts;
  }

  /** Writes the state, long by long. */
  public void encode(final LongConsumer out) {
    out.accept(sequence);
    out.accept(exchangeTime);
    out.accept(messages);
    out.accept(jumped);
    out.accept(checksum);
    holes.encode(out);
    doubts.encode(out);
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalStateException if a value is out of its range
   */
  public void decode(final LongSupplier in) {
    sequence = within(in.getAsLong(), 0, Long.MAX_VALUE);
    exchangeTime = within(in.getAsLong(), FeedAdapter.MIN_TIME, FeedAdapter.MAX_TIME);
    // Not kept: it decides nothing.
    receiveTime = exchangeTime;
    messages = within(in.getAsLong(), 0, Long.MAX_VALUE);
    jumped = within(in.getAsLong(), 0, Long.MAX_VALUE);
    checksum = (int) within(in.getAsLong(), Integer.MIN_VALUE, Integer.MAX_VALUE);
    holes.decode(in);
    doubts.decode(in);
  }

  static long within(final long value, final long min, final long max) {
    if (value < min || value > max) {
      throw new IllegalStateException(
          "the state has " + value + " where " + min + " to " + max + " can stand");
    }
    return value;
  }
}
