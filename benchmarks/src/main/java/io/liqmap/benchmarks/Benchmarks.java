package io.liqmap.benchmarks;

import java.util.Arrays;

/** Runs JMH, or with {@code throughput} or {@code latency} as first argument the whole path. */
public final class Benchmarks {
  private Benchmarks() {}

  public static void main(final String[] args) throws Exception {
    if (args.length > 0 && args[0].equals("throughput")) {
      ThroughputRun.main(Arrays.copyOfRange(args, 1, args.length));
    } else if (args.length > 0 && args[0].equals("latency")) {
      LatencyRun.main(Arrays.copyOfRange(args, 1, args.length));
    } else {
      org.openjdk.jmh.Main.main(args);
    }
  }
}
