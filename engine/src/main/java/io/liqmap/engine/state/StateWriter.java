package io.liqmap.engine.state;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Writes state as little-endian longs into a buffer that may grow. One thread; allocates only when
 * the buffer grows.
 */
public final class StateWriter {
  private final MutableDirectBuffer buffer;
  private int position;

  /** Writes from the start of an expandable buffer. */
  public StateWriter(final MutableDirectBuffer buffer) {
    this.buffer = buffer;
  }

  /** Goes back to the start. */
  public void reset() {
    position = 0;
  }

  /** Appends a whole number. */
  public void putLong(final long value) {
    buffer.putLong(position, value, ByteOrder.LITTLE_ENDIAN);
    position += Long.BYTES;
  }

  /** Appends a double, bit by bit. */
  public void putDouble(final double value) {
    putLong(Double.doubleToRawLongBits(value));
  }

  /** Sets a long that was written before. */
  public void patchLong(final int at, final long value) {
    buffer.putLong(at, value, ByteOrder.LITTLE_ENDIAN);
  }

  /** Appends state that another writer wrote, a multiple of 8 bytes. */
  public void putState(final DirectBuffer from, final int offset, final int length) {
    buffer.putBytes(position, from, offset, length);
    position += length;
  }

  /** Bytes written so far, a multiple of 8. */
  public int position() {
    return position;
  }

  /** Takes over bytes that were put into the buffer from the outside. */
  public void skip(final int bytes) {
    position += bytes;
  }

  /** The buffer. */
  public MutableDirectBuffer buffer() {
    return buffer;
  }
}
