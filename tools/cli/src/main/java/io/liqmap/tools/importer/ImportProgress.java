package io.liqmap.tools.importer;

/** Listens to the progress of an import. */
@FunctionalInterface
public interface ImportProgress {
  ImportProgress NONE = (events, time) -> {};

  /**
   * Called on the importing thread every 65,536 events.
   *
   * @param events written so far
   * @param time receive time of the last one, ns since 1970-01-01 UTC
   */
  void at(long events, long time);
}
