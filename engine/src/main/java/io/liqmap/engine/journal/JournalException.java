package io.liqmap.engine.journal;

import java.io.IOException;

/** A journal that can't be opened, read or written: says what, where and what to do. */
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
