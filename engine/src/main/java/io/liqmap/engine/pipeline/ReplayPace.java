package io.liqmap.engine.pipeline;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Decides when an event is due: immediately, or at a multiple of its original pace. One thread. */
public final class ReplayPace {
  private final double factor;
  private long firstEventTime;
  private long firstWallTime;

  private ReplayPace(final double factor) {
    this.factor = factor;
  }

  /** Every event is due immediately. */
  public static ReplayPace max() {
    return new ReplayPace(0);
  }

  /**
   * Events are due at a multiple of their original pace.
   *
   * @param factor above 0; 1 is the original pace
   */
  public static ReplayPace times(final double factor) {
    if (!(factor > 0)) {
      throw new IllegalArgumentException("a pace has to be above 0, was " + factor);
    }
    return new ReplayPace(factor);
  }

  boolean isMax() {
    return factor == 0;
  }

  /** Waits until an event is due, or the engine stops, as it does at an interrupt. */
  void await(final long eventTime, final AtomicBoolean stopped) {
    if (factor == 0) {
      return;
    }
    final long now = System.nanoTime();
    if (firstEventTime == 0) {
      firstEventTime = eventTime;
      firstWallTime = now;
    }
    final long due = firstWallTime + (long) ((eventTime - firstEventTime) / factor);
    long left = due - now;
    while (left > 0 && !stopped.get()) {
      LockSupport.parkNanos(Math.min(left, 10_000_000L));
      if (Thread.currentThread().isInterrupted()) {
        stopped.set(true);
      }
      left = due - System.nanoTime();
    }
  }
}
