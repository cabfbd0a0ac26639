package io.liqmap.tools.answer;

import io.liqmap.engine.core.clusters.Cluster;
import io.liqmap.engine.core.clusters.Clusters;
import io.liqmap.engine.core.map.GroupMap;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.map.MapSnapshot;
import io.liqmap.engine.core.map.MeasuredMap;
import io.liqmap.engine.core.map.Window;
import io.liqmap.engine.market.MapWriter;
import java.util.Comparator;
import java.util.List;

/**
 * What of a map changes with every event: mark, open interest, the nearest cluster of each side.
 *
 * @param time engine time
 * @param sequence feed sequence of the last event
 * @param markPrice NaN while unknown
 * @param openInterest NaN while unknown
 * @param nearest null where a side has no cluster
 * @param quality what its data lacks
 */
public record NearAnswer(
    String time,
    long sequence,
    double markPrice,
    double openInterest,
    BySide<MapAnswer.ClusterOnMap> nearest,
    Quality quality) {

  static NearAnswer of(
      final MapWriter writer,
      final InstrumentMap map,
      final int model,
      final Window window,
      final boolean journaled) {
    final MapSnapshot image = ShownMap.of(writer, map, model, window);
    return of(
        writer,
        image,
        ofInstrument(map, image, ShownMap.clusters(writer, map, image, model, window)),
        Quality.of(writer, map, journaled));
  }

  static NearAnswer ofKnownPositions(
      final MapWriter writer, final InstrumentMap map, final boolean journaled) {
    final MapSnapshot image = MeasuredMap.of(map, writer.time()).map();
    return of(
        writer,
        image,
        ofInstrument(map, image, Clusters.of(image, writer.clusterSettings())),
        Quality.of(writer, map, journaled));
  }

  static NearAnswer of(
      final MapWriter writer,
      final GroupMap group,
      final int model,
      final Window window,
      final boolean journaled) {
    final MapSnapshot image = ShownMap.of(writer, group, model, window);
    return of(
        writer,
        image,
        MapAnswer.clusters(
            ShownMap.clusters(writer, group, image, model, window),
            image,
            (low, high) -> List.of()),
        Quality.of(writer, group, journaled));
  }

  private static List<MapAnswer.ClusterOnMap> ofInstrument(
      final InstrumentMap map, final MapSnapshot image, final List<Cluster> clusters) {
    return MapAnswer.clusters(clusters, image, map.structure().snapshot()::within);
  }

  private static NearAnswer of(
      final MapWriter writer,
      final MapSnapshot image,
      final List<MapAnswer.ClusterOnMap> clusters,
      final Quality quality) {
    return new NearAnswer(
        Format.time(writer.time()),
        writer.sequence(),
        image.markPrice() > 0 ? image.markPrice() : Double.NaN,
        image.openInterest(),
        BySide.of(
            (side) ->
                clusters.stream()
                    .filter((cluster) -> cluster.side().equals(Format.lower(side)))
                    .min(Comparator.comparingDouble(MapAnswer.ClusterOnMap::distanceBps))
                    .orElse(null)),
        quality);
  }
}
