package io.liqmap.benchmarks.bench;

import io.liqmap.benchmarks.flow.PreparedFeed;
import io.liqmap.engine.pipeline.PacedSource;
import io.liqmap.engine.shared.view.ViewSettings;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What all measurements of latency share. */
final class Latencies {
  /** Room for all that a map of ten tiers shows. */
  static final ViewSettings VIEW = new ViewSettings(1, 2048, 64, 32, 5);

  private static final int WARM_UP_PART = 3;

  private Latencies() {}

  /** As many events as a passage takes at a rate: those of the task are sent in a second. */
  static PreparedFeed feed(final Task task, final double rate) throws IOException {
    return PreparedFeed.map(task.feed(), Math.min(task.events(), (long) rate));
  }

  /** The first third of the events doesn't count. */
  static Passage passage(
      final PacedSource paced,
      final Arrivals arrivals,
      final PreparedFeed feed,
      final HiccupMeter hiccups,
      final long answer,
      final Map<String, Double> notes)
      throws InterruptedException {
    Checks.require(
        arrivals.last() == feed.events(),
        "seen up to event " + arrivals.last() + " of " + feed.events());
    return new Passage(
        feed.events(),
        0,
        answer,
        List.of(),
        arrivals.latencies(paced::due, feed.events() / WARM_UP_PART),
        hiccups.delays(),
        notes);
  }
}
