package io.liqmap.backfill;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Flink within this process: what is interrupted is resumed from the files of the days. */
final class Embedded {
  /** More would need more of Flink's network buffers than it has by default. */
  static final int MOST_PARALLEL = 256;

  private static final String LOOPBACK = "127.0.0.1";

  private Embedded() {}

  static StreamExecutionEnvironment environment(final int parallelism) {
    final Configuration settings = new Configuration();
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(RestOptions.ADDRESS, LOOPBACK);
    settings.set(RestOptions.BIND_ADDRESS, LOOPBACK);
    settings.set(RestOptions.BIND_PORT, "0");
    return StreamExecutionEnvironment.createLocalEnvironment(parallelism, settings);
  }
}
