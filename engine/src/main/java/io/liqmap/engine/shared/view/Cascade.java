package io.liqmap.engine.shared.view;

import io.liqmap.engine.core.clusters.CascadeReach;
import io.liqmap.engine.core.margin.Side;

/** Answer about a cascade; reusable. One thread. */
public final class Cascade {
  private Side side = Side.LONG;
  private double shockPrice;
  private double impact;
  private double reachPrice;
  private double notional;
  private boolean cutShort;
  private int rounds;

  /** Makes an empty answer. */
  public Cascade() {
    // All is 0 until the first question.
  }

  void set(
      final Side sweptSide,
      final double shocked,
      final double reached,
      final double impactPerNotional,
      final CascadeReach reach) {
    side = sweptSide;
    shockPrice = shocked;
    reachPrice = reached;
    impact = impactPerNotional;
    notional = reach.notional();
    rounds = reach.rounds();
    cutShort = reach.isCutShort();
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

  /** Move of the logarithm of price by a notional of 1; NaN, which counts as 0, while unknown. */
  public double impact() {
    return impact;
  }

  /** Whether the rounds ended before the move did. */
  public boolean isCutShort() {
    return cutShort;
  }
}
