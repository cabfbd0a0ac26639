package io.liqmap.benchmarks;

import io.liqmap.benchmarks.bench.BackfillRun;
import io.liqmap.benchmarks.bench.BenchRun;
import io.liqmap.benchmarks.bench.FrameRun;
import io.liqmap.benchmarks.chaos.ChaosRun;
import io.liqmap.benchmarks.soak.SoakRun;
import java.util.Arrays;

/**
 * Runs JMH; with {@code bench} as first argument the harness, with {@code soak} the soak, with
 * {@code chaos} an engine through chaos, with {@code backfill} a year of one instrument, with
 * {@code frames} venues' frames to map and view.
 */
public final class Benchmarks {
  private Benchmarks() {}

  public static void main(final String[] args) throws Exception {
    if (args.length > 0 && args[0].equals("bench")) {
      System.exit(BenchRun.execute(Arrays.copyOfRange(args, 1, args.length)));
    } else if (args.length > 0 && args[0].equals("soak")) {
      System.exit(SoakRun.execute(Arrays.copyOfRange(args, 1, args.length)));
    } else if (args.length > 0 && args[0].equals("chaos")) {
      System.exit(ChaosRun.execute(Arrays.copyOfRange(args, 1, args.length)));
    } else if (args.length > 0 && args[0].equals("backfill")) {
      System.exit(BackfillRun.execute(Arrays.copyOfRange(args, 1, args.length)));
    } else if (args.length > 0 && args[0].equals("frames")) {
      System.exit(FrameRun.execute(Arrays.copyOfRange(args, 1, args.length)));
    } else {
      org.openjdk.jmh.Main.main(args);
    }
  }
}
