package io.liqmap.engine.feed;

import java.nio.ByteOrder;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;

/**
 * The bytes that are being decoded, whose bounds are checked once for a whole message instead of
 * once for each field.
 *
 * <p>Whoever reads has made sure that the field lies within the region: nothing here does. One
 * thread.
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
