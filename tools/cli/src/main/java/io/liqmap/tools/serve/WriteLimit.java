package io.liqmap.tools.serve;

import java.io.IOException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Ends writes to clients that don't read: a thread that writes for too long is interrupted, which
 * closes its socket. For any thread.
 */
final class WriteLimit implements AutoCloseable {
  private final long limitNanos;
  private final ScheduledThreadPoolExecutor watch;

  WriteLimit(final long limitNanos) {
    this.limitNanos = limitNanos;
    watch =
        new ScheduledThreadPoolExecutor(
            1,
            (task) -> {
              final Thread thread = new Thread(task, "liqmap-http-limit");
              thread.setDaemon(true);
              return thread;
            });
    watch.setRemoveOnCancelPolicy(true);
  }

  /** A write to a client. */
  @FunctionalInterface
  interface Write {
    void run() throws IOException;
  }

  /**
   * Writes on the caller's thread.
   *
   * @throws IOException if the client is gone, or didn't read in time
   */
  void run(final Write write) throws IOException {
    final Running running = new Running(Thread.currentThread());
    final Future<?> end = watch.schedule(running::interrupt, limitNanos, TimeUnit.NANOSECONDS);
    try {
      write.run();
    } finally {
      end.cancel(false);
      running.finish();
    }
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }

  private static final class Running {
    private final Thread thread;
    private boolean isFinished;

    Running(final Thread thread) {
      this.thread = thread;
    }

    synchronized void interrupt() {
      if (!isFinished) {
        thread.interrupt();
      }
    }

    /** The interrupt was for this write alone. */
    synchronized void finish() {
      isFinished = true;
      Thread.interrupted();
    }
  }
}
