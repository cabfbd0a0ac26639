package io.liqmap.engine.pipeline;

import io.liqmap.engine.feed.FeedEvent;

/** Hears of each event right after it was applied, on the thread that owns the map. */
@FunctionalInterface
public interface MapListener {
  /** Hears nothing. */
  MapListener NONE = (event, map) -> {};

  /**
   * Called once for each event; has to return soon, and to keep neither argument. What it throws
   * ends the run.
   *
   * @param event the event, or an empty slot
   * @param map the state behind it, to be read only
   */
  void onApplied(FeedEvent event, MapWriter map);
}
