package io.liqmap.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;

/**
 * Makes the end of a queue ready to be appended to when its writer may have been killed.
 *
 * <pre>
 *   … whole document │ pages of the index │ 0x8… header, part of a document │ zeros …
 *                                         └── cleared, or Chronicle Queue would take what
 *                                             it doesn't overwrite for headers
 * </pre>
 *
 * Whole documents are never touched. What was left unfinished was never acknowledged.
 */
final class QueueTail {
  /** Holds the lock of Chronicle's writer, which a killed one doesn't release; can be remade. */
  private static final String METADATA = "metadata.cq4t";

  private static final int STEP = 1 << 16;

  private final Path queue;
  private final Path file;

  /**
   * Prepares it.
   *
   * @param queue its folder
   * @param file holds the last whole document
   */
  QueueTail(final Path queue, final Path file) {
    this.queue = queue;
    this.file = file;
  }

  /**
   * Clears the rest after the last whole document.
   *
   * @param end where that ends in its file
   * @return whether its file is closed or compressed, so that the next document goes to a later one
   * @throws JournalException if more than an unfinished document follows
   */
  boolean clear(final long end) throws IOException {
    final List<Path> later = QueueFiles.behind(file);
    for (final Path one : later) {
      requireNoDocuments(one);
    }
    for (final Path one : later) {
      Files.delete(one);
    }
    Files.deleteIfExists(queue.resolve(METADATA));
    if (QueueFiles.isCompressed(file)) {
      return true;
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return clear(channel, end);
    }
  }

  private boolean clear(final FileChannel channel, final long end) throws IOException {
    final ByteBuffer header =
        ByteBuffer.allocate(QueueHeader.LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    long position = end;
    while (true) {
      position = QueueHeader.align(position);
      header.clear();
      if (channel.read(header, position) < QueueHeader.LENGTH) {
        return false;
      }
      final int value = header.getInt(0);
      if (QueueHeader.isEndOfFile(value)) {
        return true;
      }
      if (QueueHeader.isNothing(value) || QueueHeader.isUnfinished(value)) {
        clearFrom(channel, position);
        return false;
      }
      if (!QueueHeader.isMetadata(value)) {
        throw new JournalDamageException(
            file + ": byte " + position + ": a document that readers don't see");
      }
      position += QueueHeader.LENGTH + QueueHeader.contentLength(value);
    }
  }

  private static void clearFrom(final FileChannel channel, final long start) throws IOException {
    final ByteBuffer bytes = ByteBuffer.allocate(STEP);
    final byte[] zeros = new byte[STEP];
    long position = start;
    bytes.clear();
    int length = channel.read(bytes, position);
    while (length > 0) {
      if (!Arrays.equals(bytes.array(), 0, length, zeros, 0, length)) {
        write(channel, ByteBuffer.wrap(zeros, 0, length), position);
      }
      position += length;
      bytes.clear();
      length = channel.read(bytes, position);
    }
  }

  private static void write(final FileChannel channel, final ByteBuffer bytes, final long from)
      throws IOException {
    long position = from;
    while (bytes.hasRemaining()) {
      position += channel.write(bytes, position);
    }
  }

  /** A file that was begun at midnight and got no document before its writer was killed. */
  private static void requireNoDocuments(final Path later) throws IOException {
    if (!QueueFiles.isBegun(later) || QueueFiles.firstDocument(later).isPresent()) {
      throw new JournalDamageException(
          later + ": holds something unreachable from the documents before");
    }
  }
}
