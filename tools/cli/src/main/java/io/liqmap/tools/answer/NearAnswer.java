package io.liqmap.tools.answer;

import io.liqmap.engine.core.clusters.Cluster;
import io.liqmap.engine.core.clusters.Clusters;
import io.liqmap.engine.core.clusters.GroupTracker;
import io.liqmap.engine.core.map.GroupMap;
import io.liqmap.engine.core.map.GroupSnapshot;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.map.MapSnapshot;
import io.liqmap.engine.core.map.MapVariant;
import io.liqmap.engine.core.map.MeasuredMap;
import io.liqmap.engine.core.map.Window;
import io.liqmap.engine.core.model.ModelSettings;
import io.liqmap.engine.market.MapWriter;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

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
    final MapSnapshot image =
        image(
            map.settings().models(),
            model,
            (number) -> MapSnapshot.of(map, number, window, writer.time()));
    final List<Cluster> clusters =
        model == 0 && window == Window.ALL
            ? Clusters.of(image, writer.tracker(map.instrument().id()).clusters())
            : Clusters.of(image, writer.clusterSettings());
    return of(
        writer, image, ofInstrument(map, image, clusters), Quality.of(writer, map, journaled));
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
    final MapSnapshot image =
        image(
            writer.maps().settings().models(),
            model,
            (number) -> GroupSnapshot.of(group, number, window, writer.time()).sum());
    final GroupTracker tracker = writer.groupTracker(writer.groups().indexOf(group));
    final List<Cluster> clusters =
        model == 0 && window == Window.ALL && tracker != null
            ? Clusters.of(image, tracker.clusters())
            : Clusters.of(image, writer.clusterSettings());
    return of(
        writer,
        image,
        MapAnswer.clusters(clusters, image, (low, high) -> List.of()),
        Quality.of(writer, group, journaled));
  }

  private static MapSnapshot image(
      final List<ModelSettings> models, final int model, final IntFunction<MapSnapshot> of) {
    return model < 0
        ? MapAnswer.consensus(
            IntStream.range(0, models.size()).mapToObj(of).toList(),
            MapVariant.consensusShares(models))
        : of.apply(model);
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
