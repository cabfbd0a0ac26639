package io.liqmap.benchmarks.chaos;

import io.liqmap.engine.feed.BlockSource;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;

/**
 * Hands out a feed in pieces of some messages at a mean rate; what the journal holds comes at once.
 * One thread.
 */
final class TrickleFeed implements BlockSource {
  private static final int MOST_MESSAGES = 128;
  private static final int FRAME_HEADER = 8;
  private static final int SEQUENCE_AT = FRAME_HEADER + 8;
  private static final long SECOND = 1_000_000_000L;

  private final BlockSource source;
  private final double nanosPerMessage;
  private final SplittableRandom random;
  private long held;
  private long due = System.nanoTime();
  private int offset;
  private int length;
  private int end;
  private volatile boolean hasEnded;

  /**
   * Makes a trickle.
   *
   * @param rate messages a second
   */
  TrickleFeed(final BlockSource source, final double rate, final long seed) {
    this.source = source;
    nanosPerMessage = SECOND / rate;
    random = new SplittableRandom(seed);
  }

  /** Messages up to this sequence aren't held up. */
  void heldTo(final long sequence) {
    held = sequence;
  }

  @Override
  public boolean nextBlock() throws IOException {
    offset += length;
    length = 0;
    if (offset >= end) {
      if (!source.nextBlock()) {
        hasEnded = true;
        return false;
      }
      offset = source.offset();
      end = offset + source.length();
    }
    final int most = 1 + random.nextInt(MOST_MESSAGES);
    int messages = 0;
    while (messages < most && offset + length < end) {
      length += frameLength(offset + length);
      messages++;
    }
    if (sequence() > held) {
      await(messages);
    }
    return true;
  }

  private int frameLength(final int at) {
    return (source.buffer().getInt(at, ByteOrder.LITTLE_ENDIAN) + FRAME_HEADER + 7) & -8;
  }

  private long sequence() {
    return source.buffer().getLong(offset + SEQUENCE_AT, ByteOrder.LITTLE_ENDIAN);
  }

  private void await(final int messages) {
    final long now = System.nanoTime();
    // Time that was lost in a pause isn't made up for.
    due = Math.max(due, now - SECOND / 10) + (long) (messages * nanosPerMessage);
    if (due > now) {
      LockSupport.parkNanos(due - now);
    }
  }

  /** Whether all of it was handed out. */
  boolean hasEnded() {
    return hasEnded;
  }

  @Override
  public boolean restart() throws IOException {
    offset = 0;
    length = 0;
    end = 0;
    return source.restart();
  }

  @Override
  public DirectBuffer buffer() {
    return source.buffer();
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
