package io.liqmap.gateway.feed;

import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.feed.FeedEncoder;
import io.liqmap.engine.feed.FeedEvent;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.ControlledMessageHandler;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The venues' frames as one live feed: gives each a time of receipt that rises over all venues,
 * records it, and decodes it. One thread, the engine's caller, but for {@link #end}.
 */
public final class VenueFeed implements BlockSource {
  private static final long WAIT_NANOS = 10_000_000;
  private static final int FULL_BLOCK = 1 << 16;
  private static final int FIRST_ROOM = 1 << 18;

  private final FrameQueue queue;
  private final LongSupplier nanoTime;
  private final LongConsumer afterBlock;
  private final EventSequence events = new EventSequence(this::write);
  private final FeedEncoder encoder = new FeedEncoder();
  private final UnsafeBuffer block = new UnsafeBuffer(new byte[FIRST_ROOM]);
  private final ControlledMessageHandler reading = this::take;
  private final IdleStrategy idle = new BackoffIdleStrategy(100, 10, 1_000, 100_000);
  private FrameOrigin[] origins = new FrameOrigin[0];
  private byte[] frame = new byte[1 << 16];
  private int length;
  private long lastTime;
  private volatile boolean isEnded;

  /**
   * Makes a feed.
   *
   * @param nanoTime a clock that never goes back, for waits
   * @param afterBlock gets the last time of receipt after each block: recordings are written then
   */
  public VenueFeed(
      final FrameQueue queue, final LongSupplier nanoTime, final LongConsumer afterBlock) {
    this.queue = queue;
    this.nanoTime = nanoTime;
    this.afterBlock = afterBlock;
  }

  /** Numbers the events of its venues. */
  public EventSequence events() {
    return events;
  }

  /** Ends the feed once the queue is empty. Any thread. */
  public void end() {
    isEnded = true;
  }

  @Override
  public boolean continueAfter(final long sequence) {
    events.continueAfter(sequence);
    return true;
  }

  @Override
  public boolean nextBlock() {
    length = 0;
    final boolean isLast = isEnded;
    if (queue.read(reading) == 0 && isLast) {
      return false;
    }
    if (length == 0 && !isLast) {
      await();
    }
    afterBlock.accept(lastTime);
    return true;
  }

  private void await() {
    final long began = nanoTime.getAsLong();
    idle.reset();
    do {
      idle.idle(queue.read(reading));
    } while (length == 0 && !isEnded && nanoTime.getAsLong() - began < WAIT_NANOS);
  }

  private ControlledMessageHandler.Action take(
      final int type, final MutableDirectBuffer from, final int index, final int size) {
    final FrameOrigin origin = origin(from.getInt(index + FrameQueue.ORIGIN));
    final long time = Math.max(lastTime + 1, from.getLong(index + FrameQueue.STAMP));
    lastTime = time;
    final int count = size - FrameQueue.BYTES;
    if (count > frame.length) {
      frame = new byte[2 * count];
    }
    from.getBytes(index + FrameQueue.BYTES, frame, 0, count);
    switch (type) {
      case FrameQueue.FRAME -> {
        origin.tape().frame(time, frame, 0, count);
        origin.input().frame(frame, 0, count, time, origin.streams(), origin.control());
      }
      case FrameQueue.START -> {
        origin.tape().start(time);
        origin.input().start(time);
      }
      case FrameQueue.OPENED -> origin.tape().opened(time, origin.connection());
      default -> {
        origin
            .tape()
            .lost(time, origin.connection(), new String(frame, 0, count, StandardCharsets.UTF_8));
        origin.input().lost(origin.connection(), time);
      }
    }
    return length < FULL_BLOCK
        ? ControlledMessageHandler.Action.CONTINUE
        : ControlledMessageHandler.Action.BREAK;
  }

  private FrameOrigin origin(final int number) {
    if (number >= origins.length) {
      final FrameOrigin[] all = new FrameOrigin[queue.origins()];
      for (int i = 0; i < all.length; i++) {
        all[i] = queue.origin(i);
      }
      origins = all;
    }
    return origins[number];
  }

  private void write(final FeedEvent event) {
    if (length + FeedEncoder.MAX_FRAME_LENGTH > block.capacity()) {
      final byte[] larger = new byte[block.capacity() * 2];
      block.getBytes(0, larger, 0, length);
      block.wrap(larger);
    }
    length += encoder.encode(event, block, length);
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

  @Override
  public String name() {
    return "the venues' feed";
  }
}
