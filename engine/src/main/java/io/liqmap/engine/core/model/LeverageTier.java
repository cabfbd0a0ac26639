package io.liqmap.engine.core.model;

/**
 * One line of a leverage profile.
 *
 * @param leverage notional over margin, above 1 to 500
 * @param size size of its typical position
 * @param share part of the open interest that is thought to hold it, above 0 to 1
 */
public record LeverageTier(double leverage, SizeClass size, double share) {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is left, naming it
   */
  public LeverageTier {
    if (!(leverage > 1 && leverage <= 500)) {
      throw new IllegalArgumentException(
          "leverage has to be above 1 and at most 500, was " + leverage);
    }
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("share has to be above 0 and at most 1, was " + share);
    }
  }
}
