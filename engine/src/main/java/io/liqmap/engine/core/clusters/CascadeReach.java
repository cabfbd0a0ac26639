package io.liqmap.engine.core.clusters;

/**
 * How far a move of the price carries, when what it sweeps moves the price farther.
 *
 * <pre>
 *   x₀ = shock      xₙ₊₁ = shock + impact · N(xₙ)      until N stays the same
 * </pre>
 *
 * <i>x</i> is a logarithmic distance from mark, <i>N(x)</i> the notional within it, one look-up a
 * round. Holds the answer until the next {@link #follow}. One thread; allocates nothing.
 */
public final class CascadeReach {
  /** Most rounds that are followed. */
  public static final int MAX_ROUNDS = 256;

  private double reach;
  private double swept;
  private double notional;
  private int rounds;

  /** Makes one that has followed nothing. */
  public CascadeReach() {
    // All is 0 until the first shock.
  }

  /**
   * Follows a shock.
   *
   * @param shock logarithmic distance of the first move, 0 or more
   * @param impact logarithmic move of the price by a notional of 1; a NaN counts as 0
   */
  public void follow(final Notionals notionals, final double shock, final double impact) {
    follow(notionals, shock, impact, Double.POSITIVE_INFINITY);
  }

  /** Follows a shock until it has reached far enough. */
  void follow(
      final Notionals notionals, final double shock, final double impact, final double enough) {
    final double effect = impact > 0 ? impact : 0;
    reach = shock;
    swept = 0;
    rounds = 0;
    notional = notionals.within(shock);
    while (notional > swept && rounds < MAX_ROUNDS && reach < enough) {
      rounds++;
      swept = notional;
      reach = shock + effect * swept;
      notional = notionals.within(reach);
    }
  }

  /** Logarithmic distance from mark at which the move ends, the shock or more. */
  public double reach() {
    return reach;
  }

  /** What is swept in all rounds, which carries the move to its reach, quote asset. */
  public double swept() {
    return swept;
  }

  /** What lies within the reach, quote asset: more than was swept only if it was cut short. */
  public double notional() {
    return notional;
  }

  /** Rounds in which something was swept. */
  public int rounds() {
    return rounds;
  }

  /** Whether the rounds ended before the move did. */
  public boolean isCutShort() {
    return notional > swept;
  }

  /** Notional by distance from mark. */
  public interface Notionals {
    /**
     * Notional within a distance, quote asset.
     *
     * @param distance logarithmic, 0 or more; the answer never falls as it rises
     */
    double within(double distance);
  }
}
