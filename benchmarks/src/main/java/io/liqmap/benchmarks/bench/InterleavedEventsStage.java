package io.liqmap.benchmarks.bench;

import io.liqmap.benchmarks.flow.BenchmarkSettings;
import io.liqmap.benchmarks.flow.PriceWalk;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.market.MapWriter;

/** The same as events through the map writer, which follows clusters and levels as well. */
final class InterleavedEventsStage implements Stage {
  private static final long UPDATES = 1L << 21;

  private final PriceWalk walk = UpdateStage.walk();
  private final int instruments;
  private final MapWriter writer;
  private final FeedEvent slot = new FeedEvent();
  private long sequence;
  private int step;

  InterleavedEventsStage(final Task task) {
    instruments = task.instruments();
    writer = NaiveMaps.writer(task.tiers(), instruments);
    for (int i = 0; i < instruments; i++) {
      slot.markPrice(
          ++sequence,
          BenchmarkSettings.START,
          BenchmarkSettings.START,
          i,
          BenchmarkSettings.PRICE_EXPONENT,
          PriceWalk.CENTRE,
          PriceWalk.CENTRE,
          0,
          0);
      writer.onEvent(slot);
    }
  }

  @Override
  public Passage pass(final double rate) {
    final long steps = UPDATES / instruments;
    final long before = writer.maps().of(0).trades();
    final long start = System.nanoTime();
    for (long i = 0; i < steps; i++) {
      for (int id = 0; id < instruments; id++) {
        walk.fill(slot, ++sequence, BenchmarkSettings.START, id, step);
        writer.onEvent(slot);
      }
      step = (step + 1) % walk.steps();
    }
    final long nanos = System.nanoTime() - start;
    Checks.require(writer.maps().of(0).trades() - before == steps, "trades are missing");
    return Passage.of(steps * instruments, nanos, 0);
  }
}
