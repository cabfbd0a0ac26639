package io.liqmap.benchmarks.bench;

import io.liqmap.benchmarks.flow.BenchmarkSettings;
import io.liqmap.benchmarks.flow.PriceWalk;
import io.liqmap.engine.core.map.InstrumentMap;

/** Trades, a mark after each eighth, and open interest after each 512th, through one map. */
final class MapFlowStage implements Stage {
  static final int STEPS = 1 << 16;
  static final int TRADES_PER_MARK = 8;
  static final int TRADES_PER_UPDATE = 512;
  static final double OPEN_INTEREST = 75_000_000;

  private static final int TURNS = 32;
  private static final double WIDE_BPS = 300;

  private final PriceWalk walk = walk();
  private final InstrumentMap map;

  MapFlowStage(final Task task) {
    map = NaiveMaps.engine(task.tiers());
  }

  static PriceWalk walk() {
    return new PriceWalk(2, STEPS, WIDE_BPS);
  }

  /** Events of one walk: trades, marks and updates. */
  static long events() {
    return STEPS + STEPS / TRADES_PER_MARK + STEPS / TRADES_PER_UPDATE;
  }

  static double openInterest(final int step) {
    return OPEN_INTEREST * ((step & TRADES_PER_UPDATE) == 0 ? 1 : 1.001);
  }

  @Override
  public Passage pass(final double rate) {
    final long before = map.trades();
    final long start = System.nanoTime();
    for (int turn = 0; turn < TURNS; turn++) {
      apply(map, walk, true);
    }
    final long nanos = System.nanoTime() - start;
    Checks.require(map.trades() - before == (long) TURNS * STEPS, "trades are missing");
    return Passage.of(TURNS * events(), nanos, 0);
  }

  static void apply(final InstrumentMap map, final PriceWalk walk, final boolean updating) {
    for (int step = 0; step < STEPS; step++) {
      if (step % TRADES_PER_MARK == 0) {
        map.onMark(BenchmarkSettings.START, walk.price(step), 0, 0);
      }
      walk.trade(map, BenchmarkSettings.START, step);
      if (updating && step % TRADES_PER_UPDATE == 0) {
        map.onOpenInterest(BenchmarkSettings.START, openInterest(step));
      }
    }
  }
}
