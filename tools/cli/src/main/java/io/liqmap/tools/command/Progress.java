package io.liqmap.tools.command;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** A line on stderr for work that takes longer than two seconds, where stderr is a terminal. */
public final class Progress implements AutoCloseable {
  private static final long FIRST_MILLIS = 2_000;
  private static final long EVERY_MILLIS = 500;

  private final PrintWriter err;
  private final String what;
  private final Supplier<String> done;
  private final Thread thread;
  private volatile boolean closed;

  /** In percent of a share from 0 to 1; another thread reads it. */
  Progress(final PrintWriter err, final String what, final DoubleSupplier done) {
    this(
        err,
        what,
        () -> String.format(Locale.ROOT, "%3.0f %%", 100 * Math.min(1, done.getAsDouble())));
  }

  /** For work of unknown length; another thread reads what is done. */
  public Progress(final PrintWriter err, final String what, final Supplier<String> done) {
    this.err = err;
    this.what = what;
    this.done = done;
    thread = new Thread(this::tick, "liqmap-progress");
    thread.setDaemon(true);
  }

  /** Starts it. */
  public void start() {
    if (Boolean.getBoolean("liqmap.terminal")) {
      thread.start();
    }
  }

  private void tick() {
    boolean shown = false;
    try {
      Thread.sleep(FIRST_MILLIS);
      while (!closed) {
        err.printf("\r%s %s\u001B[K", what, done.get());
        err.flush();
        shown = true;
        Thread.sleep(EVERY_MILLIS);
      }
    } catch (final InterruptedException e) {
      // The work is done.
    }
    if (shown) {
      err.print("\r\u001B[K");
      err.flush();
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
