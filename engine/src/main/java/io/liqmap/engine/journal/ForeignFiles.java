package io.liqmap.engine.journal;

import io.liqmap.engine.files.PlainFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * Looks for files in a journal's queue that somebody else put there. Chronicle Queue goes by names
 * alone: for a run that goes on it would take one for the journal's first, or append to it. One
 * thread.
 */
public final class ForeignFiles {
  private final JournalReader journal;
  private final Path first;

  /**
   * Takes note of where a journal starts.
   *
   * @param journal stands behind its first document
   */
  public ForeignFiles(final JournalReader journal) {
    this.journal = journal;
    first = journal.lastFile();
  }

  /**
   * Looks for foreign files, when the journal has been read to its end.
   *
   * @throws JournalDamageException if there is one; what the journal holds is whole all the same
   */
  public void requireNone() throws JournalException {
    requireNone(true);
  }

  /**
   * Looks for files that Chronicle Queue would go by before the journal's own.
   *
   * @throws JournalDamageException if there is one
   */
  void requireNoneBefore() throws JournalException {
    requireNone(false);
  }

  private void requireNone(final boolean isAtEnd) throws JournalException {
    Path foreign = null;
    try {
      for (final Path file : QueueFiles.all(first.getParent())) {
        if (isBefore(file) || (isAtEnd && isBehind(file))) {
          foreign = file;
        }
      }
    } catch (final IOException e) {
      throw new JournalException(
          first.getParent() + ": can't be looked through: " + PlainFile.reason(e), e);
    }
    if (foreign != null) {
      throw new JournalDamageException(
          foreign
              + ": is no file of this journal, and a run that resumes it would take it for one."
              + " Move it out of the folder, and verify the journal");
    }
  }

  private boolean isBefore(final Path file) {
    return !QueueFiles.isName(file) || file.compareTo(first) < 0;
  }

  /** A writer may begin a file, and append to it, while somebody reads. */
  private boolean isBehind(final Path file) throws IOException {
    if (file.compareTo(journal.lastFile()) <= 0) {
      return false;
    }
    if (!Files.isRegularFile(file) || !QueueFiles.isBegun(file)) {
      return true;
    }
    final OptionalInt number = QueueFiles.firstDocument(file);
    return number.isPresent() && number.getAsInt() - (int) journal.documents() < 0;
  }
}
