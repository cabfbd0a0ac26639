package io.liqmap.benchmarks.bench;

import io.liqmap.benchmarks.flow.ArrayWalk;
import io.liqmap.benchmarks.flow.PriceWalk;

/** One add per trade to a cell that is known beforehand: what any update costs at the least. */
final class ArrayAddStage implements Stage {
  private final PriceWalk walk = UpdateStage.walk();
  private final ArrayWalk cells = new ArrayWalk(walk);

  @Override
  public Passage pass(final double rate) {
    final long start = System.nanoTime();
    double sum = 0;
    for (int turn = 0; turn < UpdateStage.TURNS; turn++) {
      sum += cells.add();
    }
    final long nanos = System.nanoTime() - start;
    Checks.require(sum > 0, "nothing was added");
    return Passage.of((long) UpdateStage.TURNS * walk.steps(), nanos, 0);
  }
}
