package io.liqmap.engine.core.structure;

import io.liqmap.engine.core.lattice.Lattice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a volume profile shows. Immutable.
 *
 * <ul>
 *   <li><b>Point of control</b>: bucket with the most volume, the lower one of equals.
 *   <li><b>Value area</b>: of all runs of buckets that contain the point of control and hold the
 *       share of the volume, the one with the fewest buckets; of those the one with the most
 *       volume; of those the lowest.
 *   <li><b>High-volume nodes</b>: the profile is smoothed with triangular weights r+1−|d| over
 *       (r+1)², where the radius r is {@value #SMOOTHING_BPS} bp in whole buckets, 1 or more. A
 *       bucket is a node if it is above every smoothed bucket within {@value #REACH_BPS} bp below
 *       (2r buckets or more), not under any as far above, and at least {@value #PROMINENCE} times
 *       the mean volume of a bucket of the value area. Its quantity is the volume within r buckets.
 *       At most {@value #MAX_NODES}, those with the most, largest first, the lower one of equals.
 * </ul>
 */
final class VolumeLevels {
  static final double SMOOTHING_BPS = 10;
  static final double REACH_BPS = 50;
  static final double PROMINENCE = 1.25;
  static final int MAX_NODES = 8;

  private static final int NO_BUCKET = -1;

  private final double total;
  private final int pointOfControl;
  private final int valueAreaLow;
  private final int valueAreaHigh;
  private final List<VolumeNode> nodes;

  /**
   * Reads a profile.
   *
   * @param first bucket of the first volume
   * @param volumes by bucket; the first and the last above 0
   * @param valueArea share of the volume that the value area holds
   */
  VolumeLevels(
      final int first, final double[] volumes, final double valueArea, final Lattice lattice) {
    if (volumes.length == 0) {
      total = 0;
      pointOfControl = NO_BUCKET;
      valueAreaLow = NO_BUCKET;
      valueAreaHigh = NO_BUCKET;
      nodes = List.of();
      return;
    }
    final double[] sums = sums(volumes);
    total = sums[volumes.length];
    final int peak = peak(volumes);
    final int low = valueAreaLow(sums, peak, valueArea * total);
    final int high = reach(sums, peak, low, valueArea * total);
    final double mean = (sums[high + 1] - sums[low]) / (high - low + 1);
    pointOfControl = first + peak;
    valueAreaLow = first + low;
    valueAreaHigh = first + high;
    nodes = nodes(first, volumes, mean, lattice);
  }

  /** Element <i>i</i> is the sum of the first <i>i</i>. */
  private static double[] sums(final double[] volumes) {
    final double[] sums = new double[volumes.length + 1];
    for (int i = 0; i < volumes.length; i++) {
      sums[i + 1] = sums[i] + volumes[i];
    }
    return sums;
  }

  private static int peak(final double[] volumes) {
    int peak = 0;
    for (int i = 1; i < volumes.length; i++) {
      if (volumes[i] > volumes[peak]) {
        peak = i;
      }
    }
    return peak;
  }

  /** For each lower end the run with the lowest upper end; that one rises with the lower end. */
  private static int valueAreaLow(final double[] sums, final int peak, final double target) {
    int best = 0;
    int bestLength = Integer.MAX_VALUE;
    double bestVolume = 0;
    int high = peak;
    for (int low = 0; low <= peak; low++) {
      high = reach(sums, high, low, target);
      final double volume = sums[high + 1] - sums[low];
      if (volume < target) {
        break;
      }
      final int length = high - low + 1;
      if (length < bestLength || (length == bestLength && volume > bestVolume)) {
        best = low;
        bestLength = length;
        bestVolume = volume;
      }
    }
    return best;
  }

  /** Lowest upper end from {@code from} on with which a run holds the target, or the last. */
  private static int reach(
      final double[] sums, final int from, final int low, final double target) {
    int high = from;
    while (high < sums.length - 2 && sums[high + 1] - sums[low] < target) {
      high++;
    }
    return high;
  }

  private List<VolumeNode> nodes(
      final int first, final double[] volumes, final double mean, final Lattice lattice) {
    final int radius = Math.max(1, buckets(SMOOTHING_BPS, lattice));
    final int reach = Math.max(2 * radius, buckets(REACH_BPS, lattice));
    final double[] smoothed = smoothed(volumes, radius);
    final List<VolumeNode> found = new ArrayList<>();
    for (int i = 0; i < volumes.length; i++) {
      if (smoothed[i] >= PROMINENCE * mean && isTop(smoothed, i, reach)) {
        double quantity = 0;
        for (int near = from(i, radius); near <= to(i, radius, volumes.length); near++) {
          quantity += volumes[near];
        }
        found.add(new VolumeNode(first + i, quantity, Math.min(1, quantity / total)));
      }
    }
    found.sort(
        Comparator.comparingDouble(VolumeNode::quantity)
            .reversed()
            .thenComparingInt(VolumeNode::bucket));
    return List.copyOf(found.subList(0, Math.min(MAX_NODES, found.size())));
  }

  private static int buckets(final double bps, final Lattice lattice) {
    return (int) StrictMath.rint(bps / lattice.resolutionBps());
  }

  private static double[] smoothed(final double[] volumes, final int radius) {
    final double[] smoothed = new double[volumes.length];
    final double all = (radius + 1.0) * (radius + 1.0);
    for (int i = 0; i < volumes.length; i++) {
      double sum = 0;
      for (int near = from(i, radius); near <= to(i, radius, volumes.length); near++) {
        sum += (radius + 1 - Math.abs(near - i)) * volumes[near];
      }
      smoothed[i] = sum / all;
    }
    return smoothed;
  }

  private static boolean isTop(final double[] smoothed, final int at, final int reach) {
    for (int near = from(at, reach); near <= to(at, reach, smoothed.length); near++) {
      if (near < at ? smoothed[near] >= smoothed[at] : smoothed[near] > smoothed[at]) {
        return false;
      }
    }
    return true;
  }

  private static int from(final int at, final int reach) {
    return Math.max(0, at - reach);
  }

  private static int to(final int at, final int reach, final int length) {
    return Math.min(length - 1, at + reach);
  }

  /** All decayed volume, quantity mantissas. */
  double total() {
    return total;
  }

  /** Bucket with the most volume, −1 without any. */
  int pointOfControl() {
    return pointOfControl;
  }

  /** Lowest bucket of the value area, −1 without any. */
  int valueAreaLow() {
    return valueAreaLow;
  }

  /** Highest bucket of the value area, −1 without any. */
  int valueAreaHigh() {
    return valueAreaHigh;
  }

  /** High-volume nodes, largest first. */
  List<VolumeNode> nodes() {
    return nodes;
  }
}
