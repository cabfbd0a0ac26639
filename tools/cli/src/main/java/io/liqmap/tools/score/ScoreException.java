package io.liqmap.tools.score;

import java.io.IOException;

/** A journal that has too little to score. */
public final class ScoreException extends IOException {
  private static final long serialVersionUID = 1;

  /** Says what is missing, and what to do. */
  public ScoreException(final String message) {
    super(message);
  }
}
