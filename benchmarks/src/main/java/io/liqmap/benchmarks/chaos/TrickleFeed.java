package io.liqmap.benchmarks.chaos;

import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.feed.FrameCursor;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;

/**
 * Sends a feed in random batches at a mean rate; journaled messages are sent at once. One thread.
 */
final class TrickleFeed implements BlockSource {
  private static final int MOST_MESSAGES = 128;
  private static final long SECOND = 1_000_000_000L;

  private final BlockSource source;
  private final double nanosPerMessage;
  private final SplittableRandom random;
  private final FrameCursor frames = new FrameCursor();
  private long held;
  private long due = System.nanoTime();
  private int offset;
  private int length;
  private boolean hasFrame;
  private volatile boolean hasEnded;

  /** The rate is in messages a second. */
  TrickleFeed(final BlockSource source, final double rate, final long seed) {
    this.source = source;
    nanosPerMessage = SECOND / rate;
    random = new SplittableRandom(seed);
  }

  /** Sends messages up to this sequence at once. */
  void sendAtOnceTo(final long sequence) {
    held = sequence;
  }

  @Override
  public boolean nextBlock() throws IOException {
    offset += length;
    length = 0;
    while (!hasFrame) {
      if (!source.nextBlock()) {
        hasEnded = true;
        return false;
      }
      offset = source.offset();
      frames.wrap(source.buffer(), offset, source.length());
      hasFrame = frames.next();
    }
    final boolean isHeld = frames.isNumbered() && frames.sequence() <= held;
    final int most = 1 + random.nextInt(MOST_MESSAGES);
    int messages = 0;
    while (messages < most && hasFrame) {
      length = frames.end() - offset;
      hasFrame = frames.next();
      messages++;
    }
    if (!isHeld) {
      await(messages);
    }
    return true;
  }

  private void await(final int messages) {
    final long now = System.nanoTime();
    // Time lost in a pause isn't made up for.
    due = Math.max(due, now - SECOND / 10) + (long) (messages * nanosPerMessage);
    if (due > now) {
      LockSupport.parkNanos(due - now);
    }
  }

  boolean hasEnded() {
    return hasEnded;
  }

  @Override
  public boolean restart() throws IOException {
    offset = 0;
    length = 0;
    hasFrame = false;
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
