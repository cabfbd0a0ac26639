package io.liqmap.tools.page;

/** No browser that tests could use; the message says what to install. */
final class NoBrowserException extends Exception {
  private static final long serialVersionUID = 1L;

  NoBrowserException(final String message) {
    super(message);
  }
}
