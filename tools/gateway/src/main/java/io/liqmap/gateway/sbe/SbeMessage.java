package io.liqmap.gateway.sbe;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * A message's bytes and where its parts end. Positions are indexes in the buffer; a part that
 * reaches beyond the message ends at {@link #BEYOND}. The fields of a part that doesn't are read
 * without a further check. One thread.
 */
final class SbeMessage {
  static final int BEYOND = -1;

  private static final int HEADER_LENGTH = 8;

  private DirectBuffer buffer;
  private int block;
  private int end;
  private long header;

  /** Returns false if the region isn't one of the buffer, or has no room for a header. */
  boolean wrap(final DirectBuffer bytes, final int offset, final int length) {
    if (offset < 0 || length < HEADER_LENGTH || length > bytes.capacity() - offset) {
      return false;
    }
    buffer = bytes;
    block = offset + HEADER_LENGTH;
    end = offset + length;
    header = getLong(offset);
    return true;
  }

  int templateId() {
    return (int) (header >>> 16) & 0xFFFF;
  }

  int schemaId() {
    return (int) (header >>> 32) & 0xFFFF;
  }

  int block() {
    return block;
  }

  /** Where the block ends, which a newer version may have made longer than the known fields. */
  int blockEnd(final int knownLength) {
    final int length = (int) header & 0xFFFF;
    return length < knownLength ? BEYOND : partEnd(block, length);
  }

  /** Where a part ends that begins at an index of the message. */
  int partEnd(final int index, final long length) {
    return length > end - index ? BEYOND : index + (int) length;
  }

  /** Where text ends, its length byte included. */
  int textEnd(final int index) {
    return index == end ? BEYOND : partEnd(index, 1L + getUnsignedByte(index));
  }

  /** Whether the message ends as the schema says; a newer version may append to it. */
  boolean isEnd(final int index) {
    final boolean isNewer = header >>> 48 != 0;
    return index == end || (isNewer && index != BEYOND);
  }

  DirectBuffer buffer() {
    return buffer;
  }

  long getLong(final int index) {
    return buffer.getLong(index, ByteOrder.LITTLE_ENDIAN);
  }

  long getUnsignedInt(final int index) {
    return buffer.getInt(index, ByteOrder.LITTLE_ENDIAN) & 0xFFFF_FFFFL;
  }

  int getUnsignedShort(final int index) {
    return buffer.getShort(index, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
  }

  int getUnsignedByte(final int index) {
    return buffer.getByte(index) & 0xFF;
  }

  int getByte(final int index) {
    return buffer.getByte(index);
  }
}
