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
   * Reads the next whole number.
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
   * Reads the next whole number.
   *
   * @throws IllegalStateException if it is out of range, or the region has ended
   */
  public long getLong(final long min, final long max) {
    final long value = getLong();
    if (value < min || value > max) {
      throw outOfRange(Long.toString(value), Long.toString(min), Long.toString(max));
    }
    return value;
  }

  /**
   * Reads the next whole number.
   *
   * @throws IllegalStateException if it is out of range, or the region has ended
   */
  public int getInt(final int min, final int max) {
    return (int) getLong(min, max);
  }

  /**
   * Reads the next double.
   *
   * @throws IllegalStateException if the region has ended
   */
  public double getDouble() {
    return Double.longBitsToDouble(getLong());
  }

  /**
   * Reads the next double.
   *
   * @throws IllegalStateException if it is out of range or NaN, or the region has ended
   */
  public double getDouble(final double min, final double max) {
    final double value = getDouble();
    if (!(value >= min && value <= max)) {
      throw outOfRange(Double.toString(value), Double.toString(min), Double.toString(max));
    }
    return value;
  }

  private IllegalStateException outOfRange(final String value, final String min, final String max) {
    return new IllegalStateException(
        "the state has "
            + value
            + " at byte "
            + (position - Long.BYTES)
            + ", where only "
            + min
            + " to "
            + max
            + " is valid");
  }

  /** Offset of the next value. */
  public int position() {
    return position;
  }

  /** Skips bytes. */
  public void skip(final int bytes) {
    position += bytes;
  }

  public int remaining() {
    return limit - position;
  }

  public DirectBuffer buffer() {
    return buffer;
  }
}
