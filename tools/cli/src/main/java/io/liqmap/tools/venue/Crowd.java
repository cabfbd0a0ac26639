package io.liqmap.tools.venue;

import io.liqmap.engine.core.margin.BinanceUsdm;
import io.liqmap.engine.core.margin.BracketTable;
import io.liqmap.engine.core.margin.Side;
import java.util.List;

/**
 * Simulated traders, drawn from the classes of a mixture: side, size, leverage, when they close.
 */
final class Crowd {
  /** Largest order, as a share of open interest. */
  private static final double LARGEST_ORDER = 0.004;

  private static final double LONGEST_HOLD = 60 * 86_400;

  /** Least log distance of liquidation from entry, and of liquidation from mark. */
  private static final double ROOM = 0.0025;

  private static final double MAX_LEVERAGE = 125;
  private static final double MIN_LEVERAGE = 0.1;

  private final BracketTable brackets;
  private final List<Mixture.Part> parts;
  private final Draws draws;

  /** Chances of the classes, one upon the other. */
  private final double[] chances;

  private final double sizeScale;
  private final double largest;
  private double notional;

  Crowd(final BracketTable brackets, final Scenario scenario, final Draws draws) {
    this.brackets = brackets;
    this.draws = draws;
    parts = scenario.mixture().parts();
    chances = new double[parts.size()];
    double sum = 0;
    for (int i = 0; i < chances.length; i++) {
      final TraderClass traders = parts.get(i).traders();
      sum += parts.get(i).share() / (traders.meanSize() * traders.meanHoldSeconds());
      chances[i] = sum;
    }
    for (int i = 0; i < chances.length; i++) {
      chances[i] /= sum;
    }
    // Little's law: open interest is what is opened a second times the time that it is held.
    sizeScale = scenario.venue().openInterest() * sum / scenario.venue().ordersPerSecond();
    largest = LARGEST_ORDER * scenario.venue().openInterest();
  }

  /** A class, as often as it opens positions. */
  TraderClass draw() {
    final double at = draws.uniform();
    int i = 0;
    while (i + 1 < chances.length && at >= chances[i]) {
      i++;
    }
    return parts.get(i).traders();
  }

  /** Side that the next taker of a class opens: with the move or against it, against a premium. */
  Side takerSide(final TraderClass traders, final MarketPrice market) {
    final double strength = market.isNearExtreme(0.002) ? 0.15 : 0.1;
    final double lean = strength * traders.follows() * market.momentum();
    // Somebody always takes the other side of a premium.
    final double against = Math.max(-0.35, Math.min(0.35, market.premium() / 0.02));
    return draws.chance(0.5 + lean - against) ? Side.LONG : Side.SHORT;
  }

  /** Draws a position to be opened, with {@link #notional()} as its size. */
  Position opener(
      final TraderClass traders,
      final Side side,
      final double price,
      final double mark,
      final double now) {
    notional = Math.min(largest, sizeScale * draws.lognormal(traders.size(), traders.sizeSpread()));
    final double median = side == Side.LONG ? traders.longDistance() : traders.shortDistance();
    final double distance = Math.max(ROOM, draws.lognormal(median, traders.distanceSpread()));
    double leverage = leverage(side, distance);
    while (leverage > MIN_LEVERAGE && !hasRoom(side, leverage, price, mark)) {
      leverage /= 1.5;
    }
    final double hold =
        traders.holdSeconds(distance) * draws.lognormal(1, traders.holdSpread()) + 10;
    final double profit = distance * draws.lognormal(0.7, 0.7);
    final double loss = distance * (0.3 + 0.65 * draws.uniform());
    return new Position(
        side,
        leverage,
        now + Math.min(hold, LONGEST_HOLD),
        draws.chance(traders.profits()) ? price * StrictMath.exp(side.sign() * profit) : Double.NaN,
        draws.chance(traders.stops()) ? price * StrictMath.exp(-side.sign() * loss) : Double.NaN,
        draws.chance(traders.cross()),
        draws.chance(traders.addsMargin()));
  }

  /** Size of the order for the last opener, quote asset. */
  double notional() {
    return notional;
  }

  /** Leverage whose liquidation is so far from entry, as far as the venue grants it. */
  private double leverage(final Side side, final double distance) {
    final double rate = brackets.of(notional).maintenanceRate();
    final double move = StrictMath.exp(-side.sign() * distance);
    final double margin = side == Side.LONG ? 1 - move * (1 - rate) : move * (1 + rate) - 1;
    final double granted = Math.min(MAX_LEVERAGE, brackets.of(1.05 * notional).maxLeverage());
    return Math.max(MIN_LEVERAGE, Math.min(granted, 1 / margin));
  }

  private boolean hasRoom(
      final Side side, final double leverage, final double price, final double mark) {
    final double liquidation =
        BinanceUsdm.liquidationPrice(side, notional / leverage, notional / price, price, brackets);
    return side.sign() * (mark - liquidation) > ROOM * mark;
  }
}
