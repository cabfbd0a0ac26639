package io.liqmap.engine.feed;

import java.nio.ByteOrder;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.UnsafeApi;

/**
 * Reads and writes bytes whose bounds are checked once for a message instead of once for a field:
 * the caller makes sure that a field lies within the region. One thread.
 */
final class Wire {
  private static final boolean IS_LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

  /** So that a padded length added to an index can't overflow. */
  private static final int MAX_END = Integer.MAX_VALUE - Frame.HEADER_LENGTH - Frame.ALIGNMENT;

  private byte[] array;
  private long address;

  /**
   * Sets the region; the caller keeps the buffer reachable, so that its memory isn't freed.
   *
   * @throws IndexOutOfBoundsException if it reaches beyond the buffer
   */
  void wrap(final DirectBuffer bytes, final int offset, final int length) {
    Objects.checkFromIndexSize(offset, length, Math.min(bytes.capacity(), MAX_END));
    array = bytes.byteArray();
    address = bytes.addressOffset();
  }

  /**
   * Sets the region of a message to write; an expandable buffer grows for it.
   *
   * @throws IndexOutOfBoundsException if there is none
   */
  void wrapRoom(final MutableDirectBuffer bytes, final int offset, final int length) {
    bytes.checkLimit(offset + length);
    wrap(bytes, offset, length);
  }

  void putLong(final int index, final long value) {
    UnsafeApi.putLong(array, address + index, IS_LITTLE ? value : Long.reverseBytes(value));
  }

  void putInt(final int index, final int value) {
    UnsafeApi.putInt(array, address + index, IS_LITTLE ? value : Integer.reverseBytes(value));
  }

  void putByte(final int index, final int value) {
    UnsafeApi.putByte(array, address + index, (byte) value);
  }

  long getLong(final int index) {
    final long bits = UnsafeApi.getLong(array, address + index);
    return IS_LITTLE ? bits : Long.reverseBytes(bits);
  }

  int getInt(final int index) {
    final int bits = UnsafeApi.getInt(array, address + index);
    return IS_LITTLE ? bits : Integer.reverseBytes(bits);
  }

  /** Copies bytes to another region. */
  void copy(final int index, final int length, final Wire to, final int toIndex) {
    UnsafeApi.copyMemory(array, address + index, to.array, to.address + toIndex, length);
  }

  byte getByte(final int index) {
    return UnsafeApi.getByte(array, address + index);
  }
}
