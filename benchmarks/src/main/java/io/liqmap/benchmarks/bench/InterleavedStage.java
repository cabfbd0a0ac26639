package io.liqmap.benchmarks.bench;

import io.liqmap.benchmarks.flow.BenchmarkSettings;
import io.liqmap.benchmarks.flow.PriceWalk;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.market.MapWriter;

/** Each step of the walk goes to all instruments in turn, then the next step. */
final class InterleavedStage implements Stage {
  private static final long UPDATES = 1L << 22;

  private final PriceWalk walk = UpdateStage.walk();
  private final InstrumentMap[] maps;
  private int step;

  InterleavedStage(final Task task) {
    final MapWriter writer = NaiveMaps.writer(task.tiers(), task.instruments());
    maps = new InstrumentMap[task.instruments()];
    for (int i = 0; i < maps.length; i++) {
      maps[i] = writer.maps().of(i);
      maps[i].onMark(BenchmarkSettings.START, PriceWalk.CENTRE, 0, 0);
    }
  }

  @Override
  public Passage pass(final double rate) {
    final long steps = UPDATES / maps.length;
    final long before = maps[0].trades();
    final long start = System.nanoTime();
    for (long i = 0; i < steps; i++) {
      trade();
      step = (step + 1) % walk.steps();
    }
    final long nanos = System.nanoTime() - start;
    Checks.require(maps[0].trades() - before == steps, "trades are missing");
    return Passage.of(steps * maps.length, nanos, 0);
  }

  private void trade() {
    for (final InstrumentMap map : maps) {
      walk.trade(map, BenchmarkSettings.START, step);
    }
  }
}
