package io.liqmap.tools.watch;

/**
 * A map as of the end of an interval.
 *
 * @param time end of the interval, ns since 1970
 * @param mark NaN while unknown
 */
record HeatColumn(long time, double mark, Bars longs, Bars shorts) {
  static HeatColumn of(final WatchedMap map, final long time) {
    return new HeatColumn(time, map.mark(), map.longs(), map.shorts());
  }

  /** Notional of both sides between two prices. */
  double between(final double low, final double high) {
    return longs.between(low, high) + shorts.between(low, high);
  }
}
