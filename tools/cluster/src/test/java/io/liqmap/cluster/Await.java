package io.liqmap.cluster;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition; only a test that fails waits long. */
final class Await {
  private static final long MOST_NANOS = 120_000_000_000L;
  private static final long BETWEEN_NANOS = 5_000_000L;

  private Await() {}

  /**
   * Waits until a condition holds.
   *
   * @return nanoseconds that it took
   */
  static long until(final Supplier<String> what, final BooleanSupplier condition) {
    final long began = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - began > MOST_NANOS) {
        fail("never happened: " + what.get());
      }
      LockSupport.parkNanos(BETWEEN_NANOS);
    }
    return System.nanoTime() - began;
  }
}
