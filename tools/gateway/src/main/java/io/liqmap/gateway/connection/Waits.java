package io.liqmap.gateway.connection;

import java.util.function.DoubleSupplier;

/**
 * Waits before attempts: they double from one failure to the next, and vary by half. One thread.
 */
final class Waits {
  private static final int MOST_DOUBLINGS = 30;

  private final long first;
  private final long most;
  private final DoubleSupplier random;
  private int failures;

  /**
   * Makes waits.
   *
   * @param random 0 to 1
   */
  Waits(final long first, final long most, final DoubleSupplier random) {
    this.first = first;
    this.most = most;
    this.random = random;
  }

  /** What was there was stable. */
  void clear() {
    failures = 0;
  }

  /** The next wait, ns. */
  long next() {
    final double doubled = first * Math.pow(2, Math.min(failures++, MOST_DOUBLINGS));
    return (long) (Math.min(doubled, (double) most) * (0.5 + random.getAsDouble() / 2));
  }
}
