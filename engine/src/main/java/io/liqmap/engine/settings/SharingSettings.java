package io.liqmap.engine.settings;

import io.liqmap.engine.core.map.MapVariant;
import io.liqmap.engine.shared.view.ViewSettings;
import java.util.List;

/**
 * How much other processes see of an engine. Immutable.
 *
 * @param buckets of each side
 * @param clusters at most
 * @param leverages by which clusters are broken down, at most
 * @param maps of each instrument, by name, the first model's whole one first
 * @param eventBytes that the event stream holds, a power of two
 */
public record SharingSettings(
    int buckets, int clusters, int leverages, List<String> maps, int eventBytes) {
  /** The first model's whole map alone. */
  static final List<String> FIRST_ONLY = List.of(MapVariant.FIRST_NAME);

  /** Copies the list. */
  public SharingSettings {
    maps = List.copyOf(maps);
  }

  /**
   * Size of an engine's view, its groups included.
   *
   * @throws IllegalArgumentException if it would take more than 1 GiB, or if the engine has no map
   *     of such a name
   */
  public ViewSettings view(final EngineSettings engine) {
    maps.forEach((name) -> MapVariant.of(name, engine.map()));
    return new ViewSettings(
        engine.maxInstruments() + engine.map().groups().size(),
        buckets,
        clusters,
        leverages,
        maps,
        engine.map().resolutionBps(),
        engine.map().groups().stream().mapToInt((group) -> group.members().size()).max().orElse(0));
  }
}
