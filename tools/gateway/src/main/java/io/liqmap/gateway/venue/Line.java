package io.liqmap.gateway.venue;

import io.liqmap.engine.feed.InstrumentDefinition;

/** What one connection sends of one instrument, and whether there is a hole in it. One thread. */
final class Line {
  /** Missing messages, of unknown number. */
  static final long UNKNOWN = -1;

  private static final long MOST_MISSING = 1L << 40;

  private long last;
  private boolean wasLost;

  /** The connection was lost; the next data says so, if there was any before. */
  void lose() {
    wasLost = last != 0;
  }

  /**
   * Reports a hole ahead of data.
   *
   * @param missing messages missing by their ids, {@link #UNKNOWN} if ids don't say, 0 none
   */
  void data(
      final MarketSink out, final InstrumentDefinition of, final long time, final long missing) {
    if (wasLost || missing != 0) {
      out.interrupted(of, time, Math.max(0, Math.min(missing, MOST_MISSING)), last);
      wasLost = false;
    }
    last = Math.max(last, time);
  }
}
