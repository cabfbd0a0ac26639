package io.liqmap.benchmarks.bench;

import io.liqmap.benchmarks.flow.PreparedFeed;
import io.liqmap.benchmarks.peer.BareDecoder;
import io.liqmap.benchmarks.peer.NaiveMap;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.feed.FeedEvent;
import java.io.IOException;
import org.agrona.concurrent.UnsafeBuffer;

/** The flow decoded without checks, and applied to a map of boxed numbers. */
final class NaivePathStage implements Stage {
  private final Task task;
  private final PreparedFeed feed;
  private final BareDecoder decoder = new BareDecoder();
  private final FeedEvent slot = new FeedEvent();

  NaivePathStage(final Task task) throws IOException {
    this.task = task;
    feed = PreparedFeed.map(task.feed(), task.events());
  }

  @Override
  public Passage pass(final double rate) {
    final NaiveMap map = NaiveMaps.whole(NaiveMaps.engine(task.tiers()));
    feed.rewind();
    final long start = System.nanoTime();
    while (feed.nextBlock()) {
      final UnsafeBuffer block = feed.buffer();
      for (int frame = 0; frame < block.capacity(); frame = decoder.after(block, frame)) {
        decoder.fill(block, frame, slot);
        apply(map);
      }
    }
    final long nanos = System.nanoTime() - start;
    return Passage.of(feed.events(), nanos, Double.doubleToLongBits(map.total(Side.LONG)));
  }

  private void apply(final NaiveMap map) {
    switch (slot.kind()) {
      case FeedEvent.TRADE ->
          map.onTrade(slot.price(), (double) slot.quantity(), slot.takerSide() == FeedEvent.BUY);
      case FeedEvent.MARK_PRICE -> map.onMark(slot.markPrice());
      case FeedEvent.OPEN_INTEREST -> map.onOpenInterest((double) slot.openInterest());
      default -> {}
    }
  }
}
