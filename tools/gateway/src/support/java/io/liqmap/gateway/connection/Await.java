package io.liqmap.gateway.connection;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition; only a test that fails waits long. */
public final class Await {
  private static final long MOST_NANOS = 60_000_000_000L;

  private Await() {}

  /** Waits until a condition holds. */
  public static void until(final String what, final BooleanSupplier condition) {
    until(() -> what, condition);
  }

  /** The same, with a text made when it fails. */
  public static void until(final Supplier<String> what, final BooleanSupplier condition) {
    final long began = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - began > MOST_NANOS) {
        fail("never happened: " + what.get());
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}
