package io.liqmap.tools.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class GammaRegressionTest {
  private static final int SIZE = 4_000;
  private static final int FROM = 300;
  private static final double POWER = 0.4;
  private static final double LEVEL = -3;

  private final Market market = new Market(7);
  private final double[] ones = new double[SIZE];
  private final double[] logs = new double[SIZE];
  private final double[] amounts = new double[SIZE];
  private final long[] start = new long[SIZE];
  private final double[] precision = {1e-6, 0.1};

  GammaRegressionTest() {
    Arrays.fill(ones, 1);
    for (int i = 0; i < SIZE; i++) {
      logs[i] = market.gaussian();
      amounts[i] = StrictMath.exp(LEVEL + POWER * logs[i]) * market.exponential();
      start[i] = Market.START + i * Market.HOUR;
    }
  }

  private GammaRegression.Learned learn() {
    return GammaRegression.learn(new double[][] {ones, logs}, amounts, precision, start, FROM);
  }

  @Test
  void shouldScoreByTheDensityOfAGammaDistributionOfShapeOne() {
    for (final double mean : new double[] {1e-6, 0.3, 1, 40}) {
      for (final double amount : new double[] {0, 1e-7, 0.3, 90}) {
        final double shape = 1;
        final double density =
            StrictMath.pow(shape / mean, shape)
                * StrictMath.pow(amount, shape - 1)
                * StrictMath.exp(-shape * amount / mean);
        if (density > 0) {
          assertEquals(StrictMath.log(density), GammaRegression.logScore(mean, amount), 1e-9);
        }
      }
    }
  }

  @Test
  void shouldLearnThePower() {
    assertEquals(POWER, learn().last(), 0.05);
    assertEquals(LEVEL, learn().theta()[0], 0.05);
  }

  @Test
  void shouldPredictAWindowFromThoseBeforeItAlone() {
    final double[] means = learn().means();
    final int changed = 2_000;
    for (int i = changed; i < SIZE; i++) {
      amounts[i] *= 50;
    }
    assertArrayEquals(
        Arrays.copyOf(means, changed + 1), Arrays.copyOf(learn().means(), changed + 1));
    assertTrue(learn().means()[SIZE - 1] > 2 * means[SIZE - 1]);
  }

  @Test
  void shouldPredictNothingBeforeItIsAskedTo() {
    final double[] means = learn().means();
    assertTrue(Double.isNaN(means[FROM - 1]));
    assertTrue(means[FROM] > 0);
  }

  /** The last fit is the best one there is, for what it had seen. */
  @Test
  void shouldFindTheLargestScore() {
    final double[][] features = {ones, logs};
    final double[] theta =
        GammaRegression.learn(features, amounts, precision, start, SIZE - 1).theta();
    final double best = score(theta);
    for (final double step : new double[] {-0.02, 0.02}) {
      for (int k = 0; k < theta.length; k++) {
        final double[] near = theta.clone();
        near[k] += step;
        assertTrue(score(near) < best, "θ" + k + " + " + step);
      }
    }
  }

  private double score(final double[] theta) {
    double sum = 0;
    for (int k = 0; k < theta.length; k++) {
      sum -= precision[k] * theta[k] * theta[k] / 2;
    }
    for (int i = 0; i < SIZE - 1; i++) {
      sum += GammaRegression.logScore(StrictMath.exp(theta[0] + theta[1] * logs[i]), amounts[i]);
    }
    return sum;
  }

  @Test
  void shouldSurviveOneAmountThatDwarfsAllOthers() {
    amounts[FROM - 1] = 1e9;
    for (final double mean : Arrays.copyOfRange(learn().means(), FROM, SIZE)) {
      assertTrue(mean > 0 && mean < Double.POSITIVE_INFINITY);
    }
  }
}
