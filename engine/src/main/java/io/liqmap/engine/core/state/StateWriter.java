package io.liqmap.engine.core.state;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.UnsafeApi;

/**
 * Writes state as little-endian longs into a buffer that may grow. One thread; allocates only when
 * the buffer grows.
 */
public final class StateWriter {
  private static final boolean IS_LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

  private final MutableDirectBuffer buffer;

  /** Takes the large pieces; null where they are written. */
  private final StateCopy copy;

  /** Where the buffer's bytes are: a snapshot holds up the map, so it isn't asked for each long. */
  private byte[] array;

  private long address;
  private int room;
  private int position;

  /** Writes from the start of an expandable buffer. */
  public StateWriter(final MutableDirectBuffer buffer) {
    this(buffer, null);
  }

  StateWriter(final MutableDirectBuffer buffer, final StateCopy copy) {
    this.buffer = buffer;
    this.copy = copy;
    locate();
  }

  private void locate() {
    array = buffer.byteArray();
    address = buffer.addressOffset();
    room = buffer.capacity() - Long.BYTES;
  }

  /** Goes back to the start. */
  public void reset() {
    position = 0;
  }

  /** Goes to a multiple of 8 that the buffer has room for. */
  public void moveTo(final int newPosition) {
    position = newPosition;
  }

  /** Appends a large piece, or copies it to be encoded later. */
  public void put(final LargePiece piece) {
    if (copy == null) {
      piece.encode(this);
    } else {
      copy.add(piece);
    }
  }

  /** Appends a whole number. */
  public void putLong(final long value) {
    if (position > room) {
      buffer.putLong(position, 0);
      locate();
    }
    UnsafeApi.putLong(array, address + position, IS_LITTLE ? value : Long.reverseBytes(value));
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
    skip(length);
  }

  /** Bytes written so far, a multiple of 8. */
  public int position() {
    return position;
  }

  /** Accepts bytes that were put into the buffer from the outside. */
  public void skip(final int bytes) {
    position += bytes;
    locate();
  }

  public MutableDirectBuffer buffer() {
    return buffer;
  }
}
