package io.liqmap.benchmarks.bench;

import io.liqmap.benchmarks.flow.PreparedFeed;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Begins to count what threads allocate when half of the flow has been read. */
final class SteadyFeed extends ForwardedSource {
  private final PreparedFeed feed;
  private final AllocationMeter meter = new AllocationMeter();
  private long read;
  private long counted;

  SteadyFeed(final PreparedFeed feed) {
    super(feed);
    this.feed = feed;
  }

  @Override
  public boolean nextBlock() throws IOException {
    final boolean more = super.nextBlock();
    if (more) {
      if (counted == 0 && read >= feed.events() / 2) {
        counted = feed.events() - read;
        meter.start();
      }
      read += feed.blockEvents();
    }
    return more;
  }

  /** Bytes for each event of the second half on the feed's, map's and journal's thread. */
  List<Double> allocatedPerEvent() {
    final long[] bytes = meter.read();
    return Arrays.stream(bytes).mapToObj((each) -> each / (double) counted).toList();
  }
}
