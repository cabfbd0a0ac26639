package io.liqmap.engine.journal;

/**
 * A journal whose content isn't what was written: says where it breaks. What came before is whole.
 */
public final class JournalDamageException extends JournalException {
  private static final long serialVersionUID = 1L;

  /** Makes an exception with what a user should read. */
  public JournalDamageException(final String message) {
    super(message);
  }
}
