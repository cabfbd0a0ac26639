package io.liqmap.engine.core.map;

import java.util.Arrays;

/** One side of a snapshot: quantities by leverage and bucket. Immutable. */
final class SideSnapshot {
  private final int first;
  private final double[][] quantities;
  private final double[] least;
  private final double[] most;
  private final double unmapped;
  private final double coverage;
  private final double outOfReach;

  /**
   * Keeps what it is given.
   *
   * @param first bucket of the first column
   * @param quantities by leverage and bucket, base asset
   * @param least by bucket, of the model that has the least there; null for a single model
   * @param most by bucket, of the model that has the most there; null for a single model
   * @param unmapped base asset
   * @param coverage share of the open interest that is shown, 0 to 1
   * @param outOfReach share of the open interest that no price liquidates, 0 to 1
   */
  SideSnapshot(
      final int first,
      final double[][] quantities,
      final double[] least,
      final double[] most,
      final double unmapped,
      final double coverage,
      final double outOfReach) {
    this.first = first;
    this.quantities = quantities;
    this.least = least;
    this.most = most;
    this.unmapped = unmapped;
    this.coverage = coverage;
    this.outOfReach = outOfReach;
  }

  int first() {
    return first;
  }

  int count() {
    return quantities[0].length;
  }

  double unmapped() {
    return unmapped;
  }

  double coverage() {
    return coverage;
  }

  double outOfReach() {
    return outOfReach;
  }

  boolean isConsensus() {
    return least != null;
  }

  double least(final int bucket) {
    return least[bucket - first];
  }

  double most(final int bucket) {
    return most[bucket - first];
  }

  double quantity(final int leverage, final int bucket) {
    final int index = bucket - first;
    return index >= 0 && index < count() ? quantities[leverage][index] : 0;
  }

  double quantity(final int bucket) {
    double sum = 0;
    for (int leverage = 0; leverage < quantities.length; leverage++) {
      sum += quantity(leverage, bucket);
    }
    return sum;
  }

  double mapped() {
    double sum = 0;
    for (final double[] row : quantities) {
      sum += Arrays.stream(row).sum();
    }
    return sum;
  }
}
