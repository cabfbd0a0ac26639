package io.liqmap.engine.settings;

import io.liqmap.engine.shared.view.ViewSettings;

/**
 * How much other processes see of an engine. Immutable.
 *
 * @param buckets of each side
 * @param clusters at most
 * @param leverages by which clusters are broken down, at most
 * @param eventBytes that the event stream holds, a power of two
 */
public record SharingSettings(int buckets, int clusters, int leverages, int eventBytes) {
  /**
   * Size of an engine's view.
   *
   * @throws IllegalArgumentException if it would take more than 1 GiB
   */
  public ViewSettings view(final EngineSettings engine) {
    return new ViewSettings(
        engine.maxInstruments(), buckets, clusters, leverages, engine.map().resolutionBps());
  }
}
