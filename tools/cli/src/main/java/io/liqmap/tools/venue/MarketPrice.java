package io.liqmap.tools.venue;

import java.util.Arrays;

/**
 * The prices of the venue: index, last and mark.
 *
 * <p>The index is a random walk with drift, whose volatility wanders and which jumps at times; a
 * part of a jump may come back. Taker flow moves the price by its notional, the more the farther it
 * has pushed already; a part of that moves the index as well, the rest is a premium that fades.
 * Mark is the index plus the premium's moving average over half a minute.
 */
final class MarketPrice {
  private static final double DAY = 86_400;
  private static final double NANOS = 1e9;
  private static final double BASIS_SECONDS = 30;
  private static final double EXCURSION_SECONDS = 1_200;
  private static final double MOMENTUM_SECONDS = 1_800;
  private static final double VOLATILITY_SECONDS = 4 * 3_600;
  private static final double MOST_DEPLETED = 4;
  private static final int RANGE_QUARTERS = 24;
  private static final double QUARTER = 900;

  private final PriceSettings settings;
  private final Draws draws;
  private final double volatility;
  private final double impact;
  private final double recovery;
  private final double[] highs = new double[RANGE_QUARTERS];
  private final double[] lows = new double[RANGE_QUARTERS];

  private double base;
  private double excursion;
  private double premium;
  private double basis;
  private double trend;
  private double unrest;
  private double high;
  private double low;
  private long quarter;
  private double seconds;

  /**
   * Starts at a price.
   *
   * @param openInterest that the depth is a share of, quote asset
   */
  MarketPrice(
      final PriceSettings settings,
      final double startPrice,
      final double openInterest,
      final Draws draws) {
    this.settings = settings;
    this.draws = draws;
    volatility = settings.volatility() / Math.sqrt(DAY);
    impact = 0.01 / (settings.depth() * openInterest);
    recovery = settings.recovery() / NANOS;
    base = StrictMath.log(startPrice);
    trend = base;
    Arrays.fill(highs, base);
    Arrays.fill(lows, base);
    high = base;
    low = base;
  }

  void advance(final double elapsed) {
    base +=
        settings.drift() * elapsed / DAY
            + volatility * activity() * Math.sqrt(elapsed) * draws.gaussian();
    premium /= 1 + elapsed / recovery;
    excursion /= 1 + elapsed / EXCURSION_SECONDS;
  }

  /** Computes the next mark. */
  void mark(final double elapsed) {
    unrest +=
        -unrest * elapsed / VOLATILITY_SECONDS
            + settings.clustering()
                * Math.sqrt(2 * elapsed / VOLATILITY_SECONDS)
                * draws.gaussian();
    if (draws.chance(settings.jumpsPerDay() * elapsed / DAY)) {
      final double jump = settings.jump() + settings.jumpSpread() * draws.gaussian();
      base += settings.jumpKept() * jump;
      excursion += (1 - settings.jumpKept()) * jump;
      unrest += settings.clustering();
    }
    basis += (premium - basis) * elapsed / (BASIS_SECONDS + elapsed);
    trend += (price() - trend) * elapsed / (MOMENTUM_SECONDS + elapsed);
    seconds += elapsed;
    remember();
  }

  /** Keeps high and low of the last six hours, by the quarter. */
  private void remember() {
    final long now = (long) (seconds / QUARTER);
    final int place = (int) (now % RANGE_QUARTERS);
    final boolean isFresh = now != quarter;
    quarter = now;
    highs[place] = isFresh ? price() : Math.max(highs[place], price());
    lows[place] = isFresh ? price() : Math.min(lows[place], price());
    high = highs[0];
    low = lows[0];
    for (int i = 1; i < RANGE_QUARTERS; i++) {
      high = Math.max(high, highs[i]);
      low = Math.min(low, lows[i]);
    }
  }

  /** Moves the price by a taker's trade: up for a notional above 0, down below. */
  void push(final double notional) {
    final double depleted = notional * premium > 0 ? Math.abs(premium) / 0.01 : 0;
    final double moved =
        impact * notional * Math.min(MOST_DEPLETED, 1 + settings.depletion() * depleted);
    base += settings.impactKept() * moved;
    premium += (1 - settings.impactKept()) * moved;
  }

  private double price() {
    return base + excursion + premium;
  }

  double index() {
    return StrictMath.exp(base + excursion);
  }

  double last() {
    return StrictMath.exp(price());
  }

  double mark() {
    return StrictMath.exp(base + excursion + basis);
  }

  /** Premium of last over index, as a share of the price. */
  double premium() {
    return premium;
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
    final double moved = (price() - trend) / (volatility * Math.sqrt(MOMENTUM_SECONDS) + 1e-9);
    return moved / (1 + Math.abs(moved));
  }

  /** Whether the price is within {@code distance} of the high or low of the last six hours. */
  boolean isNearExtreme(final double distance) {
    return high - price() < distance || price() - low < distance;
  }
}
