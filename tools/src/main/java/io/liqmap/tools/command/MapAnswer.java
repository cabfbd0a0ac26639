package io.liqmap.tools.command;

import io.liqmap.engine.map.Cluster;
import io.liqmap.engine.map.Clusters;
import io.liqmap.engine.map.InstrumentMap;
import io.liqmap.engine.map.MapImage;
import io.liqmap.engine.margin.Side;
import io.liqmap.engine.pipeline.MapWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * The map of one instrument as of one moment, with all that an honest answer carries.
 *
 * @param image the map
 * @param clusters its clusters, the largest first
 * @param time engine time, ns
 * @param sequence feed sequence of the last event
 * @param stateHash hash of the engine's state
 * @param openInterestStale whether open interest is too old
 * @param markMissing whether the last price stands in for mark
 * @param gaps holes in the feed's sequence so far
 * @param rejected messages rejected so far
 * @param bracketsConfigured whether the instrument has maintenance brackets of its own
 * @param journaled whether the events are in a journal
 * @param tierRates maintenance rate of each tier
 */
record MapAnswer(
    MapImage image,
    List<Cluster> clusters,
    long time,
    long sequence,
    long stateHash,
    boolean openInterestStale,
    boolean markMissing,
    long gaps,
    long rejected,
    boolean bracketsConfigured,
    boolean journaled,
    List<Double> tierRates) {

  static MapAnswer of(final MapWriter writer, final InstrumentMap map, final boolean journaled) {
    final MapImage image = MapImage.of(map);
    final List<Double> rates = new ArrayList<>();
    for (int tier = 0; tier < image.tiers(); tier++) {
      rates.add(map.standingLines(Side.LONG).maintenanceRate(tier));
    }
    return new MapAnswer(
        image,
        Clusters.of(image),
        writer.time(),
        writer.sequence(),
        writer.stateHash(),
        map.isOpenInterestStale(writer.time()),
        map.isMarkMissing(writer.time()),
        writer.gaps(),
        writer.rejected(),
        map.settings().brackets().isConfigured(map.instrument().symbol()),
        journaled,
        rates);
  }

  /** Buckets of a side that hold anything, from mark outward. */
  List<Integer> outward(final Side side) {
    final List<Integer> buckets = new ArrayList<>();
    final int first = image.firstBucket(side);
    final int count = image.bucketCount(side);
    for (int i = 0; i < count; i++) {
      final int bucket = side == Side.LONG ? first + count - 1 - i : first + i;
      if (image.quantity(side, bucket) > 0) {
        buckets.add(bucket);
      }
    }
    return buckets;
  }

  /** The cluster of a side whose peak is nearest to mark, null if there is none. */
  Cluster nearest(final Side side) {
    Cluster nearest = null;
    for (final Cluster cluster : clusters) {
      if (cluster.side() == side
          && (nearest == null || cluster.distanceBps() < nearest.distanceBps())) {
        nearest = cluster;
      }
    }
    return nearest;
  }
}
