package io.liqmap.engine.core.clusters;

import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;

/**
 * How much the price moves in a minute, and how much takers move it.
 *
 * <p>A minute in which a price came is sampled at its end, with its last price. Between two samples
 * lie <i>k</i> minutes, a return <i>r</i> = ln(p/p₀) and the signed notional <i>q</i> of the
 * takers, buys less sells. With d = 2<sup>−1 minute/half-life</sup> and g = 1 + d + … +
 * d<sup>k−1</sup>, so that a return over <i>k</i> minutes counts as <i>k</i> equal ones:
 *
 * <pre>
 *   S ← dᵏ·S + g·r²/k    W ← dᵏ·W + g      volatility = √(60·S/W)
 *   A ← dᵏ·A + r·q       B ← dᵏ·B + q²     impact λ = max(0, A/B)
 * </pre>
 *
 * The variance is the exponentially weighted one about 0 of RiskMetrics (Technical Document, 4th
 * edition, 1996, §5.2); λ is the slope of price on order flow of Kyle (Continuous Auctions and
 * Insider Trading, Econometrica 53, 1985), estimated without an intercept.
 *
 * <p>One thread; allocates nothing.
 */
final class MinuteReturns {
  static final long MINUTE_NANOS = 60_000_000_000L;

  /** With fewer returns, or minutes with trades, the estimate is unknown. */
  static final int LEAST = 10;

  private static final double MINUTES_PER_HOUR = 60;

  /** Logarithm of d. */
  private final double fade;

  private long minute;
  private long due;
  private long price;
  private boolean isPriced;
  private boolean isTraded;
  private double flow;
  private long sampledPrice;
  private long sampledMinute;
  private long returns;
  private double squares;
  private double weight;
  private long bars;
  private double covariance;
  private double flowSquares;

  MinuteReturns(final long halfLifeNanos) {
    fade = -StrictMath.log(2) * MINUTE_NANOS / halfLifeNanos;
  }

  void startAt(final long time, final long lastPrice) {
    minute = time / MINUTE_NANOS;
    due = (minute + 1) * MINUTE_NANOS;
    price = lastPrice;
  }

  /** Advances the time, before the events of that time; an earlier one is ignored. */
  void advance(final long time) {
    if (time >= due) {
      if (isPriced) {
        sample();
      }
      minute = time / MINUTE_NANOS;
      due = (minute + 1) * MINUTE_NANOS;
    }
  }

  private void sample() {
    if (sampledPrice > 0) {
      add(minute - sampledMinute, StrictMath.log((double) price / sampledPrice));
    }
    sampledPrice = price;
    sampledMinute = minute;
    isPriced = false;
    isTraded = false;
    flow = 0;
  }

  private void add(final long minutes, final double move) {
    final double kept = StrictMath.exp(minutes * fade);
    final double added = StrictMath.expm1(minutes * fade) / StrictMath.expm1(fade);
    squares = kept * squares + added * (move * move) / minutes;
    weight = kept * weight + added;
    returns++;
    covariance *= kept;
    flowSquares *= kept;
    if (isTraded) {
      covariance += move * flow;
      flowSquares += flow * flow;
      bars++;
    }
  }

  void onPrice(final long newPrice) {
    price = newPrice;
    isPriced = true;
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
    return returns < LEAST ? Double.NaN : Math.sqrt(MINUTES_PER_HOUR * squares / weight);
  }

  /** Move of the log price by a notional of 1 quote asset; NaN before it is known. */
  double impact() {
    return bars < LEAST || !(flowSquares > 0) ? Double.NaN : Math.max(0, covariance / flowSquares);
  }

  /** Minute and price follow from those of the map. */
  void encode(final StateWriter out) {
    out.putLong(isPriced ? 1 : 0);
    out.putLong(isTraded ? 1 : 0);
    out.putDouble(flow);
    out.putLong(sampledPrice);
    out.putLong(sampledMinute);
    out.putLong(returns);
    out.putDouble(squares);
    out.putDouble(weight);
    out.putLong(bars);
    out.putDouble(covariance);
    out.putDouble(flowSquares);
  }

  void decode(final StateReader in, final long time, final long lastPrice) {
    startAt(time, lastPrice);
    isPriced = in.getInt(0, lastPrice > 0 ? 1 : 0) == 1;
    isTraded = in.getInt(0, 1) == 1;
    flow = in.getDouble(-Double.MAX_VALUE, Double.MAX_VALUE);
    sampledPrice = in.getLong(0, Long.MAX_VALUE);
    sampledMinute = in.getLong(0, isPriced ? minute - 1 : minute);
    returns = in.getLong(0, minute);
    squares = in.getDouble(0, Double.MAX_VALUE);
    weight = in.getDouble(returns > 0 ? Double.MIN_VALUE : 0, Double.MAX_VALUE);
    bars = in.getLong(0, returns);
    covariance = in.getDouble(-Double.MAX_VALUE, Double.MAX_VALUE);
    flowSquares = in.getDouble(0, Double.MAX_VALUE);
  }
}
