package io.liqmap.engine.shared.events;

import io.liqmap.engine.files.FolderAccess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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
 *
 * Little-endian. The bytes stay mapped as long as anybody refers to them: taking them away from
 * another thread would bring the process down.
 */
final class StreamFile implements AutoCloseable {
  static final int MIN_CAPACITY = 1 << 12;
  static final int MAX_CAPACITY = 1 << 28;

  private static final long MAGIC =
      ByteBuffer.wrap("LIQEVNT1".getBytes(StandardCharsets.US_ASCII))
          .order(ByteOrder.LITTLE_ENDIAN)
          .getLong();
  private static final int VERSION = 1;
  private static final int VERSION_OFFSET = 8;
  private static final int CAPACITY_OFFSET = 12;
  private static final int ENDED_OFFSET = 16;
  static final int HEADER_LENGTH = 128;
  private static final int CHUNK = 1 << 12;

  private final MappedByteBuffer bytes;
  private final UnsafeBuffer header;
  private final UnsafeBuffer ring;
  private boolean isOpen = true;

  StreamFile(final MappedByteBuffer bytes) {
    this.bytes = bytes;
    header = new UnsafeBuffer(bytes, 0, HEADER_LENGTH);
    ring = new UnsafeBuffer(bytes, HEADER_LENGTH, bytes.capacity() - HEADER_LENGTH);
  }

  /** Makes a file in place of an older one; readers of that one see nothing more. */
  static StreamFile create(final Path file, final int capacity) throws IOException {
    if (capacity < MIN_CAPACITY || capacity > MAX_CAPACITY || Integer.bitCount(capacity) != 1) {
      throw new IllegalArgumentException(
          "an event stream has to hold a power of two of bytes, "
              + MIN_CAPACITY
              + " to "
              + MAX_CAPACITY
              + ", was "
              + capacity);
    }
    final Path absolute = file.toAbsolutePath();
    FolderAccess.make(absolute.getParent());
    final Path beside = absolute.resolveSibling(absolute.getFileName() + ".new");
    Files.deleteIfExists(beside);
    final StreamFile made;
    try (FileChannel channel =
        FileChannel.open(
            beside,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      fill(channel, absolute, length(capacity));
      made = new StreamFile(channel.map(FileChannel.MapMode.READ_WRITE, 0, length(capacity)));
    }
    made.header.putInt(VERSION_OFFSET, VERSION, ByteOrder.LITTLE_ENDIAN);
    made.header.putInt(CAPACITY_OFFSET, capacity, ByteOrder.LITTLE_ENDIAN);
    made.header.putLong(0, MAGIC, ByteOrder.LITTLE_ENDIAN);
    // Only now it gets its name: nobody ever opens half a file.
    Files.move(beside, absolute, StandardCopyOption.ATOMIC_MOVE);
    return made;
  }

  /** A mapped page that the disk has no room for would kill the process that touches it. */
  private static void fill(final FileChannel channel, final Path file, final int length)
      throws IOException {
    final ByteBuffer zeros = ByteBuffer.allocate(CHUNK);
    try {
      for (long written = 0; written < length; written += channel.write(zeros, written)) {
        zeros.clear().limit((int) Math.min(CHUNK, length - written));
      }
    } catch (final IOException e) {
      throw new IOException(
          file + ": no room for an event stream of " + length + " bytes: " + e.getMessage(), e);
    }
  }

  /**
   * Maps a file for reading only.
   *
   * @throws IOException if it isn't there, or is no event stream, saying what is wrong
   */
  static StreamFile open(final Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException(file + ": no event stream, it is no regular file");
    }
    final StreamFile opened;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      final long size = channel.size();
      if (size < HEADER_LENGTH || size > length(MAX_CAPACITY)) {
        throw new IOException(
            file + ": no event stream, a file of " + size + " bytes can't be one");
      }
      opened = new StreamFile(channel.map(FileChannel.MapMode.READ_ONLY, 0, size));
    } catch (final NoSuchFileException e) {
      throw new IOException(
          file + ": no such file; an engine writes it that was started with --share", e);
    }
    final String fault = opened.fault();
    if (fault != null) {
      opened.close();
      throw new IOException(file + ": " + fault);
    }
    return opened;
  }

  private String fault() {
    if (header.getLong(0, ByteOrder.LITTLE_ENDIAN) != MAGIC) {
      return "no event stream, it doesn't start with LIQEVNT1";
    }
    final int version = header.getInt(VERSION_OFFSET, ByteOrder.LITTLE_ENDIAN);
    if (version != VERSION) {
      return "an event stream of layout " + version + ", this version reads layout " + VERSION;
    }
    final int capacity = header.getInt(CAPACITY_OFFSET, ByteOrder.LITTLE_ENDIAN);
    if (capacity < MIN_CAPACITY
        || capacity > MAX_CAPACITY
        || Integer.bitCount(capacity) != 1
        || length(capacity) != bytes.capacity()) {
      return "an event stream of " + capacity + " bytes in a file of " + bytes.capacity();
    }
    return null;
  }

  private static int length(final int capacity) {
    return HEADER_LENGTH + capacity + BroadcastBufferDescriptor.TRAILER_LENGTH;
  }

  /** The broadcast buffer. */
  UnsafeBuffer ring() {
    return ring;
  }

  void end() {
    header.putLongRelease(ENDED_OFFSET, 1);
  }

  boolean hasEnded() {
    checkOpen();
    return header.getLongVolatile(ENDED_OFFSET) == 1;
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
  }
}
