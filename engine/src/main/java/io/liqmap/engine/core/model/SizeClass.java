package io.liqmap.engine.core.model;

/**
 * A size of position of a profile's line: the size decides the maintenance bracket.
 *
 * @param name as settings and answers give it
 * @param notional at entry, quote asset, above 0 to 1e12
 */
public record SizeClass(String name, double notional) {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is left, naming it
   */
  public SizeClass {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a size class needs a name");
    }
    if (!(notional > 0 && notional <= 1e12)) {
      throw new IllegalArgumentException(
          "the notional of a size class has to be above 0 and at most 1e12, was " + notional);
    }
  }
}
