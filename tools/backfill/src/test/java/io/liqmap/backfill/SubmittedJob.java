package io.liqmap.backfill;

import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo;

/** The job that runs on a {@link LocalCluster}, as its operator sees it. */
final class SubmittedJob implements AutoCloseable {
  private static final long LIMIT_SECONDS = 180;
  private static final long PAUSE_MILLIS = 20;

  private final RestClusterClient<String> client;
  private JobID job;

  SubmittedJob(final LocalCluster cluster) throws Exception {
    final String[] address = cluster.address().split(":", 2);
    final Configuration configuration = new Configuration();
    configuration.set(RestOptions.ADDRESS, address[0]);
    configuration.set(RestOptions.PORT, Integer.parseInt(address[1]));
    client = new RestClusterClient<>(configuration, "test");
  }

  /** A moment that may come. */
  interface Condition {
    boolean holds() throws Exception;
  }

  /** Waits with a generous limit. */
  static void await(final String what, final Condition condition) throws Exception {
    final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        fail("not within " + LIMIT_SECONDS + " s: " + what);
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  /** Waits until a job has come and each of its tasks runs. */
  SubmittedJob awaitRunning() throws Exception {
    await("a job runs", this::runs);
    return this;
  }

  private boolean runs() throws Exception {
    job = null;
    for (final JobStatusMessage status : client.listJobs().get()) {
      if (status.getJobState() == JobStatus.RUNNING) {
        job = status.getJobId();
      }
    }
    return job != null && allTasksRun();
  }

  private boolean allTasksRun() throws Exception {
    final JobDetailsInfo details = client.getJobDetails(job).get();
    int running = 0;
    int all = 0;
    for (final JobDetailsInfo.JobVertexDetailsInfo vertex : details.getJobVertexInfos()) {
      all += vertex.getParallelism();
      running += vertex.getTasksPerState().getOrDefault(ExecutionState.RUNNING, 0);
      running += vertex.getTasksPerState().getOrDefault(ExecutionState.FINISHED, 0);
    }
    return all > 0 && all == running;
  }

  /** Stops it; returns where its state is. */
  String stopWithSavepoint(final Path folder) throws Exception {
    for (int attempt = 1; ; attempt++) {
      try {
        return client
            .stopWithSavepoint(job, false, folder.toUri().toString(), SavepointFormatType.CANONICAL)
            .get();
      } catch (final ExecutionException e) {
        // A task was just being started.
        if (attempt == 3) {
          throw e;
        }
        awaitRunning();
      }
    }
  }

  void cancel() throws Exception {
    client.cancel(job).get();
    await("the job is cancelled", () -> client.getJobStatus(job).get() == JobStatus.CANCELED);
  }

  int taskManagers() throws Exception {
    return client.getClusterOverview().get().getNumTaskManagersConnected();
  }

  @Override
  public void close() {
    client.close();
  }
}
