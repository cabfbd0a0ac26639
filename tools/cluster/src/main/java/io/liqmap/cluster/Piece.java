package io.liqmap.cluster;

import io.liqmap.cluster.protocol.ApplyFramesEncoder;
import io.liqmap.cluster.protocol.MessageHeaderEncoder;
import io.liqmap.engine.feed.FrameCursor;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/** Frames of a session as a command, kept until it is acknowledged. Reused. One thread. */
final class Piece {
  /** Frames of a command, in bytes, where one frame isn't longer. */
  static final int BYTES = 16 << 10;

  private static final int FRAMES =
      MessageHeaderEncoder.ENCODED_LENGTH
          + ApplyFramesEncoder.BLOCK_LENGTH
          + ApplyFramesEncoder.framesHeaderLength();

  private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(64 << 10);
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final ApplyFramesEncoder command = new ApplyFramesEncoder();
  private long first;
  private int count;
  private int end;

  /** Starts an empty one. */
  void begin(final long firstFrame) {
    first = firstFrame;
    count = 0;
    end = FRAMES;
  }

  /**
   * Adds a frame.
   *
   * @param shift to be taken off its sequence; not 0 only for a numbered message
   */
  void add(final DirectBuffer block, final int offset, final int length, final long shift) {
    buffer.putBytes(end, block, offset, length);
    if (shift != 0) {
      buffer.putLong(
          end + FrameCursor.SEQUENCE_OFFSET,
          FrameCursor.sequence(buffer, end) - shift,
          ByteOrder.LITTLE_ENDIAN);
    }
    end += length;
    count++;
  }

  /** Writes the command before the frames. */
  void finish(final long session) {
    command.wrapAndApplyHeader(buffer, 0, header).session(session).first(first).frameCount(count);
    buffer.putInt(
        FRAMES - ApplyFramesEncoder.framesHeaderLength(), end - FRAMES, ByteOrder.LITTLE_ENDIAN);
  }

  DirectBuffer buffer() {
    return buffer;
  }

  /** Bytes of the command. */
  int length() {
    return end;
  }

  int framesOffset() {
    return FRAMES;
  }

  int framesLength() {
    return end - FRAMES;
  }

  /** Frames of the session up to and with these. */
  long next() {
    return first + count;
  }

  int count() {
    return count;
  }

  /** Whether it has frames enough for a command. */
  boolean isFull() {
    return framesLength() >= BYTES;
  }

  boolean isEmpty() {
    return count == 0;
  }
}
