package io.liqmap.tools.serve;

import java.util.Optional;

/** A request that isn't answered as asked: the status, and what to do in words. */
final class Problem extends Exception {
  private static final long serialVersionUID = 1L;

  static final int BAD_REQUEST = 400;
  static final int UNAUTHORIZED = 401;
  static final int FORBIDDEN = 403;
  static final int NOT_FOUND = 404;
  static final int METHOD_NOT_ALLOWED = 405;
  static final int CONFLICT = 409;
  static final int TOO_LONG = 414;
  static final int TOO_MANY = 429;
  static final int FAILED = 500;
  static final int NOT_YET = 503;

  private final int status;
  private final double progress;

  Problem(final int status, final String message) {
    this(status, message, Double.NaN);
  }

  /** A journal that isn't read yet, of which a share from 0 to 1 is. */
  Problem(final int status, final String message, final double progress) {
    super(message, null, false, false);
    this.status = status;
    this.progress = progress;
  }

  int status() {
    return status;
  }

  /** Whether the same request may be answered in a second. */
  boolean isPassing() {
    return status == TOO_MANY || status == NOT_YET;
  }

  Answer answer() {
    return new Answer(
        getMessage(), Double.isNaN(progress) ? Optional.empty() : Optional.of(progress));
  }

  /** As JSON. */
  record Answer(String error, Optional<Double> progress) {}
}
