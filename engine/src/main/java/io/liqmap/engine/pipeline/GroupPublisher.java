package io.liqmap.engine.pipeline;

import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.shared.view.GroupWriter;
import io.liqmap.engine.shared.view.ViewMemory;
import java.util.function.Consumer;

/**
 * Publishes the groups whose members were touched, at most once in {@link #PAUSE_NANOS}: a
 * publication adds up all members. On the map's thread; allocates only for a new group.
 */
final class GroupPublisher {
  private static final long PAUSE_NANOS = 10_000_000;

  private final ViewMemory view;
  private final MapWriter map;
  private final Consumer<RuntimeException> failed;
  private final GroupWriter[] writers;
  private final boolean[] isTouched;
  private boolean isAnyTouched;
  private long publishedAt;

  private GroupPublisher(
      final ViewMemory view, final MapWriter map, final Consumer<RuntimeException> failed) {
    this.view = view;
    this.map = map;
    this.failed = failed;
    writers = new GroupWriter[map.groupCount()];
    isTouched = new boolean[writers.length];
    publishedAt = System.nanoTime() - PAUSE_NANOS;
  }

  /**
   * Makes one for the groups of a map; null where there is none, or no view.
   *
   * @param failed gets what a publication throws
   */
  static GroupPublisher of(
      final ViewMemory view, final MapWriter map, final Consumer<RuntimeException> failed) {
    return view == null || map.groupCount() == 0 ? null : new GroupPublisher(view, map, failed);
  }

  void touch(final int instrument) {
    final int[] groups = map.groupsOf(instrument);
    if (groups != null) {
      for (final int group : groups) {
        isTouched[group] = true;
      }
      isAnyTouched = true;
    }
  }

  /** Whether something is to be published by now. */
  boolean isDue() {
    return isAnyTouched && System.nanoTime() - publishedAt >= PAUSE_NANOS;
  }

  /** Publishes all touched groups, if that is due. */
  void publish(final boolean isWhole) {
    if (!isAnyTouched || (!isWhole && !isDue())) {
      return;
    }
    for (int group = 0; group < isTouched.length; group++) {
      if (isTouched[group]) {
        isTouched[group] = false;
        try {
          publish(group);
        } catch (final RuntimeException e) {
          failed.accept(e);
        }
      }
    }
    isAnyTouched = false;
    publishedAt = System.nanoTime();
  }

  /** A view without room for groups shows none. */
  private void publish(final int group) {
    if (writers[group] == null) {
      if (map.groupTracker(group) == null
          || !GroupWriter.fits(view, map.capacity() + group, map.groupTracker(group).group())) {
        return;
      }
      writers[group] = new GroupWriter(view, map.capacity() + group, map.groupTracker(group));
    }
    writers[group].publish(
        map.sequence(), map.time(), map.faults().missing(), map.faults().rejected());
  }
}
