package io.liqmap.engine.feed;

import java.nio.ByteOrder;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.UnsafeApi;

/**
 * The bytes that are being decoded or encoded, whose bounds are checked once for a whole message
 * instead of once for each field.
 *
 * <p>Whoever reads or writes has made sure that the field lies within the region: nothing here
 * does. One thread.
 */
final class Wire {
  private static final boolean IS_LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

  /** So that a padded length added to an index can't overflow. */
  private static final int MAX_END = Integer.MAX_VALUE - Frame.HEADER_LENGTH - Frame.ALIGNMENT;

  private byte[] array;
  private long address;

  /**
   * Takes a region; the caller keeps hold of the buffer, so that its memory isn't freed.
   *
   * @throws IndexOutOfBoundsException if it reaches beyond the buffer
   */
  void wrap(final DirectBuffer bytes, final int offset, final int length) {
    Objects.checkFromIndexSize(offset, length, Math.min(bytes.capacity(), MAX_END));
    array = bytes.byteArray();
    address = bytes.addressOffset();
  }

  /**
   * Takes room for a message, which an expandable buffer makes.
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

  byte getByte(final int index) {
    return UnsafeApi.getByte(array, address + index);
  }
}
