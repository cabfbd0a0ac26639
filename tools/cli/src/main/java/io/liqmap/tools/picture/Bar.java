package io.liqmap.tools.picture;

import io.liqmap.tools.history.Column;

/**
 * A candle, or what one column of a picture says of prices.
 *
 * @param time end, ns since 1970
 * @param open quote asset; NaN without a trade, as the others
 * @param high highest
 * @param low lowest
 * @param close last
 */
record Bar(long time, double open, double high, double low, double close) {
  static Bar of(final Column column) {
    return new Bar(column.time(), column.open(), column.high(), column.low(), column.close());
  }

  boolean hasTrades() {
    return !Double.isNaN(close);
  }

  /** This one and a later one as one. */
  Bar and(final Bar later) {
    if (!hasTrades() || !later.hasTrades()) {
      return hasTrades() ? new Bar(later.time, open, high, low, close) : later;
    }
    return new Bar(
        later.time, open, Math.max(high, later.high), Math.min(low, later.low), later.close);
  }
}
