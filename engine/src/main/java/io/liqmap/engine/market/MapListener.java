package io.liqmap.engine.market;

import io.liqmap.engine.core.clusters.MapEvent;
import io.liqmap.engine.feed.FeedEvent;

/**
 * Hears on a map thread what happens there; the only thing that runs between two events.
 *
 * <p>Has to return soon: the map waits for it. May read, must not keep any argument, and can't
 * apply events itself: {@link MapWriter#onEvent} refuses. An exception that it throws is counted
 * and goes no further, the next event is told as if nothing had happened; an {@link Error} ends the
 * run.
 *
 * <p>With several shards it is called on several threads at once, for an instrument always on the
 * same, and has to stand that; events of no instrument are told by the first.
 */
@FunctionalInterface
public interface MapListener {
  /** Hears nothing. */
  MapListener NONE = (event, map) -> {};

  /**
   * Called once for each event, right after it was applied.
   *
   * @param event the event, or an empty slot
   * @param map the state behind it; of several shards the one that has the event's instrument
   */
  void onApplied(FeedEvent event, MapWriter map);

  /**
   * Called while an event is applied, when it changes something about clusters, sweeps or quality.
   *
   * @param event is filled again for the next one
   */
  default void onMapEvent(final MapEvent event) {}
}
