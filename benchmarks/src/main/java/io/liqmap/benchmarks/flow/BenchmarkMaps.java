package io.liqmap.benchmarks.flow;

import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.core.map.MapSettings;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.pipeline.MarketFlow;

/** Map writers of the benchmarks' instruments. */
public final class BenchmarkMaps {
  private BenchmarkMaps() {}

  /** A writer that has applied the definitions of so many instruments, sequences 1 and up. */
  public static MapWriter writer(final MapSettings settings, final int instruments) {
    final MapWriter writer = new MapWriter(settings, ClusterSettings.DEFAULT, instruments);
    final FeedEvent definition = new FeedEvent();
    for (int i = 0; i < instruments; i++) {
      definition.instrument(
          i + 1, BenchmarkSettings.START, BenchmarkSettings.START, MarketFlow.instrument(i));
      writer.onEvent(definition);
    }
    return writer;
  }
}
