package io.liqmap.engine.feed;

import io.liqmap.codecs.feed.MessageHeaderDecoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A block of frames from several writers. Renumbers sequences, keeping each writer's own gaps and
 * repeats; what is malformed becomes a frame that the adapter counts as one of the wrong length.
 * One thread; allocates nothing once made.
 */
public final class WriterFrames {
  /** Writers have numbers from 1 to this. */
  public static final int MAX_WRITERS = 1023;

  /** Most bytes that a writer adds at once. */
  public static final int MAX_LENGTH = 1 << 16;

  private static final int BLOCK_OFFSET = Frame.HEADER_LENGTH + MessageHeaderDecoder.ENCODED_LENGTH;

  private final UnsafeBuffer block =
      new UnsafeBuffer(ByteBuffer.allocateDirect(2 * MAX_LENGTH + Frame.HEADER_LENGTH));
  private final FrameCursor frame = new FrameCursor();
  private final SourceSequence[] writers = new SourceSequence[MAX_WRITERS + 1];
  private long lastSequence;
  private int length;
  private boolean isComplete;

  /** Makes an empty block of writers that are all at their start. */
  public WriterFrames() {
    for (int writer = 1; writer <= MAX_WRITERS; writer++) {
      writers[writer] = new SourceSequence();
    }
  }

  /** Gives the next message the sequence behind this one. */
  public void continueAfter(final long sequence) {
    lastSequence = sequence;
  }

  /** Begins the next block. */
  public void clear() {
    length = 0;
    isComplete = false;
  }

  /** Whether the block takes more frames. */
  public boolean hasRoom() {
    return !isComplete && length <= MAX_LENGTH;
  }

  /**
   * Copies the frames of a writer's message; there is room.
   *
   * @param writer its number
   */
  public void add(final int writer, final DirectBuffer from, final int offset, final int bytes) {
    if (writer < 1 || writer > MAX_WRITERS || bytes > MAX_LENGTH) {
      malformed(length);
      return;
    }
    block.putBytes(length, from, offset, bytes);
    // The copy is checked: the writer may still write to the original.
    frame.wrap(block, length, bytes);
    while (frame.next()) {
      if (!frame.isWhole()) {
        malformed(frame.start());
        return;
      }
      if (frame.hasSequenceAndTime()) {
        renumber(writers[writer]);
      }
    }
    final int end = length + bytes;
    length = BitUtil.align(end, Frame.ALIGNMENT);
    block.setMemory(end, length - end, (byte) 0);
  }

  private void renumber(final SourceSequence writer) {
    final long step = writer.step(frame.sequence());
    block.putLong(
        frame.start() + BLOCK_OFFSET,
        SourceSequence.of(lastSequence, step),
        ByteOrder.LITTLE_ENDIAN);
    lastSequence = SourceSequence.after(lastSequence, step);
  }

  /** A frame without a message reaches to the end of its block, so it is the last. */
  private void malformed(final int at) {
    block.putLong(at, 0);
    length = at + Frame.HEADER_LENGTH;
    isComplete = true;
  }

  /** Holds the frames, from its start. */
  public DirectBuffer buffer() {
    return block;
  }

  /** Bytes of the frames. */
  public int length() {
    return length;
  }
}
