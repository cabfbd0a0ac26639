package io.liqmap.tools.command;

import io.liqmap.tools.serve.JournalServer;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;

/** Serves until a signal ends the process, which then exits as done. */
final class UntilSignal {
  private UntilSignal() {}

  /** Doesn't return before a signal comes. */
  static int await(final CommandLine line, final JournalServer server) {
    final Thread hook =
        new Thread(
            () -> {
              server.close();
              line.getOut().flush();
              line.getErr().flush();
              // The exit code of a signal would say that it failed.
              Runtime.getRuntime().halt(ExitCodes.DONE);
            },
            "liqmap-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      new CountDownLatch(1).await();
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ExitCodes.DONE;
  }
}
