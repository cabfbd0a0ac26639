package io.liqmap.tools.venue;

import java.util.Arrays;

/**
 * The prices of the venue: index, last and mark.
 *
 * <p>The index is a random walk whose volatility wanders and which jumps at times, downwards more
 * than upwards. Taker flow moves the price in proportion to its notional; {@link #PERMANENT} of
 * that moves the index as well, the rest is a premium that fades within minutes. Mark is the index
 * plus the premium's moving average over half a minute, evaluated once a second.
 */
final class MarketPrice {
  private static final double DAY = 86_400;
  private static final double PERMANENT = 0.4;
  private static final double PREMIUM_SECONDS = 120;
  private static final double BASIS_SECONDS = 30;
  private static final double MOMENTUM_SECONDS = 1_800;
  private static final double VOLATILITY_SECONDS = 4 * 3_600;
  private static final double VOLATILITY_SPREAD = 0.35;
  private static final double JUMPS_PER_DAY = 2;
  private static final double JUMP = 0.006;
  private static final double JUMP_DRIFT = -0.001;
  private static final int RANGE_QUARTERS = 24;
  private static final int QUARTER = 900;

  private final Draws draws;
  private final double volatility;
  private final double impact;
  private final double[] highs = new double[RANGE_QUARTERS];
  private final double[] lows = new double[RANGE_QUARTERS];

  private double index;
  private double premium;
  private double basis;
  private double trend;
  private double unrest;
  private double high;
  private double low;
  private long seconds;

  MarketPrice(final VenueSettings settings, final Draws draws) {
    this.draws = draws;
    volatility = settings.dailyVolatility() / Math.sqrt(DAY);
    impact = 0.01 / settings.depth();
    index = StrictMath.log(settings.startPrice());
    trend = index;
    Arrays.fill(highs, index);
    Arrays.fill(lows, index);
    high = index;
    low = index;
  }

  void advance(final double elapsed) {
    index += volatility * activity() * Math.sqrt(elapsed) * draws.gaussian();
    premium /= 1 + elapsed / PREMIUM_SECONDS;
  }

  void second() {
    unrest +=
        -unrest / VOLATILITY_SECONDS
            + VOLATILITY_SPREAD * Math.sqrt(2 / VOLATILITY_SECONDS) * draws.gaussian();
    if (draws.chance(JUMPS_PER_DAY / DAY)) {
      index += JUMP_DRIFT + JUMP * draws.gaussian();
      unrest += VOLATILITY_SPREAD;
    }
    basis += (premium - basis) / BASIS_SECONDS;
    trend += (index + premium - trend) / MOMENTUM_SECONDS;
    final int quarter = (int) (seconds / QUARTER % RANGE_QUARTERS);
    final boolean fresh = seconds % QUARTER == 0;
    highs[quarter] = fresh ? index + premium : Math.max(highs[quarter], index + premium);
    lows[quarter] = fresh ? index + premium : Math.min(lows[quarter], index + premium);
    high = highs[0];
    low = lows[0];
    for (int i = 1; i < RANGE_QUARTERS; i++) {
      high = Math.max(high, highs[i]);
      low = Math.min(low, lows[i]);
    }
    seconds++;
  }

  /** Moves the price by a taker's trade: up for a notional above 0, down below. */
  void push(final double notional) {
    index += PERMANENT * impact * notional;
    premium += (1 - PERMANENT) * impact * notional;
  }

  double index() {
    return StrictMath.exp(index);
  }

  double last() {
    return StrictMath.exp(index + premium);
  }

  double mark() {
    return StrictMath.exp(index + basis);
  }

  /** Average premium of last over index, as a share of the price. */
  double basis() {
    return basis;
  }

  /** Volatility over its mean, about 0.3 to 3. */
  double activity() {
    return StrictMath.exp(unrest);
  }

  /** Move of the last half hour, −1 (down) to 1 (up). */
  double momentum() {
    final double moved =
        (index + premium - trend) / (volatility * Math.sqrt(MOMENTUM_SECONDS) + 1e-9);
    return moved / (1 + Math.abs(moved));
  }

  /** Whether the price is within {@code distance} of the high or low of the last six hours. */
  boolean isNearExtreme(final double distance) {
    final double price = index + premium;
    return high - price < distance || price - low < distance;
  }
}
