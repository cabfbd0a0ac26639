package io.liqmap.engine.core.map;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.liqmap.engine.core.margin.Side;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;

/** Holds the models of a map against the naive ones. */
final class MapAgreement {
  private static final double TOLERANCE = 1e-9;

  private MapAgreement() {}

  static void assertSame(
      final String where,
      final InstrumentMap map,
      final List<NaiveInstrumentMap> models,
      final double openInterest) {
    for (int model = 0; model < models.size(); model++) {
      final NaiveInstrumentMap naive = models.get(model);
      final FastInstrumentMap fast = new FastInstrumentMap(map, model);
      assertEquals(naive.markBucket(), fast.markBucket(), where);
      final double size =
          map.instrument().isInverse() ? openInterest / Math.max(1, map.markPrice()) : openInterest;
      final double tolerance = TOLERANCE * Math.max(1, size);
      final double notionalOfOne = map.instrument().isInverse() ? 1 : Math.max(1, map.markPrice());
      for (final Side side : Side.values()) {
        final String place = where + ", " + map.settings().models().get(model).name() + ", " + side;
        assertEquals(naive.unmapped(side), fast.unmapped(side), tolerance, place + ", unmapped");
        assertEquals(
            naive.sweptQuantity(side),
            fast.sweptQuantity(side),
            TOLERANCE * Math.max(1, naive.sweptQuantity(side)),
            place + ", swept quantity");
        assertEquals(
            naive.sweptNotional(side),
            fast.sweptNotional(side),
            TOLERANCE * Math.max(notionalOfOne, naive.sweptNotional(side)),
            place + ", swept notional");
        for (final Window window : Window.values()) {
          assertSameBuckets(
              place + ", " + window.label(),
              naive.openQuantities(side, window),
              fast.openQuantities(side, window),
              tolerance);
        }
      }
    }
  }

  private static void assertSameBuckets(
      final String place,
      final SortedMap<Integer, double[]> expected,
      final SortedMap<Integer, double[]> actual,
      final double tolerance) {
    final TreeSet<Integer> buckets = new TreeSet<>(expected.keySet());
    buckets.addAll(actual.keySet());
    for (final int bucket : buckets) {
      final double[] naive = expected.get(bucket);
      final double[] fast = actual.get(bucket);
      final int tiers = naive == null ? fast.length : naive.length;
      for (int tier = 0; tier < tiers; tier++) {
        final double reference = naive == null ? 0 : naive[tier];
        final double difference = reference - (fast == null ? 0 : fast[tier]);
        // More than the open interest is open for a while where trades are of more than that.
        if (!(Math.abs(difference) <= Math.max(tolerance, TOLERANCE * reference))) {
          throw new AssertionError(
              "%s, bucket %s, tier %s: the naive map is higher by %s"
                  .formatted(place, bucket, tier, difference));
        }
      }
    }
  }
}
