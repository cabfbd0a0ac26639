package io.liqmap.engine.core.clusters;

import io.liqmap.engine.core.margin.Side;

/** A run of dense buckets, as a refresh finds it. */
final class DenseRange {
  Side side = Side.LONG;
  int low;
  int high;
  int peak;
  double notional;
  double peakNotional;

  /** Whether a bucket in it is dense enough for a cluster to be born. */
  boolean isDense;

  /** Whether a cluster has it. */
  boolean isTaken;
}
