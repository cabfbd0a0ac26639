package io.liqmap.engine.core.clusters;

import io.liqmap.engine.core.map.MapSnapshot;
import io.liqmap.engine.core.margin.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the clusters of a picture: runs of buckets that each hold so many times what is usual
 * around them, where a few thinner buckets don't break a run.
 */
public final class Clusters {
  private Clusters() {}

  /**
   * Clusters of both sides, the largest first.
   *
   * @param aroundBps how far the surroundings reach, basis points; 0 for the whole side
   * @param dense a bucket of a cluster holds so many times the usual
   * @param bridged so many thinner buckets in a row don't break a cluster
   */
  public static List<Cluster> of(
      final MapSnapshot image, final double aroundBps, final double dense, final int bridged) {
    final List<Cluster> found = new ArrayList<>();
    final LocalBaseline surroundings =
        LocalBaseline.within(aroundBps, image.settings().resolutionBps());
    for (final Side side : Side.values()) {
      find(image, side, surroundings, dense, bridged, found);
    }
    found.sort(Comparator.comparingDouble(Cluster::notional).reversed());
    return found;
  }

  private static void find(
      final MapSnapshot image,
      final Side side,
      final LocalBaseline surroundings,
      final double dense,
      final int bridged,
      final List<Cluster> found) {
    final int first = image.firstBucket(side);
    final int count = image.bucketCount(side);
    final double[] notional = new double[count];
    for (int i = 0; i < count; i++) {
      notional[i] = image.notional(side, first + i);
    }
    surroundings.look(notional, count);
    int i = 0;
    while (i < count) {
      if (!isDense(notional, i, surroundings, dense)) {
        i++;
        continue;
      }
      int last = i;
      for (int next = i; next < count && next - last <= bridged + 1; next++) {
        if (isDense(notional, next, surroundings, dense)) {
          last = next;
        }
      }
      found.add(cluster(image, side, notional, i, last));
      i = last + 1;
    }
  }

  private static boolean isDense(
      final double[] notional, final int at, final LocalBaseline surroundings, final double dense) {
    return notional[at] > 0 && notional[at] >= dense * surroundings.usual(at);
  }

  private static Cluster cluster(
      final MapSnapshot image,
      final Side side,
      final double[] notional,
      final int from,
      final int to) {
    double sum = 0;
    int peak = from;
    for (int i = from; i <= to; i++) {
      sum += notional[i];
      peak = notional[i] > notional[peak] ? i : peak;
    }
    final int first = image.firstBucket(side);
    final double distance = Math.abs(image.centre(first + peak) / image.markPrice() - 1) * 10_000;
    return new Cluster(side, first + from, first + to, first + peak, sum, notional[peak], distance);
  }
}
