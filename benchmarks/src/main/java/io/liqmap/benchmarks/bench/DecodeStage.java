package io.liqmap.benchmarks.bench;

import io.liqmap.benchmarks.flow.PreparedFeed;
import io.liqmap.benchmarks.peer.BareDecoder;
import java.io.IOException;
import org.agrona.concurrent.UnsafeBuffer;

/** Bare SBE decode: every field of every message read, nothing checked or stored. */
final class DecodeStage implements Stage {
  private final PreparedFeed feed;
  private final BareDecoder decoder = new BareDecoder();

  DecodeStage(final Task task) throws IOException {
    feed = PreparedFeed.map(task.feed(), task.events());
  }

  @Override
  public Passage pass(final double rate) {
    feed.rewind();
    final long start = System.nanoTime();
    long sum = 0;
    while (feed.nextBlock()) {
      sum += decode(feed.buffer());
    }
    return Passage.of(feed.events(), System.nanoTime() - start, sum);
  }

  private long decode(final UnsafeBuffer block) {
    long sum = 0;
    for (int frame = 0; frame < block.capacity(); frame = decoder.after(block, frame)) {
      sum += decoder.sum(block, frame);
    }
    return sum;
  }
}
