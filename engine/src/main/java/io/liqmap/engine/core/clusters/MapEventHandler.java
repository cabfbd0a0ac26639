package io.liqmap.engine.core.clusters;

/** Takes what the levels of an instrument have to tell, on the thread that drives them. */
@FunctionalInterface
public interface MapEventHandler {
  /** Takes nothing in. */
  MapEventHandler NONE = event -> {};

  /**
   * Takes an event.
   *
   * @param event used again for the next one: has to be read before this returns
   */
  void on(MapEvent event);
}
