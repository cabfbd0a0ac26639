package io.liqmap.gateway.feed;

import io.liqmap.engine.feed.FeedEvent;

/** Numbers the events of all venues and hands them on. One thread. */
public final class EventSequence {
  private final EventOutput out;
  private final FeedEvent event = new FeedEvent();
  private long last;

  public EventSequence(final EventOutput out) {
    this.out = out;
  }

  /** Continues after a sequence. */
  public void continueAfter(final long sequence) {
    last = sequence;
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
