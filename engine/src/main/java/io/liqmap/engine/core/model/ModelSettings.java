package io.liqmap.engine.core.model;

import java.util.List;

/**
 * What a model assumes. Immutable.
 *
 * @param name of the model, as answers give it
 * @param weight in the consensus of all models, 0 or more
 * @param profile leverage tiers, 1 to 64 of them, whose shares add up to 1
 * @param maintenance which margin is left at liquidation
 * @param entries how positions are opened
 * @param exits how they are closed
 * @param skew how the crowd tilts it
 */
public record ModelSettings(
    String name,
    double weight,
    List<LeverageTier> profile,
    Maintenance maintenance,
    EntrySettings entries,
    ExitSettings exits,
    SkewSettings skew) {
  private static final int MAX_TIERS = 64;

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
    final double sum = profile.stream().mapToDouble(LeverageTier::share).sum();
    if (Math.abs(sum - 1) > 1e-9) {
      throw new IllegalArgumentException(
          "the shares of a profile have to add up to 1, not to " + sum);
    }
  }

  /** Different leverages of the profile, rising. */
  public double[] leverages() {
    return profile.stream().mapToDouble(LeverageTier::leverage).distinct().sorted().toArray();
  }
}
