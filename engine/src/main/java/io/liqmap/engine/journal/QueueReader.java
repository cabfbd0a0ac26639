package io.liqmap.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads the documents of a Chronicle Queue one after another, whole files of it or one that is
 * being written; never writes. One thread.
 *
 * <pre>
 *   DIR/queue/20261125F.cq4.gz   the same, compressed
 *   DIR/queue/20261126F.cq4      header │ content │ header │ content │ … │ end of file
 *   DIR/queue/20261127F.cq4      header │ content │ … │ 0
 * </pre>
 *
 * <p>It reads files instead of mapping them as Chronicle's own tailer does: where a file was
 * truncated or a header damaged, a mapping ends in a late error of the JVM, a read just returns
 * nothing.
 */
final class QueueReader implements AutoCloseable {
  private static final int INITIAL_WINDOW = 1 << 16;

  /** Whether a later file continues the journal. */
  @FunctionalInterface
  interface Continuation {
    boolean isIn(Path file) throws IOException;
  }

  private final Path queue;
  private final long firstDay;
  private final Continuation continuation;
  private Path file;
  private long day;
  private QueueFile content;

  private ByteBuffer window = ByteBuffer.allocateDirect(INITIAL_WINDOW);
  private long windowStart;
  private int windowLength;

  private long next;
  private Path documentFile;
  private long documentEnd;
  private long start;
  private int length;

  /**
   * Prepares it.
   *
   * @param firstDay of its first file, days since 1970
   * @param continuation distinguishes files of later days from foreign ones
   */
  QueueReader(final Path queue, final long firstDay, final Continuation continuation) {
    this.queue = queue;
    this.firstDay = firstDay;
    this.continuation = continuation;
  }

  void toStart() throws IOException {
    close();
  }

  /**
   * Goes ahead of a document.
   *
   * @param day of its file, days since 1970
   * @param position of its header in that file
   * @return whether there is such a file
   */
  boolean moveTo(final long day, final long position) throws IOException {
    final Path wanted = QueueFiles.of(queue, day);
    if (!isFile(wanted)) {
      return false;
    }
    open(wanted);
    next = position;
    return position <= content.size();
  }

  /**
   * Goes to the next document.
   *
   * @param ahead bytes to read at once where some have to be read
   * @return false where none is finished yet
   * @throws JournalDamageException if the file ends within it
   */
  boolean next(final int ahead) throws IOException {
    if (content == null) {
      final Path first = QueueFiles.of(queue, firstDay);
      if (!isFile(first)) {
        return false;
      }
      open(first);
      next = 0;
    }
    while (true) {
      next = QueueHeader.align(next);
      final int header = header(ahead);
      if (QueueHeader.isNothing(header) || QueueHeader.isEndOfFile(header)) {
        if (!moveToNextFile(header, ahead)) {
          return false;
        }
      } else if (QueueHeader.isUnfinished(header)) {
        return false;
      } else {
        requireBegun();
        start = next + QueueHeader.LENGTH;
        length = QueueHeader.contentLength(header);
        requireContent();
        next = start + length;
        if (!QueueHeader.isMetadata(header)) {
          documentFile = file;
          documentEnd = next;
          return true;
        }
      }
    }
  }

  /**
   * Whether there is such a file.
   *
   * @throws IOException if reading the folder fails
   */
  private static boolean isFile(final Path wanted) throws IOException {
    try {
      return Files.readAttributes(wanted, BasicFileAttributes.class).isRegularFile();
    } catch (final NoSuchFileException e) {
      return false;
    }
  }

  /** The header, read again where the window holds none or an unfinished one. */
  private int header(final int ahead) throws IOException {
    final boolean isFresh = !isInWindow(next, QueueHeader.LENGTH);
    int header = headerInWindow(ahead);
    if (!isFresh && (QueueHeader.isNothing(header) || QueueHeader.isUnfinished(header))) {
      windowLength = 0;
      header = headerInWindow(ahead);
    }
    return header;
  }

  private int headerInWindow(final int ahead) throws IOException {
    return fill(next, QueueHeader.LENGTH, ahead) ? window.getInt((int) (next - windowStart)) : 0;
  }

  /** Continues after an unclosed file too: document numbers reveal a lost document. */
  private boolean moveToNextFile(final int header, final int ahead) throws IOException {
    final Path later = later();
    if (later == null) {
      return false;
    }
    windowLength = 0;
    // Its writer may have appended here before it began the later file.
    if (headerInWindow(ahead) == header) {
      open(later);
      next = 0;
    }
    return true;
  }

  private void requireBegun() throws IOException {
    if (next == 0 && !QueueFiles.isBegun(file)) {
      throw new JournalDamageException(file + ": is not a file of Chronicle Queue");
    }
  }

  private void requireContent() throws IOException {
    if (!isInWindow(start, length)) {
      final long size = content.size();
      if (start + length > size) {
        throw new JournalDamageException(
            file
                + " ends at byte "
                + size
                + ", within a document that should end at byte "
                + (start + length)
                + ": it was cut off, or the document's length is damaged");
      }
    }
  }

  /**
   * Puts content of the document under a buffer, to be used before the next document.
   *
   * @param count bytes, from its start
   * @param ahead as in {@link #next}
   */
  void content(final int count, final int ahead, final UnsafeBuffer view) throws IOException {
    if (!fill(start, count, ahead)) {
      throw new IOException(file + ": became shorter while it was read");
    }
    view.wrap(window, (int) (start - windowStart), count);
  }

  private boolean isInWindow(final long position, final int count) {
    return position >= windowStart && position + count <= windowStart + windowLength;
  }

  private boolean fill(final long position, final int count, final int ahead) throws IOException {
    if (isInWindow(position, count)) {
      return true;
    }
    final int wanted = Math.max(count, ahead);
    if (window.capacity() < wanted) {
      window = ByteBuffer.allocateDirect(wanted);
    }
    window.order(ByteOrder.LITTLE_ENDIAN).clear().limit(wanted);
    windowStart = position;
    windowLength = 0;
    int read = content.read(window, position);
    while (read > 0) {
      windowLength += read;
      read = window.hasRemaining() ? content.read(window, position + windowLength) : 0;
    }
    window.clear();
    return windowLength >= count;
  }

  private Path later() throws IOException {
    for (final Path candidate : QueueFiles.behind(file)) {
      if (continuation.isIn(candidate)) {
        return candidate;
      }
    }
    return null;
  }

  private void open(final Path wanted) throws IOException {
    close();
    content = QueueFile.open(wanted);
    file = wanted;
    day = QueueFiles.day(wanted);
  }

  /** Day of the document's file, days since 1970. */
  long day() {
    return day;
  }

  /** Where in its file the document's header starts. */
  long position() {
    return start - QueueHeader.LENGTH;
  }

  /** Bytes of the document's content. */
  int length() {
    return length;
  }

  Path file() {
    return documentFile;
  }

  /** Where in its file the document ends. */
  long end() {
    return documentEnd;
  }

  @Override
  public void close() throws IOException {
    windowLength = 0;
    if (content != null) {
      content.close();
      content = null;
    }
  }
}
