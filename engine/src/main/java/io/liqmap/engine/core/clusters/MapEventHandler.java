package io.liqmap.engine.core.clusters;

/** Receives the map events of an instrument, on the map's thread. */
@FunctionalInterface
public interface MapEventHandler {
  MapEventHandler NONE = event -> {};

  /**
   * Handles an event.
   *
   * @param event reused for the next one: has to be read before this returns
   */
  void on(MapEvent event);
}
