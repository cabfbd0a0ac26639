package io.liqmap.benchmarks.bench;

import io.liqmap.benchmarks.flow.PriceWalk;
import io.liqmap.engine.core.lattice.Lattice;

/** One add per trade to a cell that is known beforehand: what any update costs at the least. */
final class ArrayAddStage implements Stage {
  private static final int MASK = 1023;
  private static final double RESOLUTION_BPS = 5;

  private final PriceWalk walk = UpdateStage.walk();
  private final double[] cells = new double[MASK + 1];
  private final int[] cellOf = new int[walk.steps()];

  ArrayAddStage() {
    final Lattice lattice = new Lattice(RESOLUTION_BPS);
    for (int step = 0; step < cellOf.length; step++) {
      cellOf[step] = lattice.bucketOf(walk.price(step), -1) & MASK;
    }
  }

  @Override
  public Passage pass(final double rate) {
    final long start = System.nanoTime();
    for (int turn = 0; turn < UpdateStage.TURNS; turn++) {
      add();
    }
    final long nanos = System.nanoTime() - start;
    double sum = 0;
    for (final double cell : cells) {
      sum += cell;
    }
    Checks.require(sum > 0, "nothing was added");
    return Passage.of((long) UpdateStage.TURNS * walk.steps(), nanos, 0);
  }

  private void add() {
    for (int step = 0; step < cellOf.length; step++) {
      cells[cellOf[step]] += walk.quantity(step);
    }
  }
}
