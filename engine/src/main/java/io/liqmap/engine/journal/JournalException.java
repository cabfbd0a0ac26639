package io.liqmap.engine.journal;

import java.io.IOException;

/** Opening, reading or writing a journal failed: says what, where and what to do. */
public class JournalException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Makes an exception with what a user should read. */
  public JournalException(final String message) {
    super(message);
  }

  /** Makes an exception with what a user should read, and what it came from. */
  public JournalException(final String message, final Throwable cause) {
    super(message, cause);
  }
}
