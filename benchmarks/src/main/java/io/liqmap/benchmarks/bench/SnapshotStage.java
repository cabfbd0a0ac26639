package io.liqmap.benchmarks.bench;

import io.liqmap.benchmarks.flow.BenchmarkSettings;
import io.liqmap.benchmarks.flow.FullMap;
import io.liqmap.engine.core.state.StateWriter;
import io.liqmap.engine.market.StatePart;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.agrona.ExpandableDirectByteBuffer;

/**
 * Copies the state of an instrument that has seen a month, as the map's thread does for a snapshot;
 * between two copies trades continue, so that the caches hold what they would hold.
 */
final class SnapshotStage implements Stage {
  private static final int COPIES = 200;
  private static final int TRADES_BETWEEN = 2_000;

  private final FullMap full;
  private final StatePart[] parts = {new StatePart(1)};
  private final StateWriter state = new StateWriter(new ExpandableDirectByteBuffer(1 << 16));

  SnapshotStage(final Task task) {
    full = new FullMap(BenchmarkSettings.map(task.tiers(), task.resolutionBps()));
  }

  @Override
  public Passage pass(final double rate) {
    final long[] nanos = new long[COPIES];
    for (int copy = 0; copy < COPIES; copy++) {
      full.trade(TRADES_BETWEEN);
      final long start = System.nanoTime();
      full.writer().copyTo(parts[0]);
      nanos[copy] = System.nanoTime() - start;
    }
    StatePart.assemble(parts, state);
    Arrays.sort(nanos);
    return new Passage(
        1,
        nanos[COPIES / 2],
        0,
        List.of(),
        null,
        null,
        Map.of(
            "stateBytes", (double) state.position(),
            "p99Micros", nanos[COPIES * 99 / 100] / 1e3,
            "entryBuckets", (double) full.entryBuckets()));
  }
}
