package io.liqmap.engine.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Rebuilds the last file of a queue from its whole documents: a loss of power may have lost pages
 * of Chronicle's index and header, which no checksum of ours covers.
 *
 * <pre>
 *   queue/20261127F.cq4  ──whole documents──▶  queue.rebuilt/20261127F.cq4  ──renamed──▶  queue/20261127F.cq4
 * </pre>
 */
final class QueueRebuild {
  private static final int READ_AHEAD = 1 << 20;

  private final JournalFolder folder;
  private final Path file;

  QueueRebuild(final JournalFolder folder, final Path file) {
    this.folder = folder;
    this.file = file;
  }

  /**
   * Rebuilds the file.
   *
   * @param end of the last whole document
   * @return where that ends now
   */
  long rebuild(final long end) throws IOException {
    remove();
    final long day = QueueFiles.day(file);
    copy(day, end);
    final Path made = folder.rebuilt().resolve(file.getFileName());
    QueueSync.force(made);
    Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    QueueSync.force(folder.queue());
    remove();
    try (QueueReader reader = new QueueReader(folder.queue(), day, (later) -> false)) {
      while (reader.next(READ_AHEAD)) {
        // To the end.
      }
      return reader.end();
    }
  }

  private void copy(final long day, final long end) throws IOException {
    final long time = day * JournalFolder.CYCLE.lengthInMillis();
    final UnsafeBuffer content = new UnsafeBuffer(0, 0);
    try (QueueReader reader = new QueueReader(folder.queue(), day, (later) -> false);
        ChronicleQueue queue = folder.openForWriting(folder.rebuilt(), () -> time);
        ExcerptAppender appender = queue.createAppender()) {
      boolean isLast = false;
      while (!isLast && reader.next(READ_AHEAD)) {
        reader.content(reader.length(), READ_AHEAD, content);
        append(appender, content);
        isLast = reader.end() == end;
      }
    }
  }

  private static void append(final ExcerptAppender appender, final UnsafeBuffer content) {
    final byte[] copied = new byte[content.capacity()];
    content.getBytes(0, copied);
    try (DocumentContext context = appender.writingDocument()) {
      final Bytes<?> bytes = context.wire().bytes();
      bytes.write(copied);
    }
  }

  private void remove() throws IOException {
    if (!Files.isDirectory(folder.rebuilt())) {
      return;
    }
    final List<Path> content;
    try (Stream<Path> files = Files.list(folder.rebuilt())) {
      content = files.toList();
    }
    for (final Path one : content) {
      Files.delete(one);
    }
    Files.delete(folder.rebuilt());
  }
}
