package io.liqmap.benchmarks.bench;

import io.liqmap.benchmarks.flow.PreparedFeed;
import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.JumpLimits;
import java.io.IOException;

/** The feed's adapter alone, with all its checks. */
final class AdapterStage implements Stage {
  private final PreparedFeed feed;

  AdapterStage(final Task task) throws IOException {
    feed = PreparedFeed.map(task.feed(), task.events());
  }

  @Override
  public Passage pass(final double rate) {
    final FeedAdapter adapter = new FeedAdapter(1, JumpLimits.STANDARD);
    final FeedEvent slot = new FeedEvent();
    feed.rewind();
    final long start = System.nanoTime();
    long events = 0;
    long sum = 0;
    while (feed.nextBlock()) {
      adapter.wrap(feed.buffer(), feed.offset(), feed.length());
      while (adapter.next(slot)) {
        sum += slot.sequence() ^ slot.exchangeTime() ^ slot.price();
        events++;
      }
    }
    final long nanos = System.nanoTime() - start;
    Checks.require(events == feed.events(), "the adapter let " + events + " events through");
    return Passage.of(events, nanos, sum);
  }
}
