package io.liqmap.engine.journal;

import io.liqmap.engine.files.HeldFile;
import io.liqmap.engine.files.PlainFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * The right to write a journal, held by one engine at a time until it is closed or its process
 * ends.
 *
 * <pre>
 *   liqmap.lock      first: of two that start at once, one fails
 *   liqmap.journal   then, while events are appended: removing the lock file lets no second writer
 *                    in, and a journal without its mark isn't this one any more
 * </pre>
 */
final class JournalLock implements AutoCloseable {
  private final Path file;
  private HeldFile gate;
  private HeldFile mark;

  private JournalLock(final Path file, final HeldFile gate) {
    this.file = file;
    this.gate = gate;
  }

  /**
   * Acquires the first lock.
   *
   * @throws JournalException if another engine holds it, or the file isn't writable
   */
  static JournalLock acquire(final Path file) throws JournalException {
    try {
      return new JournalLock(file, required(file, gate(file)));
    } catch (final IOException e) {
      throw cannotWrite(file, e);
    }
  }

  /** Makes a lock file, or takes the one that is there; null while another process holds it. */
  static HeldFile gate(final Path file) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return HeldFile.acquire(file);
    }
    try {
      return HeldFile.create(file);
    } catch (final FileAlreadyExistsException e) {
      return null;
    }
  }

  /**
   * Holds the mark of a journal that is there.
   *
   * @throws JournalException if another engine holds it, or it isn't writable
   */
  void holdMark(final Path path) throws JournalException {
    try {
      mark = required(path, HeldFile.acquire(path));
    } catch (final IOException e) {
      throw cannotWrite(path, e);
    }
  }

  /** Makes and holds the mark of a new journal; replaces an unfinished one. */
  void createMark(final Path path) throws JournalException {
    try {
      mark = required(path, HeldFile.create(path));
    } catch (final IOException e) {
      throw cannotWrite(path, e);
    }
  }

  private static HeldFile required(final Path path, final HeldFile held) throws JournalException {
    if (held == null) {
      throw new JournalException(
          path.getParent()
              + ": another engine is writing this journal; stop it, or choose another folder");
    }
    return held;
  }

  private static JournalException cannotWrite(final Path path, final IOException e) {
    if (e instanceof JournalException known) {
      return known;
    }
    return new JournalException(
        path.getParent()
            + ": writing failed ("
            + path.getFileName()
            + ": "
            + PlainFile.reason(e)
            + "); make it writable, or choose another folder",
        e);
  }

  /** The mark, for reading and writing; closed with the lock. */
  FileChannel mark() {
    return mark.channel();
  }

  /**
   * Whether the held mark is still in place.
   *
   * @param path of the mark
   */
  boolean holds(final Path path) {
    return mark.isAt(path);
  }

  /**
   * Restores a lock file that was removed or replaced. The held mark keeps others out meanwhile;
   * the next start needs the lock.
   */
  void restore() {
    if (gate != null && gate.isAt(file)) {
      return;
    }
    try {
      final HeldFile restored = gate(file);
      if (restored != null) {
        gate.close();
        gate = restored;
      }
    } catch (final IOException e) {
      // Another file has its name. The mark keeps others out.
    }
  }

  @Override
  public void close() throws IOException {
    try {
      if (mark != null) {
        mark.close();
      }
    } finally {
      gate.close();
    }
  }
}
