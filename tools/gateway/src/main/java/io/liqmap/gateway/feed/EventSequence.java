package io.liqmap.gateway.feed;

import io.liqmap.engine.feed.FeedEvent;
import java.util.BitSet;

/** Numbers the events of all venues and hands them on. One thread. */
public final class EventSequence {
  private final EventOutput out;
  private final FeedEvent event = new FeedEvent();
  private final BitSet defined = new BitSet();
  private long last;

  public EventSequence(final EventOutput out) {
    this.out = out;
  }

  /** Continues after a sequence. */
  public void continueAfter(final long sequence) {
    last = sequence;
  }

  /**
   * Notes that an instrument is defined.
   *
   * @return whether it was before, by an earlier session
   */
  public boolean define(final int instrument) {
    final boolean wasDefined = defined.get(instrument);
    defined.set(instrument);
    return wasDefined;
  }

  /** The slot to fill with the next sequence, and to {@link #emit}. */
  FeedEvent slot() {
    return event;
  }

  long next() {
    return ++last;
  }

  void emit() {
    out.accept(event);
  }
}
