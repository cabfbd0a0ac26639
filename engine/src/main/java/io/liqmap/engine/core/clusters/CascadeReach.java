package io.liqmap.engine.core.clusters;

/**
 * How far a move of the price carries, when what it sweeps moves the price farther.
 *
 * <pre>
 *   x₀ = shock      xₙ₊₁ = shock + impact · N(xₙ)      until N stays the same
 * </pre>
 *
 * <i>x</i> is a logarithmic distance from mark, <i>N(x)</i> the notional that stands within it.
 * Mark is taken to be at the centre of its bucket, so a bucket <i>i</i> away is swept when <i>x</i>
 * reaches <i>i</i> + ½ widths. Each round looks up one prefix sum; there are as many rounds as
 * needed, at most {@link #MAX_ROUNDS}.
 *
 * <p>Holds the answer until the next question. One thread; allocates nothing.
 */
public final class CascadeReach {
  /** Most rounds that are followed. */
  public static final int MAX_ROUNDS = 256;

  private double reach;
  private double notional;
  private int buckets;
  private int rounds;

  /** Makes one that wasn't asked yet. */
  public CascadeReach() {
    // All is 0 until the first question.
  }

  /**
   * Follows a shock.
   *
   * @param cumulative by distance: at <i>i</i> the notional that stands in the bucket of mark and
   *     the <i>i</i> buckets next to it, quote asset; never falls
   * @param count numbers in it that count; farther away nothing stands
   * @param logWidth logarithmic width of a bucket, above 0
   * @param shock logarithmic distance of the first move, 0 or more
   * @param impact logarithmic move of the price by a notional of 1; a NaN counts as 0
   */
  public void follow(
      final double[] cumulative,
      final int count,
      final double logWidth,
      final double shock,
      final double impact) {
    final double effect = impact > 0 ? impact : 0;
    reach = shock;
    notional = 0;
    rounds = 0;
    buckets = crossed(shock, logWidth, count);
    while (buckets > 0 && cumulative[buckets - 1] > notional && rounds < MAX_ROUNDS) {
      notional = cumulative[buckets - 1];
      reach = shock + effect * notional;
      rounds++;
      buckets = crossed(reach, logWidth, count);
    }
  }

  private static int crossed(final double distance, final double logWidth, final int count) {
    return (int) Math.min(count, distance / logWidth + 0.5);
  }

  /** Logarithmic distance from mark at which the move ends, the shock or more. */
  public double reach() {
    return reach;
  }

  /** What is swept on the way, quote asset. */
  public double notional() {
    return notional;
  }

  /** Buckets that are crossed, the one of mark included. */
  public int buckets() {
    return buckets;
  }

  /** Rounds in which something was swept. */
  public int rounds() {
    return rounds;
  }
}
