package io.liqmap.engine.map;

import io.liqmap.engine.margin.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the clusters of a map: runs of buckets that each hold more than twice the side's mean,
 * where up to two thinner buckets don't break a run.
 */
public final class Clusters {
  private static final double DENSE = 2;
  private static final int BRIDGED = 2;

  private Clusters() {}

  /** Clusters of both sides, the largest first. */
  public static List<Cluster> of(final MapImage image) {
    final List<Cluster> found = new ArrayList<>();
    for (final Side side : Side.values()) {
      find(image, side, found);
    }
    found.sort(Comparator.comparingDouble(Cluster::notional).reversed());
    return found;
  }

  private static void find(final MapImage image, final Side side, final List<Cluster> found) {
    final int first = image.firstBucket(side);
    final int count = image.bucketCount(side);
    final double[] notional = new double[count];
    double sum = 0;
    int filled = 0;
    for (int i = 0; i < count; i++) {
      notional[i] = image.notional(side, first + i);
      sum += notional[i];
      filled += notional[i] > 0 ? 1 : 0;
    }
    final double dense = filled == 0 ? Double.MAX_VALUE : DENSE * sum / filled;
    int i = 0;
    while (i < count) {
      if (notional[i] < dense) {
        i++;
        continue;
      }
      int last = i;
      for (int next = i; next < count && next - last <= BRIDGED + 1; next++) {
        if (notional[next] >= dense) {
          last = next;
        }
      }
      found.add(cluster(image, side, notional, i, last));
      i = last + 1;
    }
  }

  private static Cluster cluster(
      final MapImage image,
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
