package io.liqmap.benchmarks.jmh;

import io.liqmap.benchmarks.flow.BenchmarkMaps;
import io.liqmap.benchmarks.flow.BenchmarkSettings;
import io.liqmap.benchmarks.flow.PriceWalk;
import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.core.clusters.ClusterTracker;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.shared.view.ViewMemory;
import io.liqmap.engine.shared.view.ViewReader;
import io.liqmap.engine.shared.view.ViewSettings;
import io.liqmap.engine.shared.view.ViewWriter;

/**
 * A map of ten tiers with hours of trades over ±3 %, its view and a reader of it. The view has 2048
 * buckets of 5 bp on each side: from mark to −64 % and +178 %.
 */
final class PublishedMarket {
  static final int BUCKETS = 2048;

  private static final int TIERS = 10;
  private static final int STEPS = 1 << 14;
  private static final double OPEN_INTEREST = 75_000_000;
  private static final long STEP_NANOS = 500_000_000;
  private static final long BETWEEN_UPDATES = 256;

  private final PriceWalk walk = new PriceWalk(2, STEPS, 300);
  private final InstrumentMap map;
  private final ClusterTracker levels;
  private final ViewWriter writer;
  private final ViewReader reader;
  private long time = BenchmarkSettings.START;
  private long sequence;
  private int step;

  PublishedMarket() {
    map = BenchmarkMaps.writer(BenchmarkSettings.map(TIERS), 1).maps().of(0);
    levels = new ClusterTracker(ClusterSettings.DEFAULT, map);
    map.onMark(time, PriceWalk.CENTRE, 0, 0);
    for (int i = 0; i < STEPS; i++) {
      time += STEP_NANOS;
      trade();
      map.onMark(time, walk.price(i), 0, 0);
      if (i % BETWEEN_UPDATES == 0) {
        map.onOpenInterest(time, OPEN_INTEREST * (1 + i * 1e-6));
      }
      follow();
    }
    final ViewMemory memory =
        ViewMemory.inProcess(new ViewSettings(1, BUCKETS, 64, 32, map.lattice().resolutionBps()));
    writer = new ViewWriter(memory, 0, map, levels);
    reader = new ViewReader(memory, 0);
    publish();
    reader.refresh();
  }

  /** A trade, which changes the open positions. */
  void trade() {
    final long price = walk.price(step);
    final double quantity = (double) walk.quantity(step);
    map.onTrade(time, price, quantity, walk.takerBuys(step));
    levels.onTrade(time, price, quantity, walk.takerBuys(step));
    step = (step + 1) & (STEPS - 1);
  }

  private void follow() {
    sequence++;
    levels.after(sequence, (event) -> {});
  }

  void publish() {
    writer.publish(sequence, time, 0, 0, 0, true);
  }

  ViewReader reader() {
    return reader;
  }
}
