package io.liqmap.engine.shared.view;

import io.liqmap.engine.core.margin.Side;

/** Answer about a cascade; used again and again. One thread. */
public final class Cascade {
  /** Most rounds that are followed. */
  public static final int MAX_ROUNDS = 256;

  private Side side = Side.LONG;
  private double shockPrice;
  private double impact;
  private double reachPrice;
  private double notional;
  private boolean cutShort;
  int rounds;

  void begin(final Side sweptSide, final double price, final double impactPerNotional) {
    side = sweptSide;
    shockPrice = price;
    impact = impactPerNotional;
    rounds = 0;
  }

  void end(final double price, final double swept, final boolean isCutShort) {
    reachPrice = price;
    notional = swept;
    cutShort = isCutShort;
  }

  /** Side that is swept. */
  public Side side() {
    return side;
  }

  /** Price to which the shock alone goes. */
  public double shockPrice() {
    return shockPrice;
  }

  /** Price at which the move ends. */
  public double reachPrice() {
    return reachPrice;
  }

  /** All that is swept on the way, quote asset. */
  public double notional() {
    return notional;
  }

  /** Rounds in which something more was swept. */
  public int rounds() {
    return rounds;
  }

  /** Move of the logarithm of price by a notional of 1; NaN, and taken for 0, while unknown. */
  public double impact() {
    return impact;
  }

  /** Whether the rounds ended before the move did. */
  public boolean isCutShort() {
    return cutShort;
  }
}
