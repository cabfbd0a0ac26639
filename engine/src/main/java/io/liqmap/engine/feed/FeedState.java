package io.liqmap.engine.feed;

import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;

/**
 * The past of a feed as far as it decides whether the next message is accepted: the last sequence
 * and times, missing sequences and the state of the plausibility filter; and how far the feed was
 * read. Follows from the events alone, so that a journal holds it.
 *
 * <p>One thread; allocates nothing after construction.
 */
public final class FeedState {
  private final PlausibilityFilter filter;
  private final SequenceTracker sequences = new SequenceTracker();
  private final CheckPoints checkPoints = new CheckPoints();
  private long exchangeTime = FeedAdapter.MIN_TIME;
  private long receiveTime = FeedAdapter.MIN_TIME;
  private long messages;
  private int checksum;

  /**
   * Makes the state at the start of a feed.
   *
   * @param maxInstruments instruments have numbers below this
   * @param limits those of the adapter that made the events
   */
  public FeedState(final int maxInstruments, final JumpLimits limits) {
    filter = new PlausibilityFilter(maxInstruments, limits);
  }

  /** Copies another state, of as many instruments and the same limits. */
  public void copyFrom(final FeedState other) {
    filter.copyFrom(other.filter);
    sequences.copyFrom(other.sequences);
    exchangeTime = other.exchangeTime;
    receiveTime = other.receiveTime;
    messages = other.messages;
    checksum = other.checksum;
    checkPoints.copyFrom(other.checkPoints);
  }

  /** Follows an event, in the order of the feed; not an empty slot. */
  public void onEvent(final FeedEvent event) {
    switch (event.kind()) {
      case FeedEvent.TRADE ->
          filter.acceptPrice(event.instrument(), event.exchangeTime(), event.price());
      case FeedEvent.MARK_PRICE ->
          filter.acceptPrice(event.instrument(), event.exchangeTime(), event.markPrice());
      case FeedEvent.OPEN_INTEREST ->
          filter.acceptInterest(event.instrument(), event.exchangeTime(), event.openInterest());
      case FeedEvent.GAP, FeedEvent.INSTRUMENT -> {
        // Their times come from elsewhere.
      }
      case FeedEvent.IMPLAUSIBLE ->
          filter.recordImplausible(
              event.implausibility(),
              event.implausibleInstrument(),
              event.implausibleTime(),
              event.implausibleValue());
      default -> filter.acceptTime(event.exchangeTime());
    }
    checkPoints.onEvent(sequences.last(), messages == 0, event);
    sequences.onEvent(event);
    exchangeTime = event.exchangeTime();
    receiveTime = event.receiveTime();
    messages += event.messages();
    checksum = event.feedChecksum();
  }

  /** Sequence of the last event, 0 before the first. */
  public long sequence() {
    return sequences.last();
  }

  /** Where other engines on the same feed compare it. */
  public CheckPoints checkPoints() {
    return checkPoints;
  }

  /** Messages of the feed so far, dropped ones included. */
  public long messages() {
    return messages;
  }

  /** Checksum of those messages. */
  public int checksum() {
    return checksum;
  }

  long exchangeTime() {
    return exchangeTime;
  }

  long receiveTime() {
    return receiveTime;
  }

  SequenceTracker sequences() {
    return sequences;
  }

  PlausibilityFilter filter() {
    return filter;
  }

  public void encode(final StateWriter out) {
    out.putLong(sequences.last());
    out.putLong(exchangeTime);
    out.putLong(messages);
    out.putLong(sequences.jumped());
    out.putLong(checksum);
    sequences.encodeMissing(out);
    filter.encode(out);
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalStateException if a value is out of its range
   */
  public void decode(final StateReader in) {
    final long sequence = in.getLong(0, Long.MAX_VALUE);
    exchangeTime = in.getLong(FeedAdapter.MIN_TIME, FeedAdapter.MAX_TIME);
    // Not kept: it decides nothing.
    receiveTime = exchangeTime;
    messages = in.getLong(0, Long.MAX_VALUE);
    final long jumped = in.getLong(0, Long.MAX_VALUE);
    checksum = (int) in.getLong(Integer.MIN_VALUE, Integer.MAX_VALUE);
    sequences.decode(sequence, jumped, in);
    filter.decode(in);
    checkPoints.clear();
  }
}
