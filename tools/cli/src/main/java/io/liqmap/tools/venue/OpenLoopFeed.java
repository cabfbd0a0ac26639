package io.liqmap.tools.venue;

import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.feed.FeedEncoder;
import io.liqmap.engine.feed.FeedEvent;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Hands out prepared messages at a fixed rate, whether or not the engine keeps up, each stamped
 * with the time at which it was meant to be sent: a late one counts as late.
 */
public final class OpenLoopFeed implements BlockSource {
  private static final int BATCH = 256;
  private static final int FRAME_TO_RECEIVE_TIME = 32;
  private static final int FRAME_LENGTH = 8;

  private final UnsafeBuffer frames;
  private final FeedEncoder encoder = new FeedEncoder();
  private final long intervalNanos;
  private final long epochOffset;
  private int length;
  private int offset;
  private int blockLength;
  private long sent;
  private long startNanos;

  /**
   * Makes room for messages.
   *
   * @param capacity messages at most
   * @param perSecond rate, above 0
   */
  public OpenLoopFeed(final int capacity, final int perSecond) {
    frames = new UnsafeBuffer(ByteBuffer.allocateDirect(capacity * FeedEncoder.MAX_FRAME_LENGTH));
    intervalNanos = 1_000_000_000L / perSecond;
    epochOffset = System.currentTimeMillis() * 1_000_000L - System.nanoTime();
  }

  /** Adds a message. */
  public void add(final FeedEvent event) {
    length += encoder.encode(event, frames, length);
  }

  /** Time of now on the clock that stamps the messages, ns since 1970. */
  public long now() {
    return epochOffset + System.nanoTime();
  }

  @Override
  @SuppressWarnings("ThreadPriorityCheck") // On two processors the map and the journal need theirs.
  public boolean nextBlock() {
    offset += blockLength;
    blockLength = 0;
    if (offset >= length) {
      return false;
    }
    if (startNanos == 0) {
      startNanos = System.nanoTime();
    }
    while (System.nanoTime() - startNanos < sent * intervalNanos) {
      Thread.yield();
    }
    final long due = (System.nanoTime() - startNanos) / intervalNanos;
    for (int i = 0; i < BATCH && sent <= due && offset + blockLength < length; i++) {
      final int frame = offset + blockLength;
      final long intended = epochOffset + startNanos + sent * intervalNanos;
      frames.putLong(frame + FRAME_TO_RECEIVE_TIME, intended, ByteOrder.LITTLE_ENDIAN);
      blockLength += FRAME_LENGTH + ((frames.getInt(frame, ByteOrder.LITTLE_ENDIAN) + 7) & -8);
      sent++;
    }
    return true;
  }

  @Override
  public DirectBuffer buffer() {
    return frames;
  }

  @Override
  public int offset() {
    return offset;
  }

  @Override
  public int length() {
    return blockLength;
  }
}
