package io.liqmap.engine.core.clusters;

import io.liqmap.engine.core.margin.Side;

/** A range of dense buckets, as a scan finds it. */
final class DenseRange {
  Side side = Side.LONG;
  int low;
  int high;
  int peak;
  double notional;
  double peakNotional;

  /** Whether a bucket in it is dense enough for a new cluster. */
  boolean isDense;

  boolean isClaimed;
}
