package io.liqmap.backfill;

import java.io.IOException;

/** Input from which a day is never computed, however often it is tried. */
final class FlawedDayException extends IOException {
  private static final long serialVersionUID = 1;

  FlawedDayException(final String message) {
    super(message);
  }
}
