package io.liqmap.engine.settings;

import io.liqmap.engine.shared.view.ViewSettings;

/**
 * How much other processes see of an engine. Immutable.
 *
 * @param buckets of each side
 * @param clusters at most
 * @param leverages that clusters are told apart by, at most
 * @param eventBytes that the event stream holds, a power of two
 */
public record SharingSettings(int buckets, int clusters, int leverages, int eventBytes) {
  static SharingSettings read(final Section at) {
    final int buckets = at.whole("buckets", Range.of(16, 65_536), 16);
    final int clusters = at.whole("clusters", Range.of(1, 1_024), 1);
    final int leverages = at.whole("leverages", Range.of(1, 64), 1);
    final long bytes = at.bytes("event-bytes", 1 << 12, "4KiB", 1 << 28, "256MiB");
    if (Long.bitCount(bytes) != 1) {
      at.reject("event-bytes", Long.toString(bytes), "a power of two, 4KiB to 256MiB");
    }
    return at.make(() -> new SharingSettings(buckets, clusters, leverages, (int) bytes));
  }

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
