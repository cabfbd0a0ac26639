package io.liqmap.engine.support;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Short commands of the system. */
public final class Shell {
  private Shell() {}

  /** Runs one; false if it failed or isn't there. */
  public static boolean succeeds(final String... command) {
    try {
      final Process process =
          new ProcessBuilder(List.of(command))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (final IOException e) {
      return false;
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
