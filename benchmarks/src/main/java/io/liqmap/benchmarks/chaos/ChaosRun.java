package io.liqmap.benchmarks.chaos;

import io.liqmap.benchmarks.flow.Folders;
import io.liqmap.engine.pipeline.EngineException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Runs engines under injected faults until the time is over, pass by pass, each with its own feeds
 * and journal.
 *
 * <pre>
 *   feeds with faults ──▶ an inline engine ──▶ state hash
 *                    └──▶ an engine in its own process, journal on a small disk ──▶ state hash
 *                              ▲ killed, stopped, paused, clock stepped, disk filled,
 *                              │ journal copied, lock removed; read by readers that sleep
 *                              └ resumed until the feeds are at their end
 * </pre>
 */
public final class ChaosRun {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int USAGE = 2;
  private static final double MINUTE = 60e9;
  private static final long MESSAGES = 300_000;

  private final PrintStream out;
  private final ChaosReport all = new ChaosReport();

  private ChaosRun(final PrintStream out) {
    this.out = out;
  }

  /** Runs a command line; the exit code is 0 done, 1 failed, 2 wrong usage. */
  public static int execute(final String... args) throws InterruptedException {
    final ChaosOptions options;
    try {
      options = ChaosOptions.parse(args);
    } catch (final IllegalArgumentException e) {
      System.err.println("chaos: " + e.getMessage());
      return USAGE;
    }
    try {
      return execute(options, MESSAGES, System.out).failures().isEmpty() ? DONE : FAILED;
    } catch (final IOException | EngineException e) {
      System.err.println("chaos: " + e);
      return FAILED;
    }
  }

  /**
   * Runs passes until the time is over or one fails.
   *
   * @param messages of a pass
   */
  static ChaosReport execute(final ChaosOptions options, final long messages, final PrintStream out)
      throws IOException, EngineException, InterruptedException {
    Files.createDirectories(options.folder());
    final Path folder = Files.createTempDirectory(options.folder(), "chaos-");
    final ChaosRun run = new ChaosRun(out);
    run.passes(options, messages, folder);
    run.out.print(run.all.table());
    if (run.all.failures().isEmpty()) {
      Folders.delete(folder);
      run.out.println("\none hash in each pass, nothing lost");
    } else {
      run.out.println("\nFAILED; evidence in " + folder);
    }
    run.out.flush();
    return run.all;
  }

  private void passes(final ChaosOptions options, final long messages, final Path folder)
      throws IOException, EngineException, InterruptedException {
    final long deadline = System.nanoTime() + (long) (options.minutes() * MINUTE);
    for (long pass = 0; pass == 0 || deadline - System.nanoTime() > 0; pass++) {
      pass(pass, options, messages, deadline, folder);
      if (!all.failures().isEmpty()) {
        return;
      }
    }
  }

  private void pass(
      final long number,
      final ChaosOptions options,
      final long messages,
      final long deadline,
      final Path folder)
      throws IOException, EngineException, InterruptedException {
    final long seed = options.seed() + number;
    final Path own = Files.createDirectory(folder.resolve("pass-" + (number + 1)));
    final int feeds = 2 + (int) (seed & 1);
    final boolean mayPauseLong = options.minutes() > 2;
    try (ChaosPlace place = new ChaosPlace(own, seed, feeds, messages, mayPauseLong)) {
      if (number == 0 && !place.disk().canBeFilled()) {
        out.println("no disk can be mounted here: none is filled");
      }
      final ChaosPass pass = new ChaosPass(place, seed, deadline);
      final long started = System.nanoTime();
      final ChaosReport report = pass.run();
      all.add(report);
      final boolean isWhole = report.failures().isEmpty();
      out.printf(
          Locale.ROOT,
          "pass %d, seed %d, %d feeds, %.0f s: %s; %s%n",
          number + 1,
          seed,
          feeds,
          (System.nanoTime() - started) / 1e9,
          report.line(),
          isWhole ? "state " + pass.expected() : "FAILED");
      report.failures().forEach((failure) -> out.println("FAILED " + failure));
      out.flush();
      if (!isWhole) {
        place.keepJournal();
      }
    }
    if (all.failures().isEmpty()) {
      Folders.delete(own);
    }
  }
}
