package io.liqmap.benchmarks.venue;

import io.liqmap.engine.feed.BlockSource;
import io.liqmap.gateway.feed.EventSequence;
import io.liqmap.gateway.feed.StreamTimes;
import io.liqmap.gateway.feed.VenueCounter;
import io.liqmap.gateway.feed.VenueCounts;
import io.liqmap.gateway.feed.VenueInput;
import io.liqmap.gateway.venue.ControlSink;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * A batch's frames as a feed: each frame is decoded as the live feed does it and makes a block, so
 * that nothing waits for the frames after it. Ends with the batch; {@link #rewind} begins again.
 * One thread; allocates nothing of its own.
 */
public final class FrameFeed implements BlockSource {
  private final FrameBatch batch;
  private final EventBlock block = new EventBlock();
  private final EventSequence events = new EventSequence(block);
  private final VenueInput[] venues;
  private boolean isStarted;
  private int next;

  /** A feed of all venues of a session. */
  public FrameFeed(final FrameBatch batch) {
    this(batch, SessionVenues.COUNT);
  }

  /** A feed of the first so many venues, which the batch's frames are all of. */
  public FrameFeed(final FrameBatch batch, final int count) {
    this.batch = batch;
    venues = new VenueInput[count];
    for (int i = 0; i < venues.length; i++) {
      venues[i] =
          new VenueInput(
              SessionVenues.venue(i),
              List.of(SessionVenues.instrument(i)),
              events,
              new VenueCounts());
    }
  }

  /** Begins with the batch's first frame; instruments are defined in the very first block. */
  public FrameFeed rewind() {
    next = 0;
    return this;
  }

  @Override
  public boolean nextBlock() {
    block.clear();
    if (next == batch.size()) {
      return false;
    }
    if (!isStarted) {
      isStarted = true;
      for (final VenueInput venue : venues) {
        venue.start(batch.start());
      }
    }
    venues[batch.venue(next)].frame(
        batch.bytes(),
        batch.offset(next),
        batch.length(next),
        batch.time(next),
        StreamTimes.NONE,
        ControlSink.NONE);
    next++;
    return true;
  }

  /** Encodes all events of the batch as messages of the feed; returns their bytes. */
  public long encodeAll() {
    long bytes = 0;
    rewind();
    while (nextBlock()) {
      bytes += block.length();
    }
    return bytes;
  }

  /** A counter, summed over the venues. */
  public long count(final VenueCounter counter) {
    long sum = 0;
    for (final VenueInput venue : venues) {
      sum += venue.counts().of(counter);
    }
    return sum;
  }

  @Override
  public boolean continueAfter(final long sequence) {
    return true;
  }

  @Override
  public DirectBuffer buffer() {
    return block.buffer();
  }

  @Override
  public int offset() {
    return 0;
  }

  @Override
  public int length() {
    return block.length();
  }

  @Override
  public String name() {
    return "the session's frames";
  }
}
