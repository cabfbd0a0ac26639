package io.liqmap.benchmarks.soak;

import io.liqmap.benchmarks.bench.PublishedSequence;
import io.liqmap.engine.pipeline.PacedSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * A thread that polls the view several times a millisecond and records the latency of each event,
 * from when it should have been sent to when a state after it was seen with any instrument.
 */
final class ViewWatch implements AutoCloseable {
  private static final long NAP = 200_000;
  private static final long MAX = 600_000_000_000L;

  private final PublishedSequence[] published;
  private final PacedSource feed;
  private final SingleWriterRecorder latencies = new SingleWriterRecorder(MAX, 3);
  private Histogram spare;
  private long seen;
  private volatile boolean isClosed;

  ViewWatch(final Path view, final int instruments, final PacedSource feed) throws IOException {
    this.feed = feed;
    published = new PublishedSequence[instruments];
    for (int i = 0; i < instruments; i++) {
      published[i] = PublishedSequence.of(view, i);
    }
    final Thread thread = new Thread(this::watch, "soak-watch");
    thread.setDaemon(true);
    thread.start();
  }

  private void watch() {
    while (!isClosed) {
      poll();
      LockSupport.parkNanos(NAP);
    }
  }

  private void poll() {
    long latest = 0;
    for (final PublishedSequence instrument : published) {
      latest = Math.max(latest, instrument.getAsLong());
    }
    if (latest > seen) {
      final long now = System.nanoTime();
      for (long sequence = seen + 1; sequence <= latest; sequence++) {
        latencies.recordValue(Math.max(0, Math.min(MAX, now - feed.due(sequence))));
      }
      seen = latest;
    }
  }

  /** Latencies recorded since the last call, ns; valid until the next call. */
  Histogram claim() {
    spare = latencies.getIntervalHistogram(spare);
    return spare;
  }

  @Override
  public void close() {
    isClosed = true;
  }
}
