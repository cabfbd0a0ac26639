package io.liqmap.benchmarks.flow;

import io.liqmap.engine.core.lattice.Lattice;

/**
 * The trades of a walk added to an array at cells found beforehand: the least that an update costs.
 */
public final class ArrayWalk {
  private static final int MASK = 1023;
  private static final double RESOLUTION_BPS = 5;

  private final PriceWalk walk;
  private final double[] longs = new double[MASK + 1];
  private final double[] shorts = new double[MASK + 1];
  private final Lattice lattice = new Lattice(RESOLUTION_BPS);
  private final int[] cells;

  /** Finds the cells of a walk. */
  public ArrayWalk(final PriceWalk walk) {
    this.walk = walk;
    cells = new int[walk.steps()];
    for (int step = 0; step < cells.length; step++) {
      cells[step] = lattice.bucketOf(walk.price(step), -1) & MASK;
    }
  }

  /** One add for each trade; returns a sum that depends on them. */
  public double add() {
    for (int step = 0; step < cells.length; step++) {
      longs[cells[step]] += walk.quantity(step);
    }
    return longs[cells[0]];
  }

  /** The cell looked up, and one add on each side: the least work of a map with two sides. */
  public double addLookedUp() {
    int bucket = -1;
    for (int step = 0; step < cells.length; step++) {
      bucket = lattice.bucketOf(walk.price(step), bucket);
      final double quantity = walk.quantity(step);
      final boolean takerBuys = walk.takerBuys(step);
      longs[bucket & MASK] += quantity * (takerBuys ? 1.3 : .7);
      shorts[bucket & MASK] += quantity * (takerBuys ? .7 : 1.3);
    }
    return longs[0] + shorts[0];
  }
}
