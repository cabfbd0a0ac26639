package io.liqmap.engine.core.calibration;

import io.liqmap.engine.core.model.LearningMode;
import io.liqmap.engine.core.model.LearningSettings;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;

/**
 * Shares of one side's tiers, learned from what was swept and what was liquidated in windows of
 * minutes to an hour.
 *
 * <pre>
 *   E[k]  swept of tier k for a share of one, b background, y liquidated: parts of open interest
 *   m = Σ f[k]·E[k] + b              what was expected
 *   r = min(y / m, 1000)             what to multiply it by
 *   N[k] ← λ·N[k] + f[k]·E[k]·r      liquidations put down to tier k
 *   D[k] ← λ·D[k] + E[k]             its exposure
 *   f[k] = (β·f0[k] + N[k]) / (β + D[k]),   Σ f ≤ .95
 * </pre>
 *
 * <p>One step of expectation and maximisation for a Poisson mixture (Richardson 1972, Lucy 1974),
 * with a prior of weight β and forgetting λ. A tier whose price never came keeps its prior:
 * exposure says so. The background b = c₀·hours + c₁·excursion takes what no tier explains; it is
 * learned in the same way and isn't part of the map. Only + − × ÷, so the same on any JVM. One
 * thread; allocates nothing.
 */
public final class LearnedProfile {
  /** Exposure, in weights of the prior, below which a share says little more than the prior. */
  public static final double IDENTIFIED = 3;

  private static final double MOST_CORRECTION = 1_000;
  private static final double LN_2 = 0.6931471805599453;
  private static final double NANOS_PER_HOUR = 3.6e12;

  /** Liquidations an hour, as a part of open interest, that no move of price explains: a start. */
  private static final double PRIOR_PER_HOUR = 1e-5;

  /** Liquidations for a move of price of 1, beside those of the tiers: a start. */
  private static final double PRIOR_PER_EXCURSION = .005;

  /** Weight of these starts: two days, and their usual moves. */
  private static final double PRIOR_HOURS = 48;

  private static final double PRIOR_EXCURSION = .15;

  private final LearningSettings settings;
  private final double[] given;
  private final double[] prior;
  private final double[] explained;
  private final double[] exposure;
  private final double[] shares;
  private double explainedByHours;
  private double hours;
  private double explainedByExcursion;
  private double excursion;
  private boolean isChanged;
  private double perHour = PRIOR_PER_HOUR;
  private double perExcursion = PRIOR_PER_EXCURSION;

  /** Starts from given shares, one for each tier. */
  public LearnedProfile(final LearningSettings settings, final double[] given) {
    this.settings = settings;
    this.given = given.clone();
    prior = given.clone();
    explained = new double[given.length];
    exposure = new double[given.length];
    shares = given.clone();
  }

  /**
   * Learns from a window.
   *
   * @param swept by tier, for a share of one, parts of open interest
   * @param liquidated part of open interest
   * @param move largest move of the price against the side, relative
   * @param nanos length of the window
   * @return what the background was expected to be, a part of open interest
   */
  public double learn(
      final double[] swept, final double liquidated, final double move, final long nanos) {
    if (settings.mode() != LearningMode.ON) {
      return 0;
    }
    final double length = nanos / NANOS_PER_HOUR;
    final double background = perHour * length + perExcursion * move;
    double expected = background;
    for (int tier = 0; tier < shares.length; tier++) {
      expected += shares[tier] * swept[tier];
    }
    final double ratio =
        liquidated < expected * MOST_CORRECTION ? liquidated / expected : MOST_CORRECTION;
    final double kept = 1 / (1 + LN_2 * nanos / settings.halfLifeNanos());
    explainedByHours = kept * explainedByHours + perHour * length * ratio;
    hours = kept * hours + length;
    explainedByExcursion = kept * explainedByExcursion + perExcursion * move * ratio;
    excursion = kept * excursion + move;
    for (int tier = 0; tier < shares.length; tier++) {
      explained[tier] = kept * explained[tier] + shares[tier] * swept[tier] * ratio;
      exposure[tier] = kept * exposure[tier] + swept[tier];
    }
    infer();
    isChanged = true;
    return background;
  }

  /**
   * Lets measured positions take over a part of the prior.
   *
   * @param measured shares by tier among the measured positions
   * @param weight of the measured positions, 0 to 1; the given shares have the rest
   */
  public void measure(final double[] measured, final double weight) {
    if (settings.mode() == LearningMode.ON) {
      for (int tier = 0; tier < prior.length; tier++) {
        prior[tier] = (1 - weight) * given[tier] + weight * measured[tier];
      }
      infer();
      isChanged = true;
    }
  }

  private void infer() {
    perHour = (PRIOR_HOURS * PRIOR_PER_HOUR + explainedByHours) / (PRIOR_HOURS + hours);
    perExcursion =
        (PRIOR_EXCURSION * PRIOR_PER_EXCURSION + explainedByExcursion)
            / (PRIOR_EXCURSION + excursion);
    final double weight = settings.priorWeight();
    double sum = 0;
    for (int tier = 0; tier < shares.length; tier++) {
      shares[tier] = (weight * prior[tier] + explained[tier]) / (weight + exposure[tier]);
      sum += shares[tier];
    }
    if (sum > LearningSettings.MOST_MAPPED) {
      for (int tier = 0; tier < shares.length; tier++) {
        shares[tier] *= LearningSettings.MOST_MAPPED / sum;
      }
    }
  }

  /** Whether shares aren't as given any more. */
  public boolean hasLearned() {
    return isChanged;
  }

  /** Tiers that there are. */
  public int tiers() {
    return shares.length;
  }

  /** Shares by tier as they are now: not to be changed. */
  public double[] shares() {
    return shares;
  }

  /** Share of a tier, 0 to 1. */
  public double share(final int tier) {
    return shares[tier];
  }

  /** Share of a tier in the settings. */
  public double given(final int tier) {
    return given[tier];
  }

  /** Share of a tier before anything is learned: as given, or partly measured. */
  public double prior(final int tier) {
    return prior[tier];
  }

  /** Swept so far for a share of one, parts of open interest, older ones with less weight. */
  public double exposure(final int tier) {
    return exposure[tier];
  }

  /** Whether a tier's share is still what it was given, for want of exposure. */
  public boolean isPrior(final int tier) {
    return exposure[tier] < IDENTIFIED * settings.priorWeight();
  }

  /** Part of open interest liquidated an hour that no move of price explains. */
  public double backgroundPerHour() {
    return perHour;
  }

  /** Part of open interest liquidated for a move of price of 1 that no tier explains. */
  public double backgroundPerMove() {
    return perExcursion;
  }

  public void encode(final StateWriter out) {
    out.putLong(isChanged ? 1 : 0);
    out.putDouble(explainedByHours);
    out.putDouble(hours);
    out.putDouble(explainedByExcursion);
    out.putDouble(excursion);
    for (int tier = 0; tier < shares.length; tier++) {
      out.putDouble(prior[tier]);
      out.putDouble(explained[tier]);
      out.putDouble(exposure[tier]);
    }
  }

  public void decode(final StateReader in) {
    isChanged = in.getInt(0, 1) == 1;
    explainedByHours = in.getDouble();
    hours = in.getDouble();
    explainedByExcursion = in.getDouble();
    excursion = in.getDouble();
    for (int tier = 0; tier < shares.length; tier++) {
      prior[tier] = in.getDouble();
      explained[tier] = in.getDouble();
      exposure[tier] = in.getDouble();
    }
    if (isChanged) {
      infer();
    }
  }
}
