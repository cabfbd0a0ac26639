package io.liqmap.engine.shared.view;

import io.liqmap.engine.core.lattice.Lattice;

/**
 * How large a view is. Immutable.
 *
 * @param instruments have numbers below this, 1 to 65536
 * @param buckets of each side, outward from mark, 16 to 65536: notional farther away is summed up
 * @param clusters at most, 1 to 1024
 * @param leverages at most, 1 to 64
 * @param resolutionBps width of a bucket, basis points, {@link Lattice#MIN_BPS} to {@link
 *     Lattice#MAX_BPS}
 */
public record ViewSettings(
    int instruments, int buckets, int clusters, int leverages, double resolutionBps) {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is left, or all of it would take more than 1 GiB
   */
  public ViewSettings {
    new ViewLayout(instruments, buckets, clusters, leverages);
    if (!(resolutionBps >= Lattice.MIN_BPS && resolutionBps <= Lattice.MAX_BPS)) {
      throw new IllegalArgumentException(
          "resolutionBps has to be "
              + Lattice.MIN_BPS
              + " to "
              + Lattice.MAX_BPS
              + ", was "
              + resolutionBps);
    }
  }

  ViewLayout layout() {
    return new ViewLayout(instruments, buckets, clusters, leverages);
  }
}
