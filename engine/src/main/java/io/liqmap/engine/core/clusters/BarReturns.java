package io.liqmap.engine.core.clusters;

import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;

/**
 * How much the price moves, and how much takers move it, where prices were made from bars: inside a
 * bar their order is assumed, only open, high, low and close are known.
 *
 * <p>A bar counts once it is over, if it was followed from its start and had a price. With high H,
 * low L, open O, close C, the signed notional <i>q</i> of the takers, buys less sells, and d =
 * 2<sup>−length/half-life</sup>:
 *
 * <pre>
 *   S ← d·S + ln²(H/L) / (4 ln 2)    W ← d·W + 1    volatility = √(S/W · 1 hour/length)
 *   A ← d·A + ln(C/O)·q              B ← d·B + q²   impact λ = max(0, A/B)
 * </pre>
 *
 * The variance of a bar is that of Parkinson (The Extreme Value Method for Estimating the Variance
 * of the Rate of Return, Journal of Business 53, 1980); weights and λ are those of {@link
 * MinuteReturns}. <i>k</i> bars without a price are one return from the close before them to the
 * open behind them and count as <i>k</i> equal ones.
 *
 * <p>One thread; allocates nothing.
 */
final class BarReturns {
  /** With fewer bars, or bars with trades, the estimate is unknown. */
  static final int LEAST = MinuteReturns.LEAST;

  private static final double HOUR_NANOS = 3_600e9;
  private static final double PARKINSON = 1 / (4 * StrictMath.log(2));

  /** No time lies before it: the first one begins the first bar. */
  private static final long FIRST_TIME = 1;

  private static final int UNSEEN = 0;
  private static final int PARTLY_SEEN = 1;
  private static final int SEEN_WHOLE = 2;

  private final long length;
  private final long anchor;

  /** Logarithm of d. */
  private final double fade;

  private int seen = UNSEEN;
  private long bar;
  private long due = FIRST_TIME;

  /** 0 while the bar has no price. */
  private long open;

  private long high;
  private long low;
  private long close;
  private boolean isTraded;
  private double flow;

  private long bars;
  private long lastBar;
  private long lastClose;
  private double squares;
  private double weight;
  private long tradedBars;
  private double covariance;
  private double flowSquares;

  /**
   * Starts without bars.
   *
   * @param lengthNanos of a bar, ns, 1 or more
   * @param anchorNanos bars begin at this time and whole lengths from it
   */
  BarReturns(final long halfLifeNanos, final long lengthNanos, final long anchorNanos) {
    length = lengthNanos;
    anchor = anchorNanos;
    fade = -StrictMath.log(2) * lengthNanos / halfLifeNanos;
  }

  /** Advances the time, before the events of that time; an earlier one is ignored. */
  void advance(final long time) {
    if (time >= due) {
      if (open > 0 && seen == SEEN_WHOLE) {
        add();
      }
      open = 0;
      isTraded = false;
      flow = 0;
      begin(time);
    }
  }

  private void begin(final long time) {
    place(time);
    seen = seen != UNSEEN || time == due - length ? SEEN_WHOLE : PARTLY_SEEN;
  }

  private void place(final long time) {
    bar = Math.floorDiv(time - anchor, length);
    due = anchor + (bar + 1) * length;
  }

  private void add() {
    if (bars > 0 && bar - lastBar > 1) {
      addMissing(bar - lastBar - 1, StrictMath.log((double) open / lastClose));
    }
    final double kept = StrictMath.exp(fade);
    final double range = StrictMath.log((double) high / low);
    squares = kept * squares + range * range * PARKINSON;
    weight = kept * weight + 1;
    covariance *= kept;
    flowSquares *= kept;
    if (isTraded) {
      covariance += StrictMath.log((double) close / open) * flow;
      flowSquares += flow * flow;
      tradedBars++;
    }
    bars++;
    lastBar = bar;
    lastClose = close;
  }

  private void addMissing(final long missing, final double move) {
    final double kept = StrictMath.exp(missing * fade);
    final double added = StrictMath.expm1(missing * fade) / StrictMath.expm1(fade);
    squares = kept * squares + added * (move * move) / missing;
    weight = kept * weight + added;
    covariance *= kept;
    flowSquares *= kept;
  }

  void onPrice(final long price) {
    if (open == 0) {
      open = price;
      high = price;
      low = price;
    }
    high = Math.max(high, price);
    low = Math.min(low, price);
    close = price;
  }

  /**
   * Counts what takers did.
   *
   * @param notional quote asset, below 0 for sales
   */
  void onFlow(final double notional) {
    flow += notional;
    isTraded = true;
  }

  /** Standard deviation of the log price over one hour; NaN before it is known. */
  double volatility() {
    return bars < LEAST ? Double.NaN : Math.sqrt(squares / weight * (HOUR_NANOS / length));
  }

  /** Move of the log price by a notional of 1 quote asset; NaN before it is known. */
  double impact() {
    return tradedBars < LEAST || !(flowSquares > 0)
        ? Double.NaN
        : Math.max(0, covariance / flowSquares);
  }

  /** The bar follows from the time of the map. */
  void encode(final StateWriter out) {
    out.putLong(seen);
    out.putLong(open);
    out.putLong(high);
    out.putLong(low);
    out.putLong(close);
    out.putLong(isTraded ? 1 : 0);
    out.putDouble(flow);
    out.putLong(bars);
    out.putLong(lastBar);
    out.putLong(lastClose);
    out.putDouble(squares);
    out.putDouble(weight);
    out.putLong(tradedBars);
    out.putDouble(covariance);
    out.putDouble(flowSquares);
  }

  void decode(final StateReader in, final long time) {
    seen = in.getInt(UNSEEN, time >= FIRST_TIME ? SEEN_WHOLE : UNSEEN);
    if (seen != UNSEEN) {
      place(time);
    }
    open = in.getLong(0, seen == UNSEEN ? 0 : Long.MAX_VALUE);
    high = in.getLong(open, Long.MAX_VALUE);
    low = in.getLong(open == 0 ? 0 : 1, open == 0 ? Long.MAX_VALUE : open);
    close = in.getLong(open == 0 ? 0 : low, open == 0 ? Long.MAX_VALUE : high);
    isTraded = in.getInt(0, 1) == 1;
    flow = in.getDouble(-Double.MAX_VALUE, Double.MAX_VALUE);
    bars = in.getLong(0, seen == UNSEEN ? 0 : Long.MAX_VALUE);
    lastBar = in.getLong(bars > 0 ? Long.MIN_VALUE : 0, bars > 0 ? bar - 1 : 0);
    lastClose = in.getLong(bars > 0 ? 1 : 0, bars > 0 ? Long.MAX_VALUE : 0);
    squares = in.getDouble(0, Double.MAX_VALUE);
    weight = in.getDouble(bars > 0 ? Double.MIN_VALUE : 0, Double.MAX_VALUE);
    tradedBars = in.getLong(0, bars);
    covariance = in.getDouble(-Double.MAX_VALUE, Double.MAX_VALUE);
    flowSquares = in.getDouble(0, Double.MAX_VALUE);
  }
}
