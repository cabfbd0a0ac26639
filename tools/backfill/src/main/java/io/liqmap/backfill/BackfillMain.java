package io.liqmap.backfill;

import io.liqmap.tools.command.ExitCodes;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/**
 * The job's jar: {@code flink run liqmap-backfill-job.jar} with the options of {@code liqmap
 * backfill}. It submits the job and ends; results are in files.
 */
public final class BackfillMain {
  private BackfillMain() {}

  /** Submits the job to the cluster that runs this, as Flink's client and REST interface do. */
  public static void main(final String[] arguments) {
    final CommandLine command = new CommandLine(BackfillCommand.submitting());
    command.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    command.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    final Throwable[] failure = new Throwable[1];
    command.setExecutionExceptionHandler(
        (error, line, result) -> {
          failure[0] = error;
          return ExitCodes.of(error);
        });
    command.setParameterExceptionHandler(
        (error, args) -> {
          failure[0] = error;
          return ExitCodes.USAGE;
        });
    // Flink's client ends the process; its REST interface runs this within the cluster's.
    command.execute(arguments);
    if (failure[0] != null) {
      throw new IllegalArgumentException(ExitCodes.message(failure[0]), failure[0]);
    }
  }
}
