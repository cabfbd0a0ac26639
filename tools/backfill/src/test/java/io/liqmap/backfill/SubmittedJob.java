package io.liqmap.backfill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** The job that runs on a {@link LocalCluster}, as its operator sees it. */
final class SubmittedJob implements AutoCloseable {
  private static final long LIMIT_SECONDS = 180;
  private static final long PAUSE_MILLIS = 20;

  private final RestClusterClient<String> client;
  private final JobID job;

  private SubmittedJob(final RestClusterClient<String> client, final JobID job) {
    this.client = client;
    this.job = job;
  }

  /**
   * Submits a backfill.
   *
   * @param savepoint to start from, null for none
   */
  static SubmittedJob submit(
      final LocalCluster cluster,
      final List<Path> feeds,
      final BackfillOptions options,
      final int parallelism,
      final String savepoint)
      throws Exception {
    final String[] address = cluster.address().split(":", 2);
    final Configuration settings = new Configuration();
    settings.set(RestOptions.ADDRESS, address[0]);
    settings.set(RestOptions.PORT, Integer.parseInt(address[1]));
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(100));
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
    final StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(settings);
    environment.setParallelism(parallelism);
    BackfillJob.build(environment, feeds.stream().map(Path::toString).toList(), options)
        .sinkTo(new DiscardingSink<>())
        .uid("results");
    final RestClusterClient<String> client = new RestClusterClient<>(settings, "test");
    try {
      final JobGraph graph = environment.getStreamGraph().getJobGraph();
      if (savepoint != null) {
        graph.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(savepoint));
      }
      return new SubmittedJob(client, client.submitJob(graph).get());
    } catch (final Exception e) {
      client.close();
      throw e;
    }
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

  /** Waits until each of its tasks runs. */
  SubmittedJob awaitRunning() throws Exception {
    await("the job runs", () -> status() == JobStatus.RUNNING && allTasksRun());
    return this;
  }

  JobStatus status() throws Exception {
    return client.getJobStatus(job).get();
  }

  /** Waits until it has ended as it should. */
  void awaitFinished() throws Exception {
    await("the job ends", () -> status().isGloballyTerminalState());
    assertEquals(JobStatus.FINISHED, status());
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
    await("the job is cancelled", () -> status() == JobStatus.CANCELED);
  }

  @Override
  public void close() {
    client.close();
  }
}
