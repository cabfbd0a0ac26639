package io.liqmap.engine.shared.events;

import io.liqmap.engine.shared.SharedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.broadcast.BroadcastBufferDescriptor;

/**
 * The file of an event stream, mapped.
 *
 * <pre>
 *     0  8 B    magic "LIQEVNT1"
 *     8  int32  version of this layout, 1
 *    12  int32  capacity of the ring, bytes, a power of two
 *    16  int64  0 while the writer lives, 1 when it has ended cleanly
 *    24  …      zero
 *   128  Agrona's broadcast buffer: the ring, then its trailer
 * </pre>
 */
final class StreamFile implements AutoCloseable {
  static final int MIN_CAPACITY = 1 << 12;
  static final int MAX_CAPACITY = 1 << 28;

  private static final SharedFile.Kind KIND =
      new SharedFile.Kind("event stream", "LIQEVNT1", 1, length(MAX_CAPACITY));
  private static final int CAPACITY = 12;
  private static final int ENDED = 16;

  private final UnsafeBuffer header;
  private final UnsafeBuffer ring;
  private final SharedFile file;
  private boolean isOpen = true;

  /**
   * Takes mapped bytes.
   *
   * @param file they are written to; null for none, and for readers
   */
  StreamFile(final ByteBuffer bytes, final SharedFile file) {
    header = new UnsafeBuffer(bytes, 0, SharedFile.HEADER_LENGTH);
    ring =
        new UnsafeBuffer(
            bytes, SharedFile.HEADER_LENGTH, bytes.capacity() - SharedFile.HEADER_LENGTH);
    this.file = file;
  }

  /** Makes a file that replaces an older one, whose readers see nothing more. */
  static StreamFile create(final Path file, final int capacity) throws IOException {
    if (!isCapacity(capacity)) {
      throw new IllegalArgumentException(
          "an event stream has to hold a power of two of bytes, "
              + MIN_CAPACITY
              + " to "
              + MAX_CAPACITY
              + ", was "
              + capacity);
    }
    final SharedFile made = SharedFile.create(file, KIND);
    try {
      final ByteBuffer header = KIND.header().putInt(CAPACITY, capacity);
      final StreamFile stream = new StreamFile(made.map(header, length(capacity)), made);
      made.publish();
      return stream;
    } catch (final IOException | RuntimeException | Error e) {
      made.close();
      throw e;
    }
  }

  private static boolean isCapacity(final int capacity) {
    return capacity >= MIN_CAPACITY && capacity <= MAX_CAPACITY && Integer.bitCount(capacity) == 1;
  }

  /**
   * Maps a file for reading only.
   *
   * @throws IOException if it isn't there, or is no event stream, saying what is wrong
   */
  static StreamFile open(final Path file) throws IOException {
    try (SharedFile read = SharedFile.open(file, KIND)) {
      final int capacity = read.header().getInt(CAPACITY);
      final long length = read.length();
      if (!isCapacity(capacity) || length(capacity) != length) {
        throw read.refused("an event stream of " + capacity + " bytes in a file of " + length);
      }
      return new StreamFile(read.map((int) length), null);
    }
  }

  private static int length(final int capacity) {
    return SharedFile.HEADER_LENGTH + capacity + BroadcastBufferDescriptor.TRAILER_LENGTH;
  }

  UnsafeBuffer ring() {
    return ring;
  }

  void end() {
    header.putLongRelease(ENDED, 1);
  }

  boolean hasEnded() {
    checkOpen();
    return header.getLongVolatile(ENDED) == 1;
  }

  boolean isOpen() {
    return isOpen;
  }

  void checkOpen() {
    if (!isOpen) {
      throw new IllegalStateException("the event stream was closed");
    }
  }

  @Override
  public void close() {
    isOpen = false;
    CloseHelper.quietClose(file);
  }
}
