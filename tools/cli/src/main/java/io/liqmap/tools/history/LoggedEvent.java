package io.liqmap.tools.history;

/**
 * An event as it is kept; text is made of it when it is asked for.
 *
 * @param kind number of the {@link HistoryEvent.Kind}
 * @param side 0 none, 1 long, 2 short
 * @param cluster its number; of a gap the messages missing; of a change of quality the flags
 *     before, times 256, and after
 */
record LoggedEvent(
    long sequence,
    long time,
    byte kind,
    byte side,
    double price,
    double priceLow,
    double priceHigh,
    double notional,
    long cluster) {
  /** Bytes in a file, which has the kind once for all. */
  static final int LENGTH = 8 + 8 + 1 + 4 * 8 + 8;

  /** By which events compare where not all are kept: gaps first, changes of quality last. */
  double weight() {
    if (kind == HistoryEvent.Kind.GAP.ordinal()) {
      return Double.POSITIVE_INFINITY;
    }
    return Double.isNaN(notional) ? 0 : notional;
  }
}
