package io.liqmap.backfill;

import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Flink on a cluster that runs already. */
final class Remote {
  /** A machine that is gone comes back within minutes; a disk that is full stays so. */
  private static final int RESTARTS = 100;

  private static final Duration RESTART_DELAY = Duration.ofSeconds(3);
  private static final int ANSWER_MILLIS = 10_000;
  private static final int MOST_ANSWER = 1 << 16;
  private static final String JOB_JAR = "liqmap-backfill-job.jar";

  private Remote() {}

  /**
   * What a job has there that an embedded one hasn't.
   *
   * @param checkpoints folder that all machines see
   * @param everyNanos between two checkpoints
   * @param savepoint to start from, null for none
   */
  static Configuration settings(
      final String checkpoints, final long everyNanos, final String savepoint) {
    final Configuration settings = new Configuration();
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, RESTARTS);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, RESTART_DELAY);
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofNanos(everyNanos));
    settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, uri(checkpoints));
    if (savepoint != null) {
      settings.set(StateRecoveryOptions.SAVEPOINT_PATH, uri(savepoint));
    }
    return settings;
  }

  private static String uri(final String path) {
    return path.matches("[a-z0-9+.-]+:/.*")
        ? path
        : Path.of(path).toAbsolutePath().normalize().toUri().toString();
  }

  /**
   * A cluster by the address of its REST interface.
   *
   * @param address {@code HOST:PORT}
   * @param jar the job's; null for the one beside liqmap's
   * @throws IllegalArgumentException if one is wrong
   */
  static StreamExecutionEnvironment environment(
      final String address, final Path jar, final Configuration settings) {
    final int colon = address.lastIndexOf(':');
    final String host = colon < 1 ? "" : address.substring(0, colon);
    int port = 0;
    try {
      port = Integer.parseInt(address.substring(colon + 1));
    } catch (final NumberFormatException e) {
      // Reported below.
    }
    if (host.isEmpty() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException(
          "--cluster has to be HOST:PORT of the cluster's REST interface, as 127.0.0.1:8081, was '"
              + address
              + "'");
    }
    final Path job = jar == null ? besideUs() : jar;
    if (!Files.isRegularFile(job)) {
      throw new IllegalArgumentException(
          job + ": there is no such file; build the job's jar, or name it with --job-jar");
    }
    return StreamExecutionEnvironment.createRemoteEnvironment(
        host, port, settings, job.toAbsolutePath().toString());
  }

  /**
   * Requires that Flink answers: its client tries for minutes, and doesn't say so.
   *
   * @param address {@code HOST:PORT}
   * @throws IOException if nothing answers there, or something else
   */
  static void requireFlink(final String address) throws IOException {
    final URL config = new URL("http://" + address + "/config");
    final String answer;
    try {
      final URLConnection connection = config.openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(ANSWER_MILLIS);
      connection.setReadTimeout(ANSWER_MILLIS);
      try (InputStream in = connection.getInputStream()) {
        answer = new String(in.readNBytes(MOST_ANSWER), StandardCharsets.UTF_8);
      }
    } catch (final IOException e) {
      throw new IOException(
          "--cluster "
              + address
              + ": Flink doesn't answer there ("
              + e
              + "); start it, or name its REST interface",
          e);
    }
    if (!answer.contains("flink-version")) {
      throw new IOException(
          "--cluster " + address + ": what answers there isn't Flink; name its REST interface");
    }
  }

  private static Path besideUs() {
    return Path.of(System.getProperty("liqmap.home", "."))
        .resolve("tools/backfill-job/target")
        .resolve(JOB_JAR);
  }
}
