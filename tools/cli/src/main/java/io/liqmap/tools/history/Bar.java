package io.liqmap.tools.history;

/** First, highest, lowest and last price of an interval; NaN without a price. One thread. */
public final class Bar {
  private double open;
  private double high;
  private double low;
  private double close;

  Bar() {
    clear();
  }

  void clear() {
    open = Double.NaN;
    high = Double.NaN;
    low = Double.NaN;
    close = Double.NaN;
  }

  void add(final double price) {
    add(price, price, price, price);
  }

  /** Adds a later interval. */
  public void add(
      final double laterOpen, final double laterHigh, final double laterLow, final double last) {
    if (Double.isNaN(laterOpen)) {
      return;
    }
    if (Double.isNaN(open)) {
      open = laterOpen;
      high = laterHigh;
      low = laterLow;
    } else {
      high = Math.max(high, laterHigh);
      low = Math.min(low, laterLow);
    }
    close = last;
  }

  void add(final Sample sample) {
    add(sample.open, sample.high, sample.low, sample.close);
  }

  /** First price. */
  public double open() {
    return open;
  }

  /** Highest price. */
  public double high() {
    return high;
  }

  /** Lowest price. */
  public double low() {
    return low;
  }

  /** Last price. */
  public double close() {
    return close;
  }
}
