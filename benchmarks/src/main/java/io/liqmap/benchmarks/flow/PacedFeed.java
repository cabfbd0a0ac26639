package io.liqmap.benchmarks.flow;

import io.liqmap.engine.feed.BlockSource;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Hands out a prepared flow at a fixed rate, whether or not anybody keeps up: an event that is sent
 * late counts from when it should have been sent. While it waits, it lets somebody look what has
 * arrived.
 */
public final class PacedFeed implements BlockSource {
  private static final int BATCH = 256;
  private static final int LENGTH_FIELD = 8;
  private static final long PATIENCE = 1_000_000_000L;

  /** Somebody who looks for what has arrived. */
  public interface Watch {
    /** Nobody looks. */
    Watch NOBODY =
        new Watch() {
          @Override
          public void look() {
            // Nobody looks.
          }

          @Override
          public long last() {
            return Long.MAX_VALUE;
          }
        };

    /** Looks once. */
    void look();

    /** Sequence of the last event that was seen. */
    long last();
  }

  private final PreparedFeed feed;
  private final double intervalNanos;
  private final Watch watch;
  private UnsafeBuffer block;
  private int offset;
  private int length;
  private int count;
  private int left;
  private long sent;
  private long start;

  /**
   * Paces a flow from its first block.
   *
   * @param perSecond events, above 0
   * @param watch is asked while there is nothing to send
   */
  public PacedFeed(final PreparedFeed feed, final double perSecond, final Watch watch) {
    this.feed = feed.rewind();
    this.watch = watch;
    intervalNanos = 1e9 / perSecond;
  }

  /** When an event should have been sent, on the clock of {@link System#nanoTime}. */
  public long intended(final long sequence) {
    return start + (long) ((sequence - 1) * intervalNanos);
  }

  @Override
  public boolean nextBlock() {
    offset += length;
    length = 0;
    count = 0;
    if (left == 0) {
      if (!feed.nextBlock()) {
        return false;
      }
      block = feed.buffer();
      left = feed.blockEvents();
      offset = 0;
    }
    if (start == 0) {
      start = System.nanoTime();
    }
    watch.look();
    long now = System.nanoTime();
    while (now < intended(sent + 1)) {
      watch.look();
      now = System.nanoTime();
    }
    while (count < BATCH && left > 0 && intended(sent + 1) <= now) {
      final int frame = offset + length;
      length += LENGTH_FIELD + (block.getInt(frame, ByteOrder.LITTLE_ENDIAN) + 7 & -8);
      left--;
      sent++;
      count++;
    }
    return true;
  }

  /** Looks for what still has to arrive, for a second at most. */
  public void awaitLast() {
    final long end = System.nanoTime() + PATIENCE;
    while (watch.last() < sent && System.nanoTime() < end) {
      watch.look();
    }
  }

  /** Events in hand. */
  public int count() {
    return count;
  }

  @Override
  public DirectBuffer buffer() {
    return block;
  }

  @Override
  public int offset() {
    return offset;
  }

  @Override
  public int length() {
    return length;
  }
}
