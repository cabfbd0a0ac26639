package io.liqmap.benchmarks.bench;

import io.liqmap.benchmarks.flow.PreparedFeed;
import io.liqmap.benchmarks.peer.BareRing;
import io.liqmap.engine.pipeline.PacedSource;
import io.liqmap.engine.settings.ThreadingMode;
import java.io.IOException;
import java.util.Map;

/**
 * Latency of the bare hop: from when an event should have been sent to when the feed's thread sees
 * that the consumer has read it.
 */
final class HopStage implements Stage {
  private final Task task;

  HopStage(final Task task) {
    this.task = task;
  }

  @Override
  public Passage pass(final double rate) throws IOException, InterruptedException {
    final PreparedFeed feed = Latencies.feed(task, rate);
    try (BareRing ring = new BareRing(task.pipeline(ThreadingMode.PIPELINED))) {
      final Arrivals arrivals = new Arrivals(ring::consumed, (int) feed.events());
      final PacedSource paced = new PacedSource(feed.rewind(), rate, arrivals::scan);
      final HiccupMeter hiccups = new HiccupMeter();
      ring.carryPaced(paced);
      arrivals.await(paced.sent());
      return Latencies.passage(paced, arrivals, feed, hiccups, 0, Map.of());
    }
  }
}
