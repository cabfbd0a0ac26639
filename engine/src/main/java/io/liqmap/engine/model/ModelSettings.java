package io.liqmap.engine.model;

import java.util.List;

/**
 * What a model assumes. Immutable.
 *
 * @param name of the model, as answers give it
 * @param profile leverage tiers, 1 to 64 of them, whose shares add up to 1
 * @param turnover share of the volume beyond the change of open interest that opens new positions
 *     in place of closed ones, 0 to 1
 * @param takerLean how much longs' entries lean on taker buying and shorts' on taker selling, 0
 *     (not) to 1 (altogether)
 */
public record ModelSettings(
    String name, List<LeverageTier> profile, double turnover, double takerLean) {
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
    if (profile.isEmpty() || profile.size() > MAX_TIERS) {
      throw new IllegalArgumentException(
          "a profile has 1 to " + MAX_TIERS + " tiers, not " + profile.size());
    }
    final double sum = profile.stream().mapToDouble(LeverageTier::share).sum();
    if (Math.abs(sum - 1) > 1e-9) {
      throw new IllegalArgumentException(
          "the shares of a profile have to add up to 1, not to " + sum);
    }
    if (!(turnover >= 0 && turnover <= 1)) {
      throw new IllegalArgumentException("turnover has to be 0 to 1, was " + turnover);
    }
    if (!(takerLean >= 0 && takerLean <= 1)) {
      throw new IllegalArgumentException("takerLean has to be 0 to 1, was " + takerLean);
    }
  }
}
