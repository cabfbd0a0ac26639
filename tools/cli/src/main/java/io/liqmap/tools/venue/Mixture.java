package io.liqmap.tools.venue;

import java.util.List;

/**
 * The traders of a venue. Immutable.
 *
 * @param name as the settings have it
 * @param parts classes with their shares, which add up to 1
 */
public record Mixture(String name, List<Part> parts) {
  /**
   * A class and its share.
   *
   * @param share of the open interest that it would hold without stops and liquidations
   */
  public record Part(TraderClass traders, double share) {}

  /** Copies the list. */
  public Mixture {
    parts = List.copyOf(parts);
  }
}
