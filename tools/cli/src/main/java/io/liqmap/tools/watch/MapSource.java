package io.liqmap.tools.watch;

import java.io.IOException;
import java.util.List;

/** Where maps come from. One thread. */
interface MapSource extends AutoCloseable {
  /**
   * The newest map; the one before where nothing is new, null while there is none.
   *
   * @throws IllegalArgumentException if there is no such map as was asked for, saying what to write
   */
  WatchedMap map() throws IOException, InterruptedException;

  WatchState state();

  /** Shows the next instrument, or the one before. */
  void step(int by);

  /** Columns of the map's history, in the order of time; those that are known so far. */
  List<HeatColumn> columns(int most);

  /** Whether more of them are being made. */
  boolean isMaking(int most);

  @Override
  void close();
}
