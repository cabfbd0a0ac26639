package io.liqmap.benchmarks.bench;

import io.liqmap.benchmarks.flow.PriceWalk;
import io.liqmap.benchmarks.peer.NaiveMap;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.map.MapSnapshot;
import io.liqmap.engine.core.margin.Side;

/**
 * The same events through a map of boxed numbers. Before it is measured it is compared with the
 * engine's map, where both mean the same: after trades and marks, up to the first open interest.
 */
final class NaiveFlowStage implements Stage {
  private static final int TURNS = 2;
  private static final double QUANTITY_UNIT = 0.001;
  private static final double TOLERANCE = 1e-9;

  private final PriceWalk walk = MapFlowStage.walk();
  private final NaiveMap map;

  NaiveFlowStage(final Task task) {
    final InstrumentMap engine = NaiveMaps.engine(task.tiers());
    final NaiveMap split = NaiveMaps.split(engine);
    map = NaiveMaps.whole(engine);
    MapFlowStage.apply(engine, walk, false);
    apply(split, walk, false);
    requireSame(MapSnapshot.of(engine), split);
  }

  /** Compares bucket by bucket, against the whole side. */
  static void requireSame(final MapSnapshot image, final NaiveMap naive) {
    for (final Side side : Side.values()) {
      final double total = naive.total(side) * QUANTITY_UNIT;
      Checks.require(total > 0, "the naive map is empty");
      Checks.require(
          Math.abs(image.mapped(side) - total) <= TOLERANCE * total,
          "the naive map holds " + total + " " + side + ", the engine's " + image.mapped(side));
      for (int i = 0; i < image.bucketCount(side); i++) {
        final int bucket = image.firstBucket(side) + i;
        final double difference =
            image.quantity(side, bucket) - naive.quantity(side, bucket) * QUANTITY_UNIT;
        Checks.require(
            Math.abs(difference) <= TOLERANCE * total,
            "the naive map differs from the engine's in bucket " + bucket + " by " + difference);
      }
    }
  }

  @Override
  public Passage pass(final double rate) {
    final long start = System.nanoTime();
    for (int turn = 0; turn < TURNS; turn++) {
      apply(map, walk, true);
    }
    final long nanos = System.nanoTime() - start;
    Checks.require(map.total(Side.LONG) > 0, "the naive map is empty");
    return Passage.of(TURNS * MapFlowStage.events(), nanos, 0);
  }

  static void apply(final NaiveMap map, final PriceWalk walk, final boolean updating) {
    for (int step = 0; step < MapFlowStage.STEPS; step++) {
      if (step % MapFlowStage.TRADES_PER_MARK == 0) {
        map.onMark(walk.price(step));
      }
      map.onTrade(walk.price(step), (double) walk.quantity(step), walk.takerBuys(step));
      if (updating && step % MapFlowStage.TRADES_PER_UPDATE == 0) {
        map.onOpenInterest(MapFlowStage.openInterest(step));
      }
    }
  }
}
