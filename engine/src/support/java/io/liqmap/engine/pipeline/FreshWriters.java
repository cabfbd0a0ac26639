package io.liqmap.engine.pipeline;

import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.core.map.MapSettings;
import io.liqmap.engine.market.MapWriter;

/**
 * Map writers that have seen nothing, one after another, on one lattice: making it takes longest.
 */
public final class FreshWriters {
  private final MapWriter empty;

  public FreshWriters(
      final MapSettings settings, final ClusterSettings levels, final int maxInstruments) {
    empty = new MapWriter(settings, levels, maxInstruments);
  }

  /** One more, as new as the first. */
  public MapWriter next() {
    return MapWriter.whole(empty.split(2));
  }
}
