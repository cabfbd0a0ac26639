package io.liqmap.tools.laboratory;

/** Distances from mark up to which maps are compared. */
enum Reach {
  NEAR(0.03),
  FAR(0.10);

  private final double share;

  Reach(final double share) {
    this.share = share;
  }

  /** Distance as a share of mark. */
  double share() {
    return share;
  }
}
