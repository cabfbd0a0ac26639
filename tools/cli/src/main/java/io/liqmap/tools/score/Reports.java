package io.liqmap.tools.score;

/** How complete a venue's reports of liquidations are, and what follows for the score. */
public enum Reports {
  /** All are reported. */
  FULL,
  /** Sums per bar of what was reported, at most one a second and symbol: floors. */
  BAR_SUMS,
  /** Single reports, at most one a second and symbol: seconds at that cap are left out. */
  THROTTLED;

  /**
   * Of a feed.
   *
   * @param forcedPerReported liquidations for one that the venue reports
   * @param tradeBarNanos length of the feed's bars, 0 or less for ticks
   */
  static Reports of(final double forcedPerReported, final long tradeBarNanos) {
    if (forcedPerReported <= 1) {
      return FULL;
    }
    return tradeBarNanos > 0 ? BAR_SUMS : THROTTLED;
  }
}
