package io.liqmap.tools.laboratory;

import io.liqmap.engine.core.model.DistanceTier;
import io.liqmap.engine.core.model.ModelSettings;
import io.liqmap.engine.core.model.ProfileTier;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Models whose profile knows nothing: each side's shares are a mixture of one to three log-normals
 * of distance, with medians of 0.3 to 50 % and spreads of 0.2 to 1.
 */
final class RandomProfiles {
  private static final double[] EDGES = {
    0.0025, 0.0035, 0.005, 0.007, 0.01, 0.014, 0.02, 0.028, 0.04, 0.056, 0.08, 0.113, 0.16, 0.226,
    0.32, 0.45, 0.6
  };
  private static final int TIERS = EDGES.length - 1;
  private static final int MOST_PARTS = 3;
  private static final double NEAREST = 0.003;
  private static final double FARTHEST = 0.5;

  /** Sum of the shares; what the map has is scaled to what a control asks for. */
  private static final double IN_REACH = 0.3;

  private RandomProfiles() {}

  /**
   * Draws models.
   *
   * @param like what they have besides their profiles
   */
  static List<ModelSettings> draw(final ModelSettings like, final int count, final long seed) {
    final SplittableRandom random = new SplittableRandom(seed);
    final List<ModelSettings> models = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      models.add(
          new ModelSettings(
              "random-" + i,
              0,
              profile(shares(random), shares(random)),
              like.maintenance(),
              like.entries(),
              like.exits(),
              like.skew()));
    }
    return models;
  }

  private static List<ProfileTier> profile(final double[] longs, final double[] shorts) {
    final List<ProfileTier> tiers = new ArrayList<>();
    for (int i = 0; i < TIERS; i++) {
      tiers.add(new DistanceTier(EDGES[i], EDGES[i + 1], longs[i], shorts[i]));
    }
    return tiers;
  }

  private static double[] shares(final SplittableRandom random) {
    final double[] shares = new double[TIERS];
    for (int parts = 1 + random.nextInt(MOST_PARTS); parts > 0; parts--) {
      final double weight = 1 - uniform(random);
      final double median =
          StrictMath.log(NEAREST) + uniform(random) * StrictMath.log(FARTHEST / NEAREST);
      final double spread = 0.2 + 0.8 * uniform(random);
      for (int i = 0; i < TIERS; i++) {
        final double low = StrictMath.log(EDGES[i]);
        final double high = StrictMath.log(EDGES[i + 1]);
        final double off = ((low + high) / 2 - median) / spread;
        shares[i] += weight / spread * StrictMath.exp(-off * off / 2) * (high - low);
      }
    }
    double sum = 0;
    for (final double share : shares) {
      sum += share;
    }
    for (int i = 0; i < TIERS; i++) {
      shares[i] *= IN_REACH / sum;
    }
    return shares;
  }

  private static double uniform(final SplittableRandom random) {
    return (random.nextLong() >>> 11) * 0x1p-53;
  }
}
