package io.liqmap.backfill;

import java.io.IOException;

/** A day can't be computed from its input, however often it is tried. */
final class FlawedDayException extends IOException {
  private static final long serialVersionUID = 1;

  FlawedDayException(final String message) {
    super(message);
  }
}
