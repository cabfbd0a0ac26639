package io.liqmap.benchmarks.bench;

import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** How much later than asked a thread wakes up that does nothing: what the machine adds. */
final class HiccupMeter implements AutoCloseable {
  private static final long INTERVAL = 1_000_000;
  static final long MAX = 60_000_000_000L;

  private final Histogram delays = new Histogram(MAX, 3);
  private final Thread thread = new Thread(this::measure, "hiccups");
  private volatile boolean isClosed;

  HiccupMeter() {
    thread.setDaemon(true);
    thread.start();
  }

  private void measure() {
    while (!isClosed) {
      final long before = System.nanoTime();
      LockSupport.parkNanos(INTERVAL);
      delays.recordValue(Math.max(0, Math.min(MAX, System.nanoTime() - before - INTERVAL)));
    }
  }

  Histogram delays() throws InterruptedException {
    close();
    thread.join();
    return delays;
  }

  @Override
  public void close() {
    isClosed = true;
  }
}
