package io.liqmap.engine.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * A journal that an engine resumes: locked, read to its end, then appended to. One thread.
 *
 * <pre>
 *   open ──▶ reader: from a place ahead of a snapshot to the end ──▶ append ──▶ JournalWriter
 *            damaged, or of other settings: nothing is changed
 * </pre>
 */
public final class ExistingJournal implements AutoCloseable {
  private final JournalFolder folder;
  private final JournalReader reader;
  private JournalLock lock;

  private ExistingJournal(
      final JournalFolder folder, final JournalReader reader, final JournalLock lock) {
    this.folder = folder;
    this.reader = reader;
    this.lock = lock;
  }

  /** Whether a folder holds a journal, whole or damaged. */
  public static boolean isAt(final Path path) {
    return new JournalFolder(path).isJournal();
  }

  /**
   * Locks and opens a journal.
   *
   * @param clock ms since 1970; decides when the journal rolls to the next day's file
   * @param settingsText settings of the resuming run
   * @throws JournalException if another engine writes it, it is damaged at its start, or was made
   *     with settings that lead to another state
   */
  public static ExistingJournal open(
      final Path path, final LongSupplier clock, final String settingsText) throws IOException {
    return open(new JournalFolder(path, clock::getAsLong), settingsText);
  }

  static ExistingJournal open(final JournalFolder folder, final String settingsText)
      throws IOException {
    final JournalLock lock = folder.lockForWriting();
    JournalReader reader = null;
    try {
      folder.requireJournal();
      lock.holdMark(folder.mark());
      reader = JournalReader.open(folder, folder.mark());
      reader.acceptLoss();
      reader.requireNoForeignFiles(false);
      folder.requireSoleFiles();
      final String difference = RunSettings.difference(reader.settings(), settingsText);
      if (difference != null) {
        throw new JournalException(
            folder.path()
                + ": was made with other settings, which lead to another map ("
                + difference
                + "); take the settings of then, or another folder");
      }
      return new ExistingJournal(folder, reader, lock);
    } catch (final IOException | RuntimeException | Error e) {
      if (reader != null) {
        reader.close();
      }
      lock.close();
      throw e;
    }
  }

  /** Reads the journal; it has to come to the end before {@link #append}. */
  public JournalReader reader() {
    return reader;
  }

  /**
   * Resumes the journal after its last whole document, and proves that it can be written and read
   * back. Passes the lock to the writer.
   *
   * @param sequence feed sequence of the journal's last event
   * @throws JournalException if writing fails; what was acknowledged stays whole
   */
  public JournalWriter append(
      final JournalSettings settings, final String settingsText, final long sequence)
      throws IOException {
    final JournalWriter writer =
        JournalWriter.resume(folder, settings, settingsText, sequence, reader, lock);
    lock = null;
    return writer;
  }

  /** Closes what was read; the lock too, unless a writer has it. */
  @Override
  public void close() throws IOException {
    try {
      reader.close();
    } finally {
      if (lock != null) {
        lock.close();
      }
    }
  }
}
