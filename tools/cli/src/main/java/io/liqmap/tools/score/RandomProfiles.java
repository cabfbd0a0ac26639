package io.liqmap.tools.score;

import io.liqmap.engine.core.model.DistanceTier;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Random profiles of distances, smooth as measured ones are: mixtures of one to three log-normals
 * with medians of 0.3 to 50 % and σ of 0.2 to 1, as shares of tiers that add up to 1.
 */
public final class RandomProfiles {
  private static final int MOST_PARTS = 3;
  private static final double LEAST_MEDIAN = 0.003;
  private static final double MOST_MEDIAN = 0.5;
  private static final double LEAST_SIGMA = 0.2;
  private static final double MOST_SIGMA = 1;

  /** Points at which a tier's density is taken. */
  private static final int POINTS = 16;

  private final List<DistanceTier> tiers;
  private final SplittableRandom random;

  /**
   * Prepares draws.
   *
   * @param tiers over which profiles are spread
   */
  public RandomProfiles(final List<DistanceTier> tiers, final long seed) {
    this.tiers = tiers;
    random = new SplittableRandom(seed);
  }

  /** Shares by tier. */
  public double[] next() {
    final double[] shares = new double[tiers.size()];
    final int parts = 1 + random.nextInt(MOST_PARTS);
    for (int part = 0; part < parts; part++) {
      final double median =
          LEAST_MEDIAN * StrictMath.exp(uniform() * StrictMath.log(MOST_MEDIAN / LEAST_MEDIAN));
      final double sigma = LEAST_SIGMA + uniform() * (MOST_SIGMA - LEAST_SIGMA);
      add(uniform(), median, sigma, shares);
    }
    double sum = 0;
    for (final double share : shares) {
      sum += share;
    }
    for (int tier = 0; tier < shares.length; tier++) {
      shares[tier] /= sum;
    }
    return shares;
  }

  private void add(
      final double weight, final double median, final double sigma, final double[] shares) {
    for (int tier = 0; tier < shares.length; tier++) {
      final double from = tiers.get(tier).from();
      final double step = StrictMath.log(tiers.get(tier).to() / from) / POINTS;
      for (int point = 0; point < POINTS; point++) {
        final double log = StrictMath.log(from / median) + (point + 0.5) * step;
        shares[tier] += weight * step / sigma * StrictMath.exp(-log * log / (2 * sigma * sigma));
      }
    }
  }

  /** Above 0, below 1. */
  private double uniform() {
    return ((random.nextLong() >>> 11) + 0.5) * 0x1p-53;
  }

  /** What a map with such shares of a mass would have swept, by window. */
  static double[] expected(final double[] shares, final SideSeries series) {
    final double[] expected = new double[series.size()];
    for (int tier = 0; tier < shares.length; tier++) {
      for (int i = 0; i < expected.length; i++) {
        expected[i] += shares[tier] * series.perTier[tier][i];
      }
    }
    for (int i = 0; i < expected.length; i++) {
      expected[i] *= series.mass[i];
    }
    return expected;
  }
}
