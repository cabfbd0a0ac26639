package io.liqmap.tools.config;

import io.liqmap.engine.pipeline.EngineSettings;
import io.liqmap.engine.view.ViewSettings;

/**
 * How much other processes see of an engine. Immutable.
 *
 * @param view size of the view
 * @param eventBytes that the event stream holds, a power of two
 */
public record SharingSettings(ViewSettings view, int eventBytes) {
  static SharingSettings read(
      final Section top, final int instruments, final EngineSettings engine) {
    final Section at = top.section("sharing");
    final int buckets = at.whole("buckets", Range.of(16, 65_536), 16);
    final int clusters = at.whole("clusters", Range.of(1, 1_024), 1);
    final int leverages = at.whole("leverages", Range.of(1, 64), 1);
    final long bytes = at.bytes("event-bytes", 1 << 12, "4KiB", 1 << 28, "256MiB");
    if (Long.bitCount(bytes) != 1) {
      at.reject("event-bytes", Long.toString(bytes), "a power of two, 4KiB to 256MiB");
    }
    return at.make(
        () ->
            new SharingSettings(
                new ViewSettings(
                    instruments,
                    buckets,
                    clusters,
                    leverages,
                    engine == null ? 1 : engine.map().resolutionBps()),
                (int) bytes));
  }
}
