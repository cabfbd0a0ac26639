package io.liqmap.tools.score;

import java.util.Arrays;

/**
 * Learns the mean of amounts as exp(θ · features), window after window: a window is predicted by
 * what came before it alone.
 *
 * <p>Maximises the gamma log score −(ln μ + y/μ) (shape 1, so that windows without an amount have a
 * finite score; McCullagh and Nelder, Generalized Linear Models, 1989, ch. 8) less ½ Σ λ θ², by
 * Fisher scoring. Fitted again when a day has passed and the past has grown by a twentieth.
 */
final class GammaRegression {
  /** Amounts above 0 that the past needs before a prediction. */
  static final int LEAST_POSITIVE = 20;

  private static final double GROWTH = 1.05;
  private static final long DAY = 86_400_000_000_000L;
  private static final int MOST_STEPS = 25;
  private static final int MOST_HALVINGS = 12;
  private static final double CONVERGED = 1e-6;
  private static final double MOST_LOG = 40;

  private final double[][] features;
  private final double[] amounts;
  private final double[] precision;
  private final double[] theta;
  private final double[] gradient;
  private final double[][] information;
  private int learned;

  private GammaRegression(
      final double[][] features, final double[] amounts, final double[] precision) {
    this.features = features;
    this.amounts = amounts;
    this.precision = precision;
    theta = new double[features.length];
    gradient = new double[features.length];
    information = new double[features.length][features.length];
  }

  /**
   * What it predicted and came to.
   *
   * @param means by window, NaN before the first that was asked for
   * @param theta coefficients at the last fit
   */
  @SuppressWarnings("ArrayRecordComponent") // Nothing compares them.
  record Learned(double[] means, double[] theta) {
    double last() {
      return theta[theta.length - 1];
    }
  }

  /**
   * Predicts windows one after another.
   *
   * @param features by feature, then window; the first is 1
   * @param amounts by window, 0 or more
   * @param precision of the prior around 0, by feature
   * @param start time of each window, ns
   * @param from first window to predict; the past has {@link #LEAST_POSITIVE} amounts above 0
   */
  static Learned learn(
      final double[][] features,
      final double[] amounts,
      final double[] precision,
      final long[] start,
      final int from) {
    final GammaRegression regression = new GammaRegression(features, amounts, precision);
    final double[] means = new double[amounts.length];
    Arrays.fill(means, 0, Math.min(from, means.length), Double.NaN);
    long fitted = Long.MIN_VALUE;
    for (int i = from; i < means.length; i++) {
      if (i == from || (i >= GROWTH * regression.learned && start[i] - fitted >= DAY)) {
        regression.fit(i);
        fitted = start[i];
      }
      means[i] = StrictMath.exp(regression.logMean(i));
    }
    return new Learned(means, regression.theta);
  }

  /** Log score of an amount by a mean; higher is better. */
  static double logScore(final double mean, final double amount) {
    return -StrictMath.log(mean) - amount / mean;
  }

  private double logMean(final int window) {
    double sum = 0;
    for (int k = 0; k < theta.length; k++) {
      sum += theta[k] * features[k][window];
    }
    return Math.max(-MOST_LOG, Math.min(MOST_LOG, sum));
  }

  /** Fits to the windows before one. */
  private void fit(final int end) {
    if (learned == 0) {
      theta[0] = StrictMath.log(Arrays.stream(amounts, 0, end).sum() / end);
    }
    for (int i = learned; i < end; i++) {
      for (int k = 0; k < theta.length; k++) {
        for (int l = 0; l <= k; l++) {
          information[k][l] += features[k][i] * features[l][i];
        }
      }
    }
    learned = end;
    final Cholesky factors = new Cholesky(information, precision);
    double objective = objective();
    for (int step = 0; step < MOST_STEPS; step++) {
      final double[] direction = factors.solve(gradient);
      double gained = 0;
      for (int k = 0; k < theta.length; k++) {
        gained += direction[k] * gradient[k];
      }
      if (gained < CONVERGED * learned) {
        return;
      }
      final double better = search(direction, objective);
      if (better <= objective) {
        return;
      }
      objective = better;
    }
  }

  /** Steps in a direction, half as far until the objective has grown; the objective then. */
  private double search(final double[] direction, final double objective) {
    final double[] from = theta.clone();
    double length = 1;
    for (int i = 0; i < MOST_HALVINGS; i++) {
      for (int k = 0; k < theta.length; k++) {
        theta[k] = from[k] + length * direction[k];
      }
      final double reached = objective();
      if (reached > objective) {
        return reached;
      }
      length /= 2;
    }
    System.arraycopy(from, 0, theta, 0, from.length);
    return objective;
  }

  /** Objective of the windows learned; leaves its gradient. */
  private double objective() {
    double sum = 0;
    for (int k = 0; k < theta.length; k++) {
      sum -= precision[k] * theta[k] * theta[k] / 2;
      gradient[k] = -precision[k] * theta[k];
    }
    for (int i = 0; i < learned; i++) {
      final double log = logMean(i);
      final double ratio = amounts[i] * StrictMath.exp(-log);
      sum -= log + ratio;
      for (int k = 0; k < theta.length; k++) {
        gradient[k] += features[k][i] * (ratio - 1);
      }
    }
    return sum;
  }
}
