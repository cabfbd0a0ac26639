package io.liqmap.benchmarks;

import io.liqmap.engine.feed.BlockSource;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Hands out a prepared flow at a fixed rate, whether or not anybody keeps up: an event that is sent
 * late counts from when it should have been sent. While it waits, it looks what has arrived.
 */
final class PacedFeed implements BlockSource {
  private static final int BATCH = 256;
  private static final int LENGTH_FIELD = 8;

  private final PreparedFeed feed;
  private final double intervalNanos;
  private final Arrivals arrivals;
  private UnsafeBuffer block;
  private int offset;
  private int length;
  private int left;
  private long sent;
  private long start;

  /**
   * Paces a flow from its first block.
   *
   * @param perSecond events, above 0
   * @param arrivals is asked while there is nothing to send
   */
  PacedFeed(final PreparedFeed feed, final double perSecond, final Arrivals arrivals) {
    this.feed = feed.rewind();
    this.arrivals = arrivals;
    intervalNanos = 1e9 / perSecond;
  }

  /** When an event should have been sent, on the clock of {@link System#nanoTime}. */
  long intended(final long sequence) {
    return start + (long) ((sequence - 1) * intervalNanos);
  }

  @Override
  public boolean nextBlock() {
    offset += length;
    length = 0;
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
    long now = System.nanoTime();
    arrivals.look();
    while (now < intended(sent + 1)) {
      arrivals.look();
      now = System.nanoTime();
    }
    for (int i = 0; i < BATCH && left > 0 && intended(sent + 1) <= now; i++) {
      final int frame = offset + length;
      length += LENGTH_FIELD + (block.getInt(frame, ByteOrder.LITTLE_ENDIAN) + 7 & -8);
      left--;
      sent++;
    }
    return true;
  }

  /** Looks for what still has to arrive, for a second at most. */
  void awaitLast() {
    final long end = System.nanoTime() + 1_000_000_000L;
    while (arrivals.last() < sent && System.nanoTime() < end) {
      arrivals.look();
    }
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
