package io.liqmap.engine.journal;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The mark file: how much of a journal has been acknowledged. Chronicle Queue can't tell a journal
 * that was cut off, or one with a page of zeros, from one that ends there; the mark can.
 *
 * <pre>
 *   0          8         16          24        32              40         44       48
 *   +----------+---------+-----------+---------+---------------+----------+--------+
 *   | LIQMJRNL | format  | documents | events  | last sequence | checksum | closed |
 *   +----------+---------+-----------+---------+---------------+----------+--------+
 *   little-endian; checksum: that of the last document; closed: 1 after a clean end
 * </pre>
 *
 * Written behind the document that it speaks of, so the queue may hold one document more than the
 * mark, never fewer.
 */
final class JournalMark implements AutoCloseable {
  private static final long MAGIC = 0x4C4E524A4D51494CL;
  private static final long FORMAT = 1;
  private static final int LENGTH = 64;

  private final FileChannel channel;
  private final MappedByteBuffer mapped;
  private final UnsafeBuffer buffer;

  private JournalMark(final FileChannel channel, final MappedByteBuffer mapped) {
    this.channel = channel;
    this.mapped = mapped;
    buffer = new UnsafeBuffer(mapped);
  }

  /** Makes the mark of a new journal, and holds its lock until it is closed. */
  static JournalMark create(final Path file) throws IOException {
    final FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      lock(channel, file);
      if (channel.size() > 0) {
        throw new JournalException(
            file.getParent() + ": holds a journal already; choose another folder");
      }
      final JournalMark mark =
          new JournalMark(channel, channel.map(FileChannel.MapMode.READ_WRITE, 0, LENGTH));
      mark.buffer.putLong(0, MAGIC, ByteOrder.LITTLE_ENDIAN);
      mark.buffer.putLong(8, FORMAT, ByteOrder.LITTLE_ENDIAN);
      return mark;
    } catch (final IOException | RuntimeException | Error e) {
      channel.close();
      throw e;
    }
  }

  private static void lock(final FileChannel channel, final Path file) throws IOException {
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (final OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      throw new JournalException(
          file.getParent()
              + ": another engine is writing this journal; stop it, or choose another folder");
    }
  }

  /** Opens the mark of a journal for reading, whether or not a writer holds it. */
  static JournalMark open(final Path file) throws IOException {
    final FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      if (channel.size() == 0) {
        throw unbegun(file.getParent());
      }
      if (channel.size() != LENGTH) {
        throw new JournalDamageException(
            file + ": has " + channel.size() + " bytes instead of " + LENGTH);
      }
      final JournalMark mark =
          new JournalMark(channel, channel.map(FileChannel.MapMode.READ_ONLY, 0, LENGTH));
      if (mark.buffer.getLong(0, ByteOrder.LITTLE_ENDIAN) != MAGIC) {
        throw new JournalDamageException(file + ": is not the mark of a journal");
      }
      if (mark.buffer.getLong(8, ByteOrder.LITTLE_ENDIAN) != FORMAT) {
        throw new JournalException(
            file + ": is of a journal format that this version doesn't know");
      }
      return mark;
    } catch (final IOException | RuntimeException | Error e) {
      channel.close();
      throw e;
    }
  }

  /** What to tell of a journal whose writer was stopped before its first document. */
  static NoJournalException unbegun(final Path folder) {
    return new NoJournalException(
        folder + ": holds nothing yet; if no engine is starting there, remove the folder");
  }

  void acknowledge(
      final long documents, final long events, final long lastSequence, final int checksum) {
    buffer.putLong(24, events, ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(32, lastSequence, ByteOrder.LITTLE_ENDIAN);
    buffer.putInt(40, checksum, ByteOrder.LITTLE_ENDIAN);
    buffer.putLongOrdered(16, documents);
  }

  void acknowledgeEnd() {
    buffer.putInt(44, 1, ByteOrder.LITTLE_ENDIAN);
    mapped.force();
  }

  long documents() {
    return buffer.getLong(16, ByteOrder.LITTLE_ENDIAN);
  }

  long events() {
    return buffer.getLong(24, ByteOrder.LITTLE_ENDIAN);
  }

  boolean isClosedCleanly() {
    return buffer.getInt(44, ByteOrder.LITTLE_ENDIAN) == 1;
  }

  @Override
  public void close() throws IOException {
    IoUtil.unmap(mapped);
    channel.close();
  }
}
