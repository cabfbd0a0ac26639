package io.liqmap.engine.pipeline;

import io.liqmap.engine.core.map.MapVariant;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.shared.view.VariantWriter;
import io.liqmap.engine.shared.view.ViewMemory;
import java.util.List;
import java.util.function.Consumer;

/**
 * Publishes the maps of touched instruments beside the first model's whole one, at most ten times a
 * second: each projects whole maps. On the map's thread; allocates only for a new instrument.
 */
final class VariantPublisher {
  private static final long PAUSE_NANOS = 100_000_000;

  private final ViewMemory view;
  private final MapWriter map;
  private final MapVariant[] variants;
  private final Consumer<RuntimeException> failed;
  private final VariantWriter[][] writers;
  private final int[] touched;
  private final boolean[] isTouched;
  private int count;
  private long publishedAt;

  private VariantPublisher(
      final ViewMemory view, final MapWriter map, final Consumer<RuntimeException> failed) {
    this.view = view;
    this.map = map;
    this.failed = failed;
    final List<String> names = view.variants();
    variants =
        names.subList(1, names.size()).stream()
            .map((name) -> MapVariant.of(name, map.maps().settings()))
            .toArray(MapVariant[]::new);
    writers = new VariantWriter[map.capacity()][];
    touched = new int[map.capacity()];
    isTouched = new boolean[map.capacity()];
    publishedAt = System.nanoTime() - PAUSE_NANOS;
  }

  /**
   * Makes one for the maps that a view is to show; null where that is the first alone.
   *
   * @param failed gets what a publication throws
   */
  static VariantPublisher of(
      final ViewMemory view, final MapWriter map, final Consumer<RuntimeException> failed) {
    return view == null || view.variants().size() < 2
        ? null
        : new VariantPublisher(view, map, failed);
  }

  void touch(final int instrument) {
    if (!isTouched[instrument]) {
      isTouched[instrument] = true;
      touched[count++] = instrument;
    }
  }

  /** Whether something is to be published by now. */
  boolean isDue() {
    return count > 0 && System.nanoTime() - publishedAt >= PAUSE_NANOS;
  }

  /** Publishes all touched instruments, if that is due. */
  void publish(final boolean isWhole) {
    if (count == 0 || (!isWhole && !isDue())) {
      return;
    }
    for (int i = 0; i < count; i++) {
      final int instrument = touched[i];
      isTouched[instrument] = false;
      try {
        publish(instrument);
      } catch (final RuntimeException e) {
        failed.accept(e);
      }
    }
    count = 0;
    publishedAt = System.nanoTime();
  }

  private void publish(final int instrument) {
    if (writers[instrument] == null) {
      writers[instrument] = new VariantWriter[variants.length];
    }
    final VariantWriter[] of = writers[instrument];
    for (int i = 0; i < of.length; i++) {
      if (of[i] == null) {
        of[i] =
            new VariantWriter(
                view,
                instrument,
                i + 1,
                map.maps().of(instrument),
                map.tracker(instrument),
                map.clusterSettings(),
                variants[i],
                map.tracker(instrument, variants[i]));
      }
      of[i].publish(
          map.sequence(),
          map.time(),
          map.tracker(instrument).quality(),
          map.missing(instrument),
          map.faults().rejected());
    }
  }
}
