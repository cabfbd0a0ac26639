package io.liqmap.benchmarks.bench;

import io.liqmap.benchmarks.flow.BenchmarkSettings;
import io.liqmap.benchmarks.flow.PriceWalk;
import io.liqmap.engine.core.map.InstrumentMap;

/** Trades of one map along a walk inside the nearest line of either side. */
final class UpdateStage implements Stage {
  /** Walks in a passage: some tens of milliseconds. */
  static final int TURNS = 4096;

  private static final int STEPS = 2048;
  private static final double NARROW_BPS = 25;

  private final PriceWalk walk = walk();
  private final InstrumentMap map;

  UpdateStage(final Task task) {
    map = NaiveMaps.engine(task.tiers());
    map.onMark(BenchmarkSettings.START, PriceWalk.CENTRE, 0, 0);
  }

  static PriceWalk walk() {
    return new PriceWalk(1, STEPS, NARROW_BPS);
  }

  @Override
  public Passage pass(final double rate) {
    final long before = map.trades();
    final long start = System.nanoTime();
    for (int turn = 0; turn < TURNS; turn++) {
      walk.trade(map, BenchmarkSettings.START);
    }
    final long nanos = System.nanoTime() - start;
    Checks.require(map.trades() - before == (long) TURNS * STEPS, "trades are missing");
    return Passage.of((long) TURNS * STEPS, nanos, 0);
  }
}
