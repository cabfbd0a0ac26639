package io.liqmap.engine.pipeline;

import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.feed.FrameCursor;
import java.io.IOException;
import org.agrona.DirectBuffer;

/**
 * Sends the messages of a source at a fixed rate, open loop: a message is due at its time whether
 * or not the consumer keeps up, and counts from then. One thread, but for {@link #due}.
 */
public final class PacedSource implements BlockSource {
  private static final int BATCH = 256;

  private final BlockSource source;
  private final double intervalNanos;
  private final Runnable idle;
  private final FrameCursor frames = new FrameCursor();
  private boolean hasFrame;
  private long start;
  private int offset;
  private int length;
  private int count;
  private long sent;

  /**
   * Paces a source from the time of its first block.
   *
   * @param perSecond messages per second, above 0
   * @param idle runs before each block, and again until the next message is due
   */
  public PacedSource(final BlockSource source, final double perSecond, final Runnable idle) {
    this(source, perSecond, 0, idle);
  }

  /**
   * Paces a source from a given time.
   *
   * @param perSecond messages per second, above 0
   * @param startNanos when the first message is due, {@link System#nanoTime}
   * @param idle runs before each block, and again until the next message is due
   */
  public PacedSource(
      final BlockSource source,
      final double perSecond,
      final long startNanos,
      final Runnable idle) {
    this.source = source;
    this.idle = idle;
    intervalNanos = 1e9 / perSecond;
    start = startNanos;
  }

  /**
   * When a message is due, {@link System#nanoTime}; any thread that has seen the start.
   *
   * @param number of the message, from 1
   */
  public long due(final long number) {
    return start + (long) ((number - 1) * intervalNanos);
  }

  @Override
  public boolean nextBlock() throws IOException {
    offset += length;
    length = 0;
    count = 0;
    if (!hasFrame) {
      if (!source.nextBlock()) {
        return false;
      }
      offset = source.offset();
      frames.wrap(source.buffer(), offset, source.length());
      hasFrame = frames.next();
      if (!hasFrame) {
        return true;
      }
    }
    if (start == 0) {
      start = System.nanoTime();
    }
    long now;
    do {
      idle.run();
      now = System.nanoTime();
    } while (now < due(sent + 1));
    while (hasFrame && count < BATCH && due(sent + 1) <= now) {
      length = frames.end() - offset;
      hasFrame = frames.next();
      count++;
      sent++;
    }
    return true;
  }

  /** Messages of the block. */
  public int count() {
    return count;
  }

  /** Messages sent so far. */
  public long sent() {
    return sent;
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

  @Override
  public String name() {
    return source.name();
  }
}
