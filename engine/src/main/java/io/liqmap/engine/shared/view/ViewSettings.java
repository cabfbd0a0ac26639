package io.liqmap.engine.shared.view;

import io.liqmap.engine.core.lattice.Lattice;
import java.util.List;

/**
 * How large a view is. Immutable.
 *
 * @param instruments have numbers below this, and groups behind them, 1 to 65536
 * @param buckets of each side, outward from mark, 16 to 65536: notional farther away is summed up
 * @param clusters at most, 1 to 1024
 * @param leverages at most, 1 to 64
 * @param variants names of the maps of each instrument, the first model's whole one first: 1 to 16
 * @param resolutionBps width of a bucket, basis points, {@link Lattice#MIN_BPS} to {@link
 *     Lattice#MAX_BPS}
 * @param members of a group, at most; 0 to show no groups
 * @param engine checksum of the engine's settings, for readers of two engines; 0 not stated
 */
public record ViewSettings(
    int instruments,
    int buckets,
    int clusters,
    int leverages,
    List<String> variants,
    double resolutionBps,
    int members,
    int engine) {
  private static final List<String> FIRST_ONLY = List.of("");

  /** Shows the first model's whole map alone. */
  public ViewSettings(
      final int instruments,
      final int buckets,
      final int clusters,
      final int leverages,
      final double resolutionBps) {
    this(instruments, buckets, clusters, leverages, FIRST_ONLY, resolutionBps, 0);
  }

  /** Shows no groups. */
  public ViewSettings(
      final int instruments,
      final int buckets,
      final int clusters,
      final int leverages,
      final List<String> variants,
      final double resolutionBps) {
    this(instruments, buckets, clusters, leverages, variants, resolutionBps, 0);
  }

  /** Doesn't state the engine's settings. */
  public ViewSettings(
      final int instruments,
      final int buckets,
      final int clusters,
      final int leverages,
      final List<String> variants,
      final double resolutionBps,
      final int members) {
    this(instruments, buckets, clusters, leverages, variants, resolutionBps, members, 0);
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is left, or all of it would take more than 1 GiB
   */
  public ViewSettings {
    variants = List.copyOf(variants);
    new ViewLayout(
        instruments * Math.max(1, variants.size()),
        variants.size(),
        buckets,
        clusters,
        leverages,
        members);
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
    return new ViewLayout(
        instruments * variants.size(), variants.size(), buckets, clusters, leverages, members);
  }
}
