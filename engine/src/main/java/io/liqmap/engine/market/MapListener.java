package io.liqmap.engine.market;

import io.liqmap.engine.core.clusters.MapEvent;
import io.liqmap.engine.feed.FeedEvent;

/**
 * Called on a map thread, which waits for it, so it must return soon.
 *
 * <p>Must not keep any argument, and can't apply events. An exception that it throws is counted and
 * contained: the next event arrives as usual. An {@link Error} ends the run.
 *
 * <p>With several shards it is called on several threads at once, for an instrument always on the
 * same; events of no instrument come from the first shard.
 */
@FunctionalInterface
public interface MapListener {
  /** Does nothing. */
  MapListener NONE = (event, map) -> {};

  /**
   * Called once for each event, right after it was applied.
   *
   * @param event the event, or an empty slot
   * @param map the state after it; of several shards the one that has the event's instrument
   */
  void onApplied(FeedEvent event, MapState map);

  /**
   * Called while an event is applied, when clusters, sweeps or quality change.
   *
   * @param event is reused for the next one
   */
  default void onMapEvent(final MapEvent event) {}
}
