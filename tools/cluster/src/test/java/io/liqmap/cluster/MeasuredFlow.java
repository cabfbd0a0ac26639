package io.liqmap.cluster;

import io.liqmap.engine.feed.FeedEncoder;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.pipeline.MarketFlow;
import org.agrona.concurrent.UnsafeBuffer;

/** A seeded market, encoded beforehand; the n-th frame has the sequence n, from 1. */
final class MeasuredFlow {
  private final UnsafeBuffer frames;
  private final int[] starts;

  MeasuredFlow(final int events) {
    // Only definitions, of which there is one, are longer than half of the longest frame.
    frames = new UnsafeBuffer(new byte[(events + 2) * FeedEncoder.MAX_FRAME_LENGTH / 2]);
    starts = new int[events + 1];
    final MarketFlow flow = MarketFlow.ofOneInstrument();
    final FeedEncoder encoder = new FeedEncoder();
    final FeedEvent event = new FeedEvent();
    for (int i = 0; i < events; i++) {
      flow.next(event);
      starts[i + 1] = starts[i] + encoder.encode(event, frames, starts[i]);
    }
  }

  UnsafeBuffer frames() {
    return frames;
  }

  /** Where a frame begins, counted from 0. */
  int start(final int frame) {
    return starts[frame];
  }

  int count() {
    return starts.length - 1;
  }

  /** The frame after the last one of a piece of so many bytes at most, which has one at least. */
  int pieceEnd(final int first, final int limit, final int bytes) {
    int end = first + 1;
    while (end < limit && starts[end + 1] - starts[first] <= bytes) {
      end++;
    }
    return end;
  }
}
