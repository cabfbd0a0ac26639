package io.liqmap.tools.laboratory;

import io.liqmap.engine.core.model.DistanceTier;
import io.liqmap.engine.core.model.ModelSettings;
import io.liqmap.engine.core.model.ProfileTier;
import io.liqmap.tools.score.RandomProfiles;
import java.util.ArrayList;
import java.util.List;

/** Models whose profile knows nothing: random distances on each side. */
final class RandomModels {
  private static final double[] EDGES = {
    0.0025, 0.0035, 0.005, 0.007, 0.01, 0.014, 0.02, 0.028, 0.04, 0.056, 0.08, 0.113, 0.16, 0.226,
    0.32, 0.45, 0.6
  };

  /** Sum of the shares; what the map has is scaled to what a control asks for. */
  private static final double IN_REACH = 0.3;

  private RandomModels() {}

  /**
   * Draws models.
   *
   * @param like what they have besides their profiles
   */
  static List<ModelSettings> draw(final ModelSettings like, final int count, final long seed) {
    final RandomProfiles profiles = new RandomProfiles(tiers(), seed);
    final List<ModelSettings> models = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      models.add(
          new ModelSettings(
              "random-" + i,
              0,
              profile(profiles.next(), profiles.next()),
              like.maintenance(),
              like.entries(),
              like.exits(),
              like.skew()));
    }
    return models;
  }

  private static List<DistanceTier> tiers() {
    final List<DistanceTier> tiers = new ArrayList<>();
    for (int i = 0; i + 1 < EDGES.length; i++) {
      tiers.add(new DistanceTier(EDGES[i], EDGES[i + 1], 0, 0));
    }
    return tiers;
  }

  private static List<ProfileTier> profile(final double[] longs, final double[] shorts) {
    final List<ProfileTier> tiers = new ArrayList<>();
    for (int i = 0; i < longs.length; i++) {
      tiers.add(
          new DistanceTier(EDGES[i], EDGES[i + 1], IN_REACH * longs[i], IN_REACH * shorts[i]));
    }
    return tiers;
  }
}
