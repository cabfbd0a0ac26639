package io.liqmap.engine.live;

/** How long a live source waits for its writers before it returns an empty block. */
final class Wait {
  static final long MILLIS = 10;
  static final long NANOS = MILLIS * 1_000_000;

  private Wait() {}
}
