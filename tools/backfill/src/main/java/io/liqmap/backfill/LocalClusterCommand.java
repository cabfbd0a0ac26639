package io.liqmap.backfill;

import io.liqmap.tools.command.ExitCodes;
import io.liqmap.tools.command.SignalExit;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code liqmap backfill cluster}: a cluster of Flink on this machine. */
@Command(
    name = "cluster",
    description = {
      "Starts a cluster of Flink on loopback for --cluster, from what liqmap has: no installation",
      "is needed. Prints its address, starts a task manager that ended again, and runs until Ctrl-C."
    })
final class LocalClusterCommand implements Callable<Integer> {
  private static final int FLINKS_PORT = 8081;
  private static final long LOOK_MILLIS = 500;

  @Spec private CommandSpec spec;

  @Option(
      names = "--folder",
      required = true,
      paramLabel = "DIR",
      description = "Folder for its configuration, logs and checkpoints.")
  private Path folder;

  @Option(
      names = "--task-managers",
      defaultValue = "2",
      paramLabel = "N",
      description = "Processes that compute (default: ${DEFAULT-VALUE}).")
  private int taskManagers;

  @Option(
      names = "--slots",
      defaultValue = "1",
      paramLabel = "N",
      description = "Instruments that each computes at a time (default: ${DEFAULT-VALUE}).")
  private int slots;

  @Option(
      names = "--heap",
      defaultValue = "1024",
      paramLabel = "MIB",
      description = "Heap of each for its slots, in MiB (default: ${DEFAULT-VALUE}).")
  private int heap;

  @Option(
      names = "--port",
      defaultValue = "" + FLINKS_PORT,
      paramLabel = "P",
      description = "Port for jobs, 0 for any that is free (default: ${DEFAULT-VALUE}).")
  private int port;

  @Override
  public Integer call() throws IOException {
    requireInRange("--task-managers", taskManagers, 1, 1_000);
    requireInRange("--slots", slots, 1, 1_000);
    requireInRange("--heap", heap, 64, 1 << 20);
    requireInRange("--port", port, 0, 65_535);
    final LocalCluster.Size size = new LocalCluster.Size(taskManagers, slots, heap, port);
    try (LocalCluster cluster = LocalCluster.start(folder, size)) {
      final SignalExit exit = SignalExit.on(spec.commandLine(), cluster::close);
      final PrintWriter out = spec.commandLine().getOut();
      out.println(cluster.address());
      out.flush();
      try {
        while (!Thread.currentThread().isInterrupted()) {
          look(cluster);
        }
      } finally {
        exit.cancel();
      }
    }
    return ExitCodes.DONE;
  }

  private void look(final LocalCluster cluster) throws IOException {
    final int mended = cluster.mend();
    if (mended > 0) {
      spec.commandLine()
          .getErr()
          .println(mended + " of the task managers ended and were started again");
      spec.commandLine().getErr().flush();
    }
    try {
      Thread.sleep(LOOK_MILLIS);
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void requireInRange(
      final String option, final int value, final int least, final int most) {
    if (value < least || value > most) {
      throw new ParameterException(
          spec.commandLine(), option + ": " + value + " is not from " + least + " to " + most);
    }
  }
}
