package io.liqmap.tools.serve;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits on a monitor with a limit. */
final class TimedWait {
  private TimedWait() {}

  /**
   * Waits until something is the case, or the time is over.
   *
   * @param monitor that what makes it the case notifies
   */
  static void await(final Object monitor, final long nanos, final BooleanSupplier isMet)
      throws InterruptedException {
    synchronized (monitor) {
      final long end = System.nanoTime() + nanos;
      long left = nanos;
      while (left > 0 && !isMet.getAsBoolean()) {
        TimeUnit.NANOSECONDS.timedWait(monitor, left);
        left = end - System.nanoTime();
      }
    }
  }
}
