package io.liqmap.engine.live;

import io.liqmap.engine.feed.WriterFrames;
import io.liqmap.engine.files.HeldFile;
import io.liqmap.engine.shared.SharedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * The file of a ring of messages, mapped.
 *
 * <pre>
 *     0  8 B    magic "LIQRING1"
 *     8  int32  version of this layout, 1
 *    12  int32  capacity of the ring, bytes, a power of two
 *    16  int64  0 while the engine reads, 1 when it has ended cleanly
 *    24  int32  most bytes of a message, 65,536
 *    28  …      zero
 *   128  Agrona's many-to-one ring: the records, then its trailer of 768 bytes
 * </pre>
 */
final class RingFile implements AutoCloseable {
  static final int MIN_CAPACITY = 1 << 20;
  static final int MAX_CAPACITY = 1 << 30;

  private static final SharedFile.Kind KIND =
      new SharedFile.Kind("feed ring", "LIQRING1", 1, length(MAX_CAPACITY));
  private static final int CAPACITY = 12;
  private static final int ENDED = 16;
  private static final int MAX_MESSAGE = 24;

  private final UnsafeBuffer header;
  private final UnsafeBuffer ring;
  private final SharedFile file;

  private RingFile(final ByteBuffer bytes, final SharedFile file) {
    header = new UnsafeBuffer(bytes, 0, SharedFile.HEADER_LENGTH);
    ring =
        new UnsafeBuffer(
            bytes, SharedFile.HEADER_LENGTH, bytes.capacity() - SharedFile.HEADER_LENGTH);
    this.file = file;
  }

  /** Makes a file in the place of one that a killed engine left. */
  static RingFile create(final Path file, final int capacity) throws IOException {
    if (!isCapacity(capacity)) {
      throw new IllegalArgumentException(
          "a feed ring has to hold a power of two of bytes, "
              + MIN_CAPACITY
              + " to "
              + MAX_CAPACITY
              + ", was "
              + capacity);
    }
    if (HeldFile.isHeld(file)) {
      throw new IOException(file + ": another engine reads this ring; stop it, or name another");
    }
    final SharedFile made = SharedFile.create(file, KIND);
    try {
      final ByteBuffer header =
          KIND.header().putInt(CAPACITY, capacity).putInt(MAX_MESSAGE, WriterFrames.MAX_LENGTH);
      final RingFile ring = new RingFile(made.map(header, length(capacity)), made);
      made.publish();
      return ring;
    } catch (final IOException | RuntimeException | Error e) {
      made.close();
      throw e;
    }
  }

  /**
   * Maps the ring of a running engine for writing.
   *
   * @throws IOException if it isn't there, is no ring, or no engine reads it, saying what is wrong
   */
  static RingFile open(final Path file) throws IOException {
    final SharedFile opened = SharedFile.openForWriting(file, KIND);
    try {
      final int capacity = opened.header().getInt(CAPACITY);
      final long length = opened.length();
      if (!isCapacity(capacity) || length(capacity) != length) {
        throw opened.refused("a feed ring of " + capacity + " bytes in a file of " + length);
      }
      if (!opened.isHeld()) {
        throw opened.refused("no engine reads this ring; start one, with --feed ring:" + file);
      }
      return new RingFile(opened.mapForWriting((int) length), opened);
    } catch (final IOException | RuntimeException | Error e) {
      opened.close();
      throw e;
    }
  }

  private static boolean isCapacity(final int capacity) {
    return capacity >= MIN_CAPACITY && capacity <= MAX_CAPACITY && Integer.bitCount(capacity) == 1;
  }

  private static int length(final int capacity) {
    return SharedFile.HEADER_LENGTH + capacity + RingBufferDescriptor.TRAILER_LENGTH;
  }

  UnsafeBuffer ring() {
    return ring;
  }

  void end() {
    header.putLongRelease(ENDED, 1);
  }

  boolean hasEnded() {
    return header.getLongVolatile(ENDED) == 1;
  }

  /** Removes the file, by the engine that made it. */
  void remove() throws IOException {
    file.remove();
  }

  @Override
  public void close() {
    CloseHelper.quietClose(file);
  }
}
