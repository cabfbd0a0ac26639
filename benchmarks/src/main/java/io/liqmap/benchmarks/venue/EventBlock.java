package io.liqmap.benchmarks.venue;

import io.liqmap.engine.feed.FeedEncoder;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.gateway.feed.EventOutput;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Events of one frame, encoded as messages of the feed. One thread; allocates nothing once made.
 */
final class EventBlock implements EventOutput {
  private static final int MAX_EVENTS = 64;

  private final FeedEncoder encoder = new FeedEncoder();
  private final UnsafeBuffer buffer =
      new UnsafeBuffer(new byte[MAX_EVENTS * FeedEncoder.MAX_FRAME_LENGTH]);
  private int length;

  @Override
  public void accept(final FeedEvent event) {
    length += encoder.encode(event, buffer, length);
  }

  void clear() {
    length = 0;
  }

  UnsafeBuffer buffer() {
    return buffer;
  }

  int length() {
    return length;
  }
}
