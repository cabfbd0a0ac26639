package io.liqmap.benchmarks.bench;

import io.liqmap.benchmarks.flow.BenchmarkSettings;
import io.liqmap.benchmarks.flow.PriceWalk;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.margin.Side;

/** A trade, and mark moved to its price, over ±3 %: some steps sweep what trades have opened. */
final class SweepStage implements Stage {
  private static final int TURNS = 32;
  private static final int STEPS = 1 << 16;
  private static final double WIDE_BPS = 300;

  private final PriceWalk walk = new PriceWalk(2, STEPS, WIDE_BPS);
  private final InstrumentMap map;

  SweepStage(final Task task) {
    map = NaiveMaps.engine(task.tiers());
    map.onMark(BenchmarkSettings.START, PriceWalk.CENTRE, 0, 0);
  }

  @Override
  public Passage pass(final double rate) {
    final double before = map.sweptNotional(0, Side.LONG);
    final long start = System.nanoTime();
    for (int turn = 0; turn < TURNS; turn++) {
      walk.tradeAndSweep(map, BenchmarkSettings.START);
    }
    final long nanos = System.nanoTime() - start;
    Checks.require(map.sweptNotional(0, Side.LONG) > before, "nothing was swept");
    return Passage.of((long) TURNS * STEPS, nanos, 0);
  }
}
