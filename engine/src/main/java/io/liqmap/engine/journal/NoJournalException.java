package io.liqmap.engine.journal;

/**
 * A folder that isn't a journal, or not of a format that this version reads: says what it is
 * instead, and what to do.
 */
public final class NoJournalException extends JournalException {
  private static final long serialVersionUID = 1L;

  /** Makes an exception with what a user should read. */
  public NoJournalException(final String message) {
    super(message);
  }
}
