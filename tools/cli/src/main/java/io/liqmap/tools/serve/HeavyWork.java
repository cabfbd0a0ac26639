package io.liqmap.tools.serve;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Answers that take a processor for long or much memory: two are made at once, a few wait, more are
 * rejected. For any thread.
 */
final class HeavyWork {
  private static final int AT_ONCE = 2;
  private static final long WAIT_SECONDS = 20;

  private final Semaphore admitted;
  private final Semaphore making = new Semaphore(AT_ONCE, true);

  HeavyWork(final int waiting) {
    admitted = new Semaphore(AT_ONCE + waiting);
  }

  /** Makes an answer. */
  @FunctionalInterface
  interface Making<T> {
    T make() throws IOException, Problem;
  }

  /**
   * Makes an answer on the caller's thread, perhaps after others.
   *
   * @throws Problem if too many wait
   */
  <T> T run(final Making<T> answer) throws IOException, Problem {
    if (!admitted.tryAcquire()) {
      throw busy();
    }
    try {
      if (!making.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw busy();
      }
      try {
        return answer.make();
      } finally {
        making.release();
      }
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy();
    } finally {
      admitted.release();
    }
  }

  private static Problem busy() {
    return new Problem(Problem.TOO_MANY, "too many ask for the past at once; try again");
  }
}
