package io.liqmap.engine.settings;

import io.liqmap.engine.core.map.MapVariant;
import io.liqmap.engine.shared.view.ViewSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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

  /** Most maps of an instrument in a view. */
  static final int MAX_MAPS = 16;

  /** Copies the list. */
  public SharingSettings {
    maps = List.copyOf(maps);
  }

  /**
   * Names of the maps in an engine's view: the first one, those whose clusters are tracked, which
   * so have the numbers that they have in events, and what else is to be shown.
   */
  List<String> maps(final EngineSettings engine) {
    final List<String> tracked = engine.levels().tracked();
    final Set<MapVariant> shown = new HashSet<>();
    final List<String> all = new ArrayList<>(maps.subList(0, 1));
    all.addAll(tracked);
    tracked.forEach((name) -> shown.add(MapVariant.of(name, engine.map())));
    for (final String name : maps.subList(1, maps.size())) {
      if (!shown.contains(MapVariant.of(name, engine.map()))) {
        all.add(name);
      }
    }
    return all;
  }

  /**
   * Size of an engine's view, its groups included.
   *
   * @throws IllegalArgumentException if it would take more than 1 GiB, or if the engine has no map
   *     of such a name
   */
  public ViewSettings view(final EngineSettings engine) {
    return new ViewSettings(
        engine.maxInstruments() + engine.map().groups().size(),
        buckets,
        clusters,
        leverages,
        maps(engine),
        engine.map().resolutionBps(),
        engine.map().groups().stream().mapToInt((group) -> group.members().size()).max().orElse(0),
        engine.checksum());
  }
}
