package io.liqmap.engine.core.model;

import io.liqmap.engine.core.margin.Side;
import java.util.List;
import java.util.Locale;

/**
 * What a model assumes. Immutable.
 *
 * @param name of the model, as answers give it
 * @param weight in the consensus of all models, 0 or more
 * @param profile tiers, 1 to 64 of them, whose shares add up to at most 1 on each side; what is
 *     missing is out of reach: positions that no price liquidates
 * @param learning whether and how the shares learn, which needs tiers by distance
 * @param maintenance which margin is left at liquidation
 * @param entries how positions are opened
 * @param exits how they are closed
 * @param skew how the crowd tilts it
 */
public record ModelSettings(
    String name,
    double weight,
    List<ProfileTier> profile,
    LearningSettings learning,
    Maintenance maintenance,
    EntrySettings entries,
    ExitSettings exits,
    SkewSettings skew) {
  private static final int MAX_TIERS = 64;
  private static final double ROUNDING = 1e-9;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is left, naming it
   */
  public ModelSettings {
    profile = List.copyOf(profile);
    if (name.isBlank()) {
      throw new IllegalArgumentException("a model needs a name");
    }
    if (!(weight >= 0 && weight <= 1e6)) {
      throw new IllegalArgumentException("a model's weight has to be 0 to 1e6, was " + weight);
    }
    if (profile.isEmpty() || profile.size() > MAX_TIERS) {
      throw new IllegalArgumentException(
          "a profile has 1 to " + MAX_TIERS + " tiers, not " + profile.size());
    }
    if (learning.isScored() && !profile.stream().allMatch((tier) -> tier instanceof DistanceTier)) {
      throw new IllegalArgumentException(
          "a model that learns, or has its learning frozen, needs a profile by distance (from, to);"
              + " set learning.mode = off for one by leverage");
    }
    for (final Side side : Side.values()) {
      final double sum = reach(profile, side);
      final double most = learning.isScored() ? LearningSettings.MOST_MAPPED : 1;
      if (sum > most + ROUNDING) {
        throw new IllegalArgumentException(
            "the shares of a profile's %ss add up to at most %s%s, not to %s"
                .formatted(
                    side.name().toLowerCase(Locale.ROOT),
                    most,
                    most < 1 ? " where it learns" : "",
                    sum));
      }
    }
  }

  /** A model whose shares are as given. */
  public ModelSettings(
      final String name,
      final double weight,
      final List<? extends ProfileTier> profile,
      final Maintenance maintenance,
      final EntrySettings entries,
      final ExitSettings exits,
      final SkewSettings skew) {
    this(
        name,
        weight,
        List.copyOf(profile),
        LearningSettings.OFF,
        maintenance,
        entries,
        exits,
        skew);
  }

  private static double reach(final List<ProfileTier> profile, final Side side) {
    return profile.stream().mapToDouble((tier) -> tier.share(side)).sum();
  }

  /** Part of a side's open interest that stands on no level, 0 to 1. */
  public double outOfReach(final Side side) {
    final double rest = 1 - reach(profile, side);
    return rest > ROUNDING ? rest : 0;
  }

  /** Different leverages of the profile, rising. */
  public double[] leverages() {
    return profile.stream().mapToDouble(ProfileTier::leverage).distinct().sorted().toArray();
  }
}
