package io.liqmap.tools.answer;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Writing results failed; unchecked, because writers that print swallow the checked kind. */
public final class OutputException extends UncheckedIOException {
  private static final long serialVersionUID = 1L;

  /** The C library's words for EPIPE. */
  private static final String CLOSED_PIPE = "Broken pipe";

  OutputException(final String name, final IOException cause) {
    super(name + ": writing failed: " + cause.getMessage(), cause);
  }

  /** Whether the reader of a pipe has closed it, as {@code head} does: not an error. */
  public boolean isReaderGone() {
    return CLOSED_PIPE.equals(getCause().getMessage());
  }
}
