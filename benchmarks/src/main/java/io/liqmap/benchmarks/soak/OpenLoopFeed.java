package io.liqmap.benchmarks.soak;

import io.liqmap.benchmarks.flow.MarketFlow;
import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.feed.FeedEncoder;
import io.liqmap.engine.feed.FeedEvent;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes a flow's events as they are due and hands them out at a fixed rate, whether or not anybody
 * keeps up; sleeps in between. One thread.
 */
final class OpenLoopFeed implements BlockSource {
  private static final int BATCH = 256;
  private static final long NAP = 500_000;

  private final MarketFlow flow;
  private final SendTimes times;
  private final long events;
  private final FeedEncoder encoder = new FeedEncoder();
  private final FeedEvent event = new FeedEvent();
  private final UnsafeBuffer block =
      new UnsafeBuffer(ByteBuffer.allocateDirect(BATCH * FeedEncoder.MAX_FRAME_LENGTH));
  private long sent;
  private int length;

  OpenLoopFeed(final MarketFlow flow, final SendTimes times, final long events) {
    this.flow = flow;
    this.times = times;
    this.events = events;
  }

  @Override
  public boolean nextBlock() {
    length = 0;
    if (sent == events) {
      return false;
    }
    while (System.nanoTime() < times.of(sent + 1)) {
      LockSupport.parkNanos(NAP);
    }
    final long now = System.nanoTime();
    for (int i = 0; i < BATCH && sent < events && times.of(sent + 1) <= now; i++) {
      flow.next(event);
      length += encoder.encode(event, block, length);
      sent++;
    }
    return true;
  }

  @Override
  public DirectBuffer buffer() {
    return block;
  }

  @Override
  public int offset() {
    return 0;
  }

  @Override
  public int length() {
    return length;
  }
}
