package io.liqmap.engine.map;

import io.liqmap.engine.lattice.Lattice;
import io.liqmap.engine.margin.BracketCatalog;
import io.liqmap.engine.model.ModelSettings;

/**
 * What decides the state of the map, besides the events. Immutable.
 *
 * @param resolutionBps width of a bucket in basis points, {@link Lattice#MIN_BPS} to {@link
 *     Lattice#MAX_BPS}
 * @param markStaleNanos without a mark price for so long, the last price stands in for it, ns, 1 ms
 *     or more
 * @param openInterestStaleNanos open interest older than this is called stale, ns, 1 ms or more
 * @param model what the model assumes
 * @param brackets maintenance brackets of the instruments
 */
public record MapSettings(
    double resolutionBps,
    long markStaleNanos,
    long openInterestStaleNanos,
    ModelSettings model,
    BracketCatalog brackets) {
  private static final long MIN_STALE = 1_000_000;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is left, naming it
   */
  public MapSettings {
    if (!(resolutionBps >= Lattice.MIN_BPS && resolutionBps <= Lattice.MAX_BPS)) {
      throw new IllegalArgumentException(
          "resolutionBps has to be "
              + Lattice.MIN_BPS
              + " to "
              + Lattice.MAX_BPS
              + ", was "
              + resolutionBps);
    }
    if (markStaleNanos < MIN_STALE || openInterestStaleNanos < MIN_STALE) {
      throw new IllegalArgumentException("a time to staleness has to be 1 ms or more");
    }
  }
}
