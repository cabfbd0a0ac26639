package io.liqmap.tools.command;

import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;

/** Ends the process at a signal, as done. */
public final class SignalExit {
  private final Thread hook;

  private SignalExit(final Thread hook) {
    this.hook = hook;
  }

  /** Has a signal close something, and then end the process; nothing if one came already. */
  public static SignalExit on(final CommandLine line, final Runnable closing) {
    final Thread hook =
        new Thread(
            () -> {
              closing.run();
              line.getOut().flush();
              line.getErr().flush();
              // The exit code of a signal would say that it failed.
              Runtime.getRuntime().halt(ExitCodes.DONE);
            },
            "liqmap-stop");
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (final IllegalStateException e) {
      // The process is ending already.
    }
    return new SignalExit(hook);
  }

  /** Waits for the signal, or an interrupt; returns the exit code. */
  public int await() {
    try {
      new CountDownLatch(1).await();
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    cancel();
    return ExitCodes.DONE;
  }

  /** Leaves signals to others again. */
  public void cancel() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (final IllegalStateException e) {
      // It has come: the hook ends the process.
    }
  }
}
