package io.liqmap.tools.venue;

import io.liqmap.engine.core.margin.BinanceUsdm;
import io.liqmap.engine.core.margin.BracketTable;
import io.liqmap.engine.core.margin.Side;

/**
 * Simulated traders: side, size, leverage, and when they close.
 *
 * <p>Takers are the leveraged crowd that follows the move, with lumps at round leverages; makers
 * are calmer money. None of it is meant to equal a map's assumed profile.
 */
final class Crowd {
  private static final double[] ROUND_LEVERAGE = {5, 10, 20, 25, 50, 75, 100};
  private static final double[] ROUND_SHARE = {0.14, 0.28, 0.22, 0.10, 0.12, 0.05, 0.09};
  private static final double ROUND = 0.55;
  private static final double HOUR = 3_600;
  private static final double LONGEST_HOLD = 10 * 24 * HOUR;
  private static final double LARGEST_ORDER = 5e6;

  /** Least distance of liquidation from mark, as a share of mark. */
  private static final double ROOM = 0.002;

  private final BracketTable brackets;
  private final double medianMargin;
  private final Draws draws;
  private double notional;

  Crowd(final BracketTable brackets, final VenueSettings settings, final Draws draws) {
    this.brackets = brackets;
    this.draws = draws;
    medianMargin = settings.medianMargin();
  }

  /** Side that the next taker opens, usually with the move. */
  Side takerSide(final MarketPrice market) {
    final double strength = market.isNearExtreme(0.002) ? 0.35 : 0.2;
    return draws.chance(0.5 + strength * market.momentum()) ? Side.LONG : Side.SHORT;
  }

  /** Draws a position to be opened, with {@link #notional()} as its size. */
  Position opener(
      final Side side,
      final boolean taker,
      final double price,
      final double mark,
      final double now) {
    double leverage = taker ? crowdLeverage() : calmLeverage();
    final double margin =
        draws.lognormal(medianMargin, 1.6) * Math.sqrt(10 / leverage) * (taker ? 1 : 2);
    notional = Math.min(LARGEST_ORDER, margin * leverage);
    leverage = Math.min(leverage, brackets.of(1.05 * notional).maxLeverage());
    while (leverage > 2 && !hasRoom(side, leverage, price, mark)) {
      leverage /= 2;
    }
    final double hold = draws.lognormal(3 * HOUR, 1.3) * StrictMath.pow(10 / leverage, 0.9) + 10;
    final double profit = draws.lognormal(0.7, 0.7) / leverage;
    final double loss = (0.3 + 0.65 * draws.uniform()) / leverage;
    return new Position(
        side,
        leverage,
        now + Math.min(hold, LONGEST_HOLD),
        draws.chance(0.6) ? price * Math.max(0.01, 1 + side.sign() * profit) : Double.NaN,
        draws.chance(0.55) ? price * (1 - side.sign() * loss) : Double.NaN);
  }

  /** Size of the order for the last opener, quote asset. */
  double notional() {
    return notional;
  }

  private boolean hasRoom(
      final Side side, final double leverage, final double price, final double mark) {
    final double liquidation =
        BinanceUsdm.liquidationPrice(side, notional / leverage, notional / price, price, brackets);
    return side.sign() * (mark - liquidation) > ROOM * mark;
  }

  private double crowdLeverage() {
    if (!draws.chance(ROUND)) {
      return whole(draws.lognormal(9, 0.8));
    }
    double left = draws.uniform();
    int i = 0;
    while (i + 1 < ROUND_SHARE.length && left >= ROUND_SHARE[i]) {
      left -= ROUND_SHARE[i++];
    }
    return ROUND_LEVERAGE[i];
  }

  private double calmLeverage() {
    return whole(draws.lognormal(4, 0.8));
  }

  private static double whole(final double leverage) {
    return Math.max(1, Math.min(125, Math.rint(leverage)));
  }
}
