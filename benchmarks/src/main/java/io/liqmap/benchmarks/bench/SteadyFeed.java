package io.liqmap.benchmarks.bench;

import io.liqmap.benchmarks.flow.PreparedFeed;
import io.liqmap.engine.feed.BlockSource;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;

/** Begins to count what threads allocate when half of the flow has been read. */
final class SteadyFeed implements BlockSource {
  private final PreparedFeed feed;
  private final AllocationMeter meter = new AllocationMeter();
  private long read;
  private long counted;

  SteadyFeed(final PreparedFeed feed) {
    this.feed = feed;
  }

  @Override
  public boolean nextBlock() {
    final boolean more = feed.nextBlock();
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

  @Override
  public DirectBuffer buffer() {
    return feed.buffer();
  }

  @Override
  public int offset() {
    return feed.offset();
  }

  @Override
  public int length() {
    return feed.length();
  }
}
