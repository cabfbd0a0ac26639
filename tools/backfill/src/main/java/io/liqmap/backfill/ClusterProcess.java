package io.liqmap.backfill;

import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;

/**
 * A process of {@link LocalCluster}: ends with it, when standard input does, even if it is killed.
 */
final class ClusterProcess {
  static final String JOB_MANAGER = "job-manager";
  static final String TASK_MANAGER = "task-manager";

  private ClusterProcess() {}

  /** Runs the program of Flink that the first argument names with the others. */
  public static void main(final String[] args) throws Exception {
    final Thread watch = new Thread(ClusterProcess::endWithInput, "parent");
    watch.setDaemon(true);
    watch.start();
    final String[] others = Arrays.copyOfRange(args, 1, args.length);
    if (args[0].equals(JOB_MANAGER)) {
      StandaloneSessionClusterEntrypoint.main(others);
    } else {
      TaskManagerRunner.main(others);
    }
  }

  private static void endWithInput() {
    try {
      while (System.in.read() >= 0) {
        Thread.onSpinWait();
      }
    } catch (final IOException e) {
      // The other end is gone.
    }
    Runtime.getRuntime().halt(0);
  }
}
