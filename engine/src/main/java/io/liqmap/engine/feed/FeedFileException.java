package io.liqmap.engine.feed;

import java.io.IOException;

/**
 * A feed file that is unreadable as a whole or from some place on: says what, where and what to do.
 */
public final class FeedFileException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Makes an exception with what a user should read. */
  public FeedFileException(final String message) {
    super(message);
  }
}
