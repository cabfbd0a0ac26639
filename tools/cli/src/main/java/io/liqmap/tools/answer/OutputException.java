package io.liqmap.tools.answer;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Results can't be written; unchecked, because writers that print swallow the checked kind. */
public final class OutputException extends UncheckedIOException {
  private static final long serialVersionUID = 1L;

  /** Whose it is: the C library's words for EPIPE. */
  private static final String CLOSED_PIPE = "Broken pipe";

  OutputException(final String name, final IOException cause) {
    super(name + ": can't be written: " + cause.getMessage(), cause);
  }

  /** Whether the reader of a pipe has gone, as {@code head} does: no news to anybody. */
  public boolean isReaderGone() {
    return CLOSED_PIPE.equals(getCause().getMessage());
  }
}
