package io.liqmap.gateway.feed;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.ControlledMessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * Raw frames on their way from the sockets' threads to the feed's. Bounded: a socket whose frame
 * finds no room waits, and its venue with it.
 */
public final class FrameQueue {
  private static final int CAPACITY = 1 << 25;

  /** A frame of a connection, or an answer. */
  static final int FRAME = 1;

  /** A session of a venue begins. */
  static final int START = 2;

  static final int OPENED = 3;
  static final int LOST = 4;

  static final int STAMP = 0;
  static final int ORIGIN = 8;
  static final int BYTES = 12;

  /** Largest frame, bytes. */
  public static final int MAX_FRAME = CAPACITY / 8 - 64;

  private static final long WAIT_NANOS = 50_000;

  private final ManyToOneRingBuffer ring;
  private FrameOrigin[] origins = new FrameOrigin[16];
  private int count;

  /** Makes a queue with room for the largest frames. */
  public FrameQueue() {
    this(CAPACITY);
  }

  /**
   * Makes a queue.
   *
   * @param capacity bytes that it holds, a power of two; a frame is an eighth at most
   */
  public FrameQueue(final int capacity) {
    ring =
        new ManyToOneRingBuffer(
            new UnsafeBuffer(
                BufferUtil.allocateDirectAligned(
                    capacity + RingBufferDescriptor.TRAILER_LENGTH, BitUtil.CACHE_LINE_LENGTH)));
  }

  /** Adds an origin; returns its number. Any thread. */
  public synchronized int add(final FrameOrigin origin) {
    if (count == origins.length) {
      origins = Arrays.copyOf(origins, count * 2);
    }
    origins[count] = origin;
    return count++;
  }

  synchronized FrameOrigin origin(final int number) {
    return origins[number];
  }

  synchronized int origins() {
    return count;
  }

  /**
   * Adds a frame, waiting for room. Any thread.
   *
   * @param stamp when it was received, ns since 1970
   * @param isOver ends the wait
   * @return false if the wait was ended
   */
  public boolean frame(
      final int origin,
      final long stamp,
      final byte[] bytes,
      final int length,
      final BooleanSupplier isOver) {
    while (!offer(FRAME, origin, stamp, bytes, length)) {
      if (isOver.getAsBoolean()) {
        return false;
      }
      LockSupport.parkNanos(WAIT_NANOS);
    }
    return true;
  }

  /** Begins a venue's session; false if there is no room. Any thread. */
  public boolean start(final int origin, final long stamp) {
    return offer(START, origin, stamp, new byte[0], 0);
  }

  /** A connection was opened; false if there is no room. Any thread. */
  public boolean opened(final int origin, final long stamp) {
    return offer(OPENED, origin, stamp, new byte[0], 0);
  }

  /** A connection was lost; false if there is no room. Any thread. */
  public boolean lost(final int origin, final long stamp, final String reason) {
    final byte[] bytes = reason.getBytes(StandardCharsets.UTF_8);
    return offer(LOST, origin, stamp, bytes, bytes.length);
  }

  private boolean offer(
      final int type, final int origin, final long stamp, final byte[] bytes, final int length) {
    final int at = ring.tryClaim(type, BYTES + length);
    if (at < 0) {
      return false;
    }
    ring.buffer().putLong(at + STAMP, stamp);
    ring.buffer().putInt(at + ORIGIN, origin);
    ring.buffer().putBytes(at + BYTES, bytes, 0, length);
    ring.commit(at);
    return true;
  }

  /** Whether the feed is far behind the sockets. Any thread. */
  public boolean isBehind() {
    return ring.size() > ring.capacity() / 2;
  }

  /** Reads what there is, until the handler breaks. The feed's thread. */
  int read(final ControlledMessageHandler handler) {
    return ring.controlledRead(handler);
  }
}
