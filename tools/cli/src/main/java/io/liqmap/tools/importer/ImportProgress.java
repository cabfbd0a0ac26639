package io.liqmap.tools.importer;

/** Is told now and then how far an import has come. */
@FunctionalInterface
public interface ImportProgress {
  /** Tells nobody. */
  ImportProgress NONE = (events, time) -> {};

  /**
   * Called on the importing thread every 65,536 events.
   *
   * @param events written so far
   * @param time receive time of the last one, ns since 1970-01-01 UTC
   */
  void at(long events, long time);
}
