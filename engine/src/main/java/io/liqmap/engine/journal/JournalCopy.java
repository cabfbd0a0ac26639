package io.liqmap.engine.journal;

import io.liqmap.engine.files.FolderAccess;
import io.liqmap.engine.files.HeldFile;
import io.liqmap.engine.files.PlainFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Copies a journal, also one that an engine is writing, so that the copy is whole and can be
 * resumed.
 *
 * <pre>
 *   1  the mark         what had been acknowledged then is in the queue by now
 *   2  the queue        file by file, the oldest first; may end within a document
 *   3  read to the end  each document checked; the rest after the last whole one is cleared
 *   4  the new mark     for the documents that were copied; the folder gets its name
 * </pre>
 *
 * Until then it is {@code TO.part}. The copied journal isn't written to, and its writer doesn't
 * wait. One thread.
 */
public final class JournalCopy {
  private static final int CHUNK = 1 << 16;

  private final JournalFolder from;
  private final Path to;
  private final JournalFolder part;
  private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
  private final ByteBuffer zeros = ByteBuffer.allocateDirect(CHUNK);

  /**
   * What was copied.
   *
   * @param documents that the copy holds
   * @param events in them
   * @param closedCleanly whether it ends with the end of a run
   */
  public record Copied(long documents, long events, boolean closedCleanly) {}

  private JournalCopy(final Path from, final Path to) {
    this.from = new JournalFolder(from);
    this.to = to;
    part = new JournalFolder(to.resolveSibling(to.getFileName() + ".part"));
  }

  /**
   * Copies a journal.
   *
   * @param to must not exist
   * @throws JournalDamageException if the journal is damaged
   * @throws JournalException if there is none, or something is at the place of the copy
   * @throws IOException if reading or writing fails; the copy is removed then
   */
  public static Copied copy(final Path from, final Path to) throws IOException {
    return new JournalCopy(from, to.toAbsolutePath()).copy();
  }

  private Copied copy() throws IOException {
    from.requireJournal();
    requireRoom(to);
    requireRoom(part.path());
    final Path parent = part.path().getParent();
    FolderAccess.make(parent);
    makeFolder(part.path());
    try {
      makeFolder(part.queue());
      final Copied copied = fill();
      // An empty folder would be replaced: the same as none.
      requireRoom(to);
      Files.move(part.path(), to, StandardCopyOption.ATOMIC_MOVE);
      force(parent);
      return copied;
    } catch (final IOException | RuntimeException | Error e) {
      remove();
      throw e;
    }
  }

  private static void makeFolder(final Path folder) throws JournalException {
    try {
      FolderAccess.makeNew(folder);
    } catch (final IOException e) {
      throw new JournalException(folder + ": creation failed: " + PlainFile.reason(e), e);
    }
  }

  private static void requireRoom(final Path path) throws JournalException {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new JournalException(
          path + ": is there already; choose another place for the copy, or move this away");
    }
  }

  private Copied fill() throws IOException {
    copyMark();
    for (final Path file : QueueFiles.all(from.queue())) {
      if (Files.isRegularFile(file)) {
        copyFile(file, part.queue().resolve(file.getFileName()));
      }
    }
    final Copied copied = trim();
    force(part.queue());
    Files.move(part.newMark(), part.mark(), StandardCopyOption.ATOMIC_MOVE);
    force(part.path());
    return copied;
  }

  private void copyMark() throws IOException {
    try (JournalMark mark = JournalMark.open(from.mark());
        FileChannel channel = PlainFile.create(part.newMark())) {
      mark.copyTo(channel);
    } catch (final AccessDeniedException e) {
      throw new JournalException(e.getFile() + ": " + PlainFile.reason(e), e);
    }
  }

  /** Holes stay holes: files have their size far ahead of their documents. */
  private void copyFile(final Path source, final Path target) throws IOException {
    try (FileChannel in = PlainFile.read(source);
        FileChannel out = PlainFile.create(target)) {
      long position = 0;
      chunk.clear();
      int read = in.read(chunk, position);
      while (read > 0) {
        chunk.flip();
        final int length = read;
        if (!isZero(length)) {
          while (chunk.hasRemaining()) {
            out.write(chunk, position + chunk.position());
          }
        }
        position += length;
        chunk.clear();
        read = in.read(chunk, position);
      }
      if (position > out.size()) {
        out.write(ByteBuffer.allocate(1), position - 1);
      }
    } catch (final AccessDeniedException e) {
      throw new JournalException(e.getFile() + ": " + PlainFile.reason(e), e);
    }
  }

  private boolean isZero(final int length) {
    return chunk.slice(0, length).mismatch(zeros.slice(0, length)) < 0;
  }

  /** Reads the copy to its end, truncates it there and marks it as acknowledged. */
  private Copied trim() throws IOException {
    final Copied copied;
    try (JournalReader reader = JournalReader.open(part, part.newMark())) {
      while (reader.next()) {
        // Each is checked as it is read.
      }
      reader.requireNoForeignFiles(true);
      final Path last = reader.lastFile();
      // Files begun while the queue was copied are unreachable from its end.
      final List<Path> behind = QueueFiles.behind(last);
      for (final Path file : behind) {
        Files.delete(file);
      }
      new QueueTail(part.queue(), last).clear(reader.lastEnd());
      copied = new Copied(reader.documents(), reader.events(), reader.isAtEndOfRun());
      try (HeldFile held = HeldFile.acquire(part.newMark());
          JournalMark mark = JournalMark.reopen(part.newMark(), held.channel())) {
        mark.finishCopy(
            copied.documents(), copied.events(), reader.checksum(), copied.closedCleanly());
      }
    } catch (final JournalDamageException e) {
      throw new JournalDamageException(
          from.path()
              + ": isn't copied, for the copy is damaged, and so is the journal ("
              + e.getMessage()
              + "); verify the journal");
    }
    for (final Path file : QueueFiles.all(part.queue())) {
      try (FileChannel channel = PlainFile.open(file)) {
        channel.force(true);
      }
    }
    return copied;
  }

  /** A folder's entries are on the disk when the folder is, where the system lets it be opened. */
  private static void force(final Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (final IOException e) {
      // Not everywhere can a folder be opened; what it holds was forced.
    }
  }

  private void remove() throws IOException {
    for (final Path folder : List.of(part.queue(), part.path())) {
      if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        try (var content = Files.list(folder)) {
          for (final Path entry : content.toList()) {
            Files.deleteIfExists(entry);
          }
        }
      }
    }
    Files.deleteIfExists(part.queue());
    Files.deleteIfExists(part.path());
  }
}
