package io.liqmap.engine.pipeline;

/** A run that failed: says what failed, and which events are kept. */
public final class EngineException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Makes an exception with what a user should read, and what it came from. */
  public EngineException(final String message, final Throwable cause) {
    super(message, cause);
  }
}
