package io.liqmap.engine.shared.counters;

import java.util.concurrent.TimeUnit;

/**
 * Measures how long a thread has been watching another, for deadlines.
 *
 * <p>A pause of the whole process (SIGSTOP, a debugger, a frozen machine, a long collection) stops
 * the watched thread as well. So the time between two calls of {@link #nanos} counts for {@link
 * #LONGEST_STEP_NANOS} at most; call it more often than that. One thread; allocates nothing.
 */
public final class WatchedTime {
  /** Longest time between two calls that counts, ns. */
  public static final long LONGEST_STEP_NANOS = 10_000_000L;

  private static final long POLL_MILLIS = 5;

  private long last = System.nanoTime();
  private long nanos;

  /** Time watched since the start or the last {@link #restart}, ns. */
  public long nanos() {
    final long now = System.nanoTime();
    nanos += Math.min(now - last, LONGEST_STEP_NANOS);
    last = now;
    return nanos;
  }

  /** Starts from 0. */
  public void restart() {
    last = System.nanoTime();
    nanos = 0;
  }

  /**
   * Waits for a thread to end, even where the caller is interrupted, which then stays set.
   *
   * @return whether it has ended
   */
  public static boolean join(final Thread thread, final long nanos) {
    final WatchedTime waited = new WatchedTime();
    boolean isInterrupted = false;
    while (thread.isAlive() && waited.nanos() < nanos) {
      try {
        TimeUnit.MILLISECONDS.timedJoin(thread, POLL_MILLIS);
      } catch (final InterruptedException e) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
    return !thread.isAlive();
  }
}
