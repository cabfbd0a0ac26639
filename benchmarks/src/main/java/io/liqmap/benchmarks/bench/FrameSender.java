package io.liqmap.benchmarks.bench;

import io.liqmap.benchmarks.venue.FrameBatch;
import java.io.IOException;

/**
 * Sends a batch's frames at a fixed rate, open loop: a frame is due at its time whether or not the
 * client keeps up, and counts from then. One thread, but for {@link #due}.
 */
final class FrameSender {
  private static final long LEAD_NANOS = 1_000_000;

  private final FrameBatch batch;
  private final double intervalNanos;
  private final long start = System.nanoTime() + LEAD_NANOS;

  FrameSender(final FrameBatch batch, final double perSecond) {
    this.batch = batch;
    intervalNanos = 1e9 / perSecond;
  }

  /** When a frame is due, counted from 1. */
  long due(final long number) {
    return start + (long) ((number - 1) * intervalNanos);
  }

  /**
   * Sends all frames.
   *
   * @param idle runs again and again while none is due
   */
  void send(final LoopbackVenue to, final Runnable idle) throws IOException {
    int sent = 0;
    while (sent < batch.size()) {
      idle.run();
      final long now = System.nanoTime();
      final int before = sent;
      while (sent < batch.size() && due(sent + 1) <= now && to.hasRoom(batch.length(sent))) {
        to.add(batch.bytes(), batch.offset(sent), batch.length(sent));
        sent++;
      }
      if (sent > before) {
        to.flush();
      }
    }
  }
}
