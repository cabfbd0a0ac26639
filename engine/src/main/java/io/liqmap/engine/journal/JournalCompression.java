package io.liqmap.engine.journal;

import io.liqmap.engine.files.HeldFile;
import io.liqmap.engine.files.PlainFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Compresses the files of a journal's queue that are no longer appended to. It is read, verified,
 * replayed, copied and resumed as before.
 *
 * <pre>
 *   20261126F.cq4 ──▶ 20261126F.cq4.gz.part ──read back and compared──▶ 20261126F.cq4.gz
 *        └── deleted when that is on the disk
 * </pre>
 *
 * <p>While an engine writes the journal, and where a run didn't end it cleanly, its last file stays
 * as it is. A damaged journal isn't compressed. A process that is killed leaves at most a part or
 * both files; the next run continues there. One thread.
 */
public final class JournalCompression {
  private static final String PART = ".part";
  private static final int CHUNK = 1 << 20;

  private final JournalFolder folder;
  private final byte[] block = new byte[CompressedQueueFile.BLOCK];
  private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
  private final ByteBuffer other = ByteBuffer.allocate(CHUNK);
  private int files;
  private long before;
  private long after;

  /**
   * What was compressed.
   *
   * @param files compressed now
   * @param before bytes of them
   * @param after bytes of them now
   * @param left files that stay as they are, since the next run appends to them
   */
  public record Compressed(int files, long before, long after, int left) {}

  private JournalCompression(final Path path) {
    folder = new JournalFolder(path);
  }

  /**
   * Compresses a journal.
   *
   * @throws JournalDamageException if it is damaged; it stays as it was
   * @throws JournalException if there is none, or another process compresses it
   * @throws IOException if reading or writing fails; the file concerned stays as it was
   */
  public static Compressed compress(final Path path) throws IOException {
    return new JournalCompression(path).compress();
  }

  private Compressed compress() throws IOException {
    folder.requireJournal();
    final Path guard = folder.path().resolve("liqmap.compress.part");
    try (HeldFile held = JournalLock.gate(guard)) {
      if (held == null) {
        throw new JournalException(
            folder.path() + ": another process compresses this journal; wait until it has ended");
      }
      final Compressed compressed = compressGuarded();
      Files.deleteIfExists(guard);
      return compressed;
    }
  }

  private Compressed compressGuarded() throws IOException {
    if (HeldFile.isHeld(folder.mark())) {
      requireWhole();
      return compress(true);
    }
    try (JournalLock lock = folder.lockForWriting()) {
      lock.holdMark(folder.mark());
      return compress(!requireWhole());
    }
  }

  /** Requires that every document is whole; says whether nothing is missing behind the last. */
  private boolean requireWhole() throws IOException {
    try (JournalReader reader = JournalReader.open(folder.path())) {
      while (reader.next()) {
        // Each is checked as it is read.
      }
      return reader.isClosedCleanly() && !reader.isTornFile();
    }
  }

  private Compressed compress(final boolean isOpen) throws IOException {
    final List<Path> plain = new ArrayList<>();
    for (final Path file : QueueFiles.all(folder.queue())) {
      if (QueueFiles.isName(file) && !QueueFiles.isCompressed(file)) {
        plain.add(file);
      }
    }
    final int left = isOpen && !plain.isEmpty() ? 1 : 0;
    for (final Path file : plain.subList(0, plain.size() - left)) {
      PlainFile.requireRegular(file);
      replace(file);
    }
    return new Compressed(files, before, after, left);
  }

  private void replace(final Path file) throws IOException {
    final Path target = QueueFiles.compressed(file);
    final Path part = target.resolveSibling(target.getFileName() + PART);
    Files.deleteIfExists(part);
    try (QueueFile content = QueueFile.open(file)) {
      final long end = content.size();
      try (FileChannel channel = PlainFile.create(part);
          CompressedQueueFile.Writer writer = new CompressedQueueFile.Writer(channel)) {
        for (long position = 0; position < end; position += block.length) {
          final int length = (int) Math.min(block.length, end - position);
          read(content, ByteBuffer.wrap(block, 0, length), position);
          writer.write(block, length);
        }
        writer.finish();
        after += channel.size();
      }
      requireSame(content, end, part);
      before += end;
    }
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    QueueSync.force(folder.queue());
    Files.delete(file);
    QueueSync.force(folder.queue());
    files++;
  }

  private void requireSame(final QueueFile content, final long end, final Path part)
      throws IOException {
    try (CompressedQueueFile compressed = new CompressedQueueFile(part, PlainFile.read(part))) {
      boolean isSame = compressed.size() == end;
      for (long position = 0; isSame && position < end; position += CHUNK) {
        final int length = (int) Math.min(CHUNK, end - position);
        read(content, chunk.clear().limit(length), position);
        read(compressed, other.clear().limit(length), position);
        isSame = chunk.flip().equals(other.flip());
      }
      if (!isSame) {
        throw new IOException(part + ": reads back with other content; check the disk");
      }
    }
  }

  private static void read(final QueueFile content, final ByteBuffer into, final long position)
      throws IOException {
    long next = position;
    while (into.hasRemaining()) {
      final int read = content.read(into, next);
      if (read <= 0) {
        throw new IOException("a file of the queue became shorter while it was compressed");
      }
      next += read;
    }
  }
}
