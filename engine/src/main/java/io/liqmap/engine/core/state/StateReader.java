package io.liqmap.engine.core.state;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/** Reads what a {@link StateWriter} wrote. One thread. */
public final class StateReader {
  private final DirectBuffer buffer;
  private final int limit;
  private int position;

  /** Reads a region. */
  public StateReader(final DirectBuffer buffer, final int offset, final int length) {
    this.buffer = buffer;
    this.position = offset;
    this.limit = offset + length;
  }

  /**
   * Takes the next whole number.
   *
   * @throws IllegalStateException if the region has ended
   */
  public long getLong() {
    if (limit - position < Long.BYTES) {
      throw new IllegalStateException("the state ends too early, at byte " + position);
    }
    final long value = buffer.getLong(position, ByteOrder.LITTLE_ENDIAN);
    position += Long.BYTES;
    return value;
  }

  /**
   * Takes the next whole number, which has to lie in a range.
   *
   * @throws IllegalStateException if it doesn't, or the region has ended
   */
  public int getInt(final int min, final int max) {
    final long value = getLong();
    if (value < min || value > max) {
      throw new IllegalStateException(
          "the state has "
              + value
              + " where "
              + min
              + " to "
              + max
              + " can stand, at byte "
              + (position - 8));
    }
    return (int) value;
  }

  /** Takes the next double. */
  public double getDouble() {
    return Double.longBitsToDouble(getLong());
  }

  /** Where the next value stands. */
  public int position() {
    return position;
  }

  /** Passes bytes by. */
  public void skip(final int bytes) {
    position += bytes;
  }

  /** Bytes that are left. */
  public int remaining() {
    return limit - position;
  }

  /** The buffer. */
  public DirectBuffer buffer() {
    return buffer;
  }
}
