package io.liqmap.benchmarks.bench;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import org.HdrHistogram.Histogram;

/** When each event first showed in a source, in preallocated arrays. */
final class Arrivals {
  /** A source without events. */
  static final LongSupplier NOWHERE = () -> 0;

  private static final long TIMEOUT = 1_000_000_000L;
  private static final long MAX_LATENCY = 60_000_000_000L;

  private final LongSupplier source;
  private final long[] sequences;
  private final long[] times;
  private int count;
  private long last;

  /** The source gives the sequence of its last event; arrivals over capacity are dropped. */
  Arrivals(final LongSupplier source, final int capacity) {
    this.source = source;
    sequences = new long[capacity];
    times = new long[capacity];
  }

  void scan() {
    final long seen = source.getAsLong();
    if (seen > last) {
      last = seen;
      if (count < sequences.length) {
        sequences[count] = seen;
        times[count] = System.nanoTime();
        count++;
      }
    }
  }

  /** Scans until an event was seen, for a second at most. */
  void await(final long sequence) {
    final long end = System.nanoTime() + TIMEOUT;
    while (last < sequence && System.nanoTime() < end) {
      scan();
    }
  }

  long last() {
    return last;
  }

  void write(final Path file) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      out.writeInt(count);
      for (int i = 0; i < count; i++) {
        out.writeLong(sequences[i]);
        out.writeLong(times[i]);
      }
    }
  }

  static Arrivals read(final Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      final Arrivals arrivals = new Arrivals(NOWHERE, in.readInt());
      for (int i = 0; i < arrivals.sequences.length; i++) {
        arrivals.sequences[i] = in.readLong();
        arrivals.times[i] = in.readLong();
        arrivals.last = arrivals.sequences[i];
        arrivals.count++;
      }
      return arrivals;
    }
  }

  /** From when each event should have been sent to when a state after it was seen. */
  Histogram latencies(final LongUnaryOperator due, final long firstThatCounts) {
    final Histogram histogram = new Histogram(MAX_LATENCY, 3);
    long next = 1;
    for (int i = 0; i < count; i++) {
      for (; next <= sequences[i]; next++) {
        if (next >= firstThatCounts) {
          histogram.recordValue(
              Math.max(0, Math.min(MAX_LATENCY, times[i] - due.applyAsLong(next))));
        }
      }
    }
    return histogram;
  }
}
