package io.liqmap.engine.shared.counters;

import java.util.concurrent.TimeUnit;

/**
 * Measures how long somebody has watched, not how late it is: a deadline that others are held to.
 *
 * <p>A pause of the whole process (SIGSTOP, a debugger, a frozen machine, a long collection) stops
 * those who are watched as well, and says nothing about them. So the time between two looks counts
 * for {@link #LONGEST_STEP_NANOS} at most. Whoever watches has to look more often than that. One
 * thread; allocates nothing.
 */
public final class WatchedTime {
  /** Longest time between two looks that counts, ns. */
  public static final long LONGEST_STEP_NANOS = 10_000_000L;

  private static final long LOOK_MILLIS = 5;

  private long looked = System.nanoTime();
  private long nanos;

  /** Looks: returns the time watched since the start or the last {@link #restart}, ns. */
  public long nanos() {
    final long now = System.nanoTime();
    nanos += Math.min(now - looked, LONGEST_STEP_NANOS);
    looked = now;
    return nanos;
  }

  /** Starts from 0. */
  public void restart() {
    looked = System.nanoTime();
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
        TimeUnit.MILLISECONDS.timedJoin(thread, LOOK_MILLIS);
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
