package io.liqmap.tools.history;

/** Receives columns on the thread of the replay, in the order of time. */
@FunctionalInterface
public interface ColumnHandler {
  /**
   * Called for each interval and choice; not before the feed has the instrument.
   *
   * @param choice number of the choice in the list that was given, from 0
   */
  void onColumn(int choice, Column column);

  /**
   * Called after the columns of an interval, whether or not there are any.
   *
   * @param end of the interval, ns since 1970
   */
  default void onInterval(final long end) {}

  /** Called after each interval with how much of the part is made, 0 to 1. */
  default void onProgress(final double done) {}

  /** Asked after each interval: whether to end here. */
  default boolean isCancelled() {
    return false;
  }
}
