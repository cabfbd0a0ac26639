package io.liqmap.benchmarks.bench;

import io.liqmap.benchmarks.flow.PreparedFeed;
import io.liqmap.benchmarks.peer.BareDecoder;
import io.liqmap.benchmarks.peer.PyLiquidationMap;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.feed.FeedEvent;
import java.io.IOException;
import org.agrona.concurrent.UnsafeBuffer;

/** The flow's trades gathered, and the map of py-liquidation-map drawn from them, once. */
final class PyPathStage implements Stage {
  private static final double PRICE_UNIT = 0.01;
  private static final double QUANTITY_UNIT = 0.001;
  private static final double THRESHOLD = 100_000;
  private static final int[] LEVERAGES = {100, 50, 25, 10};

  private final PreparedFeed feed;
  private final BareDecoder decoder = new BareDecoder();
  private final FeedEvent slot = new FeedEvent();

  PyPathStage(final Task task) throws IOException {
    feed = PreparedFeed.map(task.feed(), task.events());
  }

  @Override
  public Passage pass(final double rate) {
    final PyLiquidationMap map = new PyLiquidationMap();
    feed.rewind();
    final long start = System.nanoTime();
    while (feed.nextBlock()) {
      final UnsafeBuffer block = feed.buffer();
      for (int frame = 0; frame < block.capacity(); frame = decoder.after(block, frame)) {
        decoder.fill(block, frame, slot);
        if (slot.kind() == FeedEvent.TRADE) {
          map.onTrade(
              slot.price() * PRICE_UNIT,
              slot.quantity() * QUANTITY_UNIT,
              slot.takerSide() == FeedEvent.BUY);
        }
      }
    }
    double drawn = 0;
    for (final Side side : Side.values()) {
      for (final int leverage : LEVERAGES) {
        drawn +=
            map.bars(side, PyLiquidationMap.Mode.GROSS_VALUE, THRESHOLD, leverage).values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
      }
    }
    return Passage.of(feed.events(), System.nanoTime() - start, Double.doubleToLongBits(drawn));
  }
}
