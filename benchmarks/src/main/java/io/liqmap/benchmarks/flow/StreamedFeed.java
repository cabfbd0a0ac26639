package io.liqmap.benchmarks.flow;

import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.feed.FeedEncoder;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.pipeline.MarketFlow;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A flow made block by block while it is read, however long, with the time that this takes. */
public final class StreamedFeed implements BlockSource {
  public static final int BLOCK_EVENTS = 1024;

  private final MarketFlow flow;
  private final FeedEncoder encoder = new FeedEncoder();
  private final FeedEvent event = new FeedEvent();
  private final UnsafeBuffer block =
      new UnsafeBuffer(ByteBuffer.allocateDirect(BLOCK_EVENTS * FeedEncoder.MAX_FRAME_LENGTH));
  private long left;
  private int length;
  private long nanos;

  public StreamedFeed(final MarketFlow flow, final long events) {
    this.flow = flow;
    left = events;
  }

  @Override
  public boolean nextBlock() {
    final long start = System.nanoTime();
    length = 0;
    final int count = (int) Math.min(left, BLOCK_EVENTS);
    for (int i = 0; i < count; i++) {
      flow.next(event);
      length += encoder.encode(event, block, length);
    }
    left -= count;
    nanos += System.nanoTime() - start;
    return count > 0;
  }

  /** Time that making the events cost, to be subtracted. */
  public long nanos() {
    return nanos;
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
