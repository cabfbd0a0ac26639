package io.liqmap.tools.answer;

import io.liqmap.engine.core.clusters.Cluster;
import io.liqmap.engine.core.clusters.Clusters;
import io.liqmap.engine.core.clusters.GroupTracker;
import io.liqmap.engine.core.map.GroupMap;
import io.liqmap.engine.core.map.GroupSnapshot;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.map.MapSnapshot;
import io.liqmap.engine.core.map.MapVariant;
import io.liqmap.engine.core.map.Window;
import io.liqmap.engine.core.model.ModelSettings;
import io.liqmap.engine.market.MapWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The map that a model and a window show of an instrument or a group, and its clusters. On the
 * writer's thread.
 */
public final class ShownMap {
  private ShownMap() {}

  /**
   * An instrument's map as of the writer's last event.
   *
   * @param model its number, below 0 for the consensus of all
   */
  public static MapSnapshot of(
      final MapWriter writer, final InstrumentMap map, final int model, final Window window) {
    return of(writer, model, (number) -> MapSnapshot.of(map, number, window, writer.time()));
  }

  /**
   * A group's map as of the writer's last event.
   *
   * @param model its number, below 0 for the consensus of all
   */
  public static MapSnapshot of(
      final MapWriter writer, final GroupMap group, final int model, final Window window) {
    return of(
        writer, model, (number) -> GroupSnapshot.of(group, number, window, writer.time()).sum());
  }

  private static MapSnapshot of(
      final MapWriter writer, final int model, final IntFunction<MapSnapshot> images) {
    if (model >= 0) {
      return images.apply(model);
    }
    final List<ModelSettings> models = writer.maps().settings().models();
    return consensus(
        IntStream.range(0, models.size()).mapToObj(images).toList(),
        MapVariant.consensusShares(models));
  }

  /** Mean of the models that weigh anything: the others don't widen its spread. */
  static MapSnapshot consensus(final List<MapSnapshot> images, final double[] weights) {
    final List<MapSnapshot> weighty = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      if (weights[i] > 0) {
        weighty.add(images.get(i));
      }
    }
    return MapSnapshot.consensus(
        weighty, Arrays.stream(weights).filter((weight) -> weight > 0).toArray());
  }

  /** Tracked ones of the first model's whole map. */
  static List<Cluster> clusters(
      final MapWriter writer,
      final InstrumentMap map,
      final MapSnapshot image,
      final int model,
      final Window window) {
    return isFirst(model, window)
        ? Clusters.of(image, writer.tracker(map.instrument().id()).clusters())
        : Clusters.of(image, writer.clusterSettings());
  }

  /** Tracked ones of the first model's whole map, once the group has two members. */
  static List<Cluster> clusters(
      final MapWriter writer,
      final GroupMap group,
      final MapSnapshot image,
      final int model,
      final Window window) {
    final GroupTracker tracker = writer.groupTracker(writer.groups().indexOf(group));
    return isFirst(model, window) && tracker != null
        ? Clusters.of(image, tracker.clusters())
        : Clusters.of(image, writer.clusterSettings());
  }

  private static boolean isFirst(final int model, final Window window) {
    return model == 0 && window == Window.ALL;
  }
}
