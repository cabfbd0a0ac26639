package io.liqmap.benchmarks.bench;

import io.liqmap.benchmarks.flow.PreparedFeed;
import io.liqmap.benchmarks.peer.BareDecoder;
import io.liqmap.benchmarks.peer.BareRing;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.settings.ThreadingMode;
import java.io.IOException;
import org.agrona.concurrent.UnsafeBuffer;

/** A bare ring that carries the flow, decoded by its producer, to a consumer that reads it. */
final class RingStage implements Stage {
  private final Task task;
  private final PreparedFeed feed;
  private final long expected;

  RingStage(final Task task) throws IOException {
    this.task = task;
    feed = PreparedFeed.map(task.feed(), task.events());
    expected = read();
  }

  /** What the consumer has to see, read without a ring. */
  private long read() {
    final BareDecoder decoder = new BareDecoder();
    final FeedEvent slot = new FeedEvent();
    long sum = 0;
    feed.rewind();
    while (feed.nextBlock()) {
      final UnsafeBuffer block = feed.buffer();
      for (int frame = 0; frame < block.capacity(); frame = decoder.after(block, frame)) {
        decoder.fill(block, frame, slot);
        sum += slot.sequence() ^ slot.exchangeTime() ^ slot.price();
      }
    }
    return sum;
  }

  @Override
  public Passage pass(final double rate) {
    try (BareRing ring = new BareRing(task.pipeline(ThreadingMode.PIPELINED))) {
      feed.rewind();
      final long start = System.nanoTime();
      final long sum = ring.carry(feed);
      final long nanos = System.nanoTime() - start;
      Checks.require(sum == expected, "the ring's consumer read something else than was sent");
      return Passage.of(feed.events(), nanos, sum);
    }
  }
}
