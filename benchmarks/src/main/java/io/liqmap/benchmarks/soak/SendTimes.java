package io.liqmap.benchmarks.soak;

/**
 * When each event should be sent, on the clock of {@link System#nanoTime}.
 *
 * @param start of the run
 * @param intervalNanos from one event to the next
 */
record SendTimes(long start, double intervalNanos) {
  long of(final long sequence) {
    return start + (long) ((sequence - 1) * intervalNanos);
  }
}
