package io.liqmap.gateway.connection;

import io.liqmap.gateway.feed.FrameQueue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;

/** Puts what happens to connections into the queue of frames, in order. The gateway's thread. */
final class Marks {
  private final FrameQueue queue;
  private final Clocks clocks;
  private final Deque<BooleanSupplier> waiting = new ArrayDeque<>();

  Marks(final FrameQueue queue, final Clocks clocks) {
    this.queue = queue;
    this.clocks = clocks;
  }

  void start(final int origin) {
    final long stamp = clocks.epochNanos().getAsLong();
    add(() -> queue.start(origin, stamp));
  }

  void opened(final int origin) {
    final long stamp = clocks.epochNanos().getAsLong();
    add(() -> queue.opened(origin, stamp));
  }

  void lost(final int origin, final String reason) {
    final long stamp = clocks.epochNanos().getAsLong();
    add(() -> queue.lost(origin, stamp, reason));
  }

  private void add(final BooleanSupplier mark) {
    waiting.add(mark);
    flush();
  }

  /** Whether all are in the queue. */
  boolean flush() {
    while (!waiting.isEmpty() && waiting.peek().getAsBoolean()) {
      waiting.remove();
    }
    return waiting.isEmpty();
  }
}
