package io.liqmap.engine.shared.events;

import java.lang.invoke.VarHandle;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.broadcast.BroadcastBufferDescriptor;
import org.agrona.concurrent.broadcast.RecordDescriptor;

/**
 * Reads what Agrona's {@code BroadcastTransmitter} writes.
 *
 * <p>Agrona's own receiver advances by the length of a record that may have been overwritten since:
 * it can end up between records, or ahead of the writer, and accept what it finds there. This one
 * copies a record first and validates that it wasn't overwritten meanwhile. One thread; allocates
 * nothing.
 */
final class BroadcastReader {
  private final UnsafeBuffer buffer;
  private final int capacity;
  private final int tailIntent;
  private final int tail;
  private final int latest;
  private long next;
  private long lapped;

  /** Joins: the newest record comes first. */
  BroadcastReader(final UnsafeBuffer buffer) {
    this.buffer = buffer;
    capacity = buffer.capacity() - BroadcastBufferDescriptor.TRAILER_LENGTH;
    BroadcastBufferDescriptor.checkCapacity(capacity);
    buffer.verifyAlignment();
    tailIntent = capacity + BroadcastBufferDescriptor.TAIL_INTENT_COUNTER_OFFSET;
    tail = capacity + BroadcastBufferDescriptor.TAIL_COUNTER_OFFSET;
    latest = capacity + BroadcastBufferDescriptor.LATEST_COUNTER_OFFSET;
    next = buffer.getLongVolatile(latest);
  }

  /**
   * Copies the next message.
   *
   * @return its length; 0 if there is none, or if it was overwritten meanwhile
   * @throws IllegalStateException if the record is one that no writer writes
   */
  int receive(final UnsafeBuffer to) {
    final long end = buffer.getLongVolatile(tail);
    if (end <= next) {
      return 0;
    }
    // Read after the tail: a writer moves the intent before the tail.
    if (buffer.getLongVolatile(tailIntent) < end) {
      throw new IllegalStateException(
          "the event stream is damaged: it ends at " + end + ", farther than its writer went");
    }
    if (isOverwritten()) {
      skip();
    }
    final int offset = (int) next & (capacity - 1);
    final int length = buffer.getInt(RecordDescriptor.lengthOffset(offset));
    if (buffer.getInt(RecordDescriptor.typeOffset(offset))
        == RecordDescriptor.PADDING_MSG_TYPE_ID) {
      // A record always follows, at the start of the ring.
      return advance(offset, length, offset > 0 && length == capacity - offset) ? receive(to) : 0;
    }
    final int bytes = length - RecordDescriptor.HEADER_LENGTH;
    final boolean isValid = bytes > 0 && bytes <= to.capacity() && length <= capacity - offset;
    if (isValid) {
      to.putBytes(0, buffer, RecordDescriptor.msgOffset(offset), bytes);
    }
    return advance(offset, length, isValid) ? bytes : 0;
  }

  /** Advances past a record, unless it was overwritten since it was read. */
  private boolean advance(final int offset, final int length, final boolean isValid) {
    VarHandle.acquireFence();
    if (isOverwritten()) {
      skip();
      return false;
    }
    if (!isValid) {
      throw new IllegalStateException(
          "the event stream is damaged: a record of " + length + " bytes at " + offset);
    }
    next += BitUtil.align(length, RecordDescriptor.RECORD_ALIGNMENT);
    return true;
  }

  private boolean isOverwritten() {
    return next + capacity <= buffer.getLongVolatile(tailIntent);
  }

  private void skip() {
    lapped++;
    next = buffer.getLongVolatile(latest);
  }

  /** How often it had to skip to the newest record. */
  long lapped() {
    return lapped;
  }
}
