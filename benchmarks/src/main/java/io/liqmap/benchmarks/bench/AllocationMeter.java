package io.liqmap.benchmarks.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Bytes that the thread that made it and those of the engine allocate. */
public final class AllocationMeter {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long NO_THREAD = -1;

  private final long[] threads = {
    Thread.currentThread().getId(), thread("liqmap-map"), thread("liqmap-journal")
  };
  private final long[] before = new long[threads.length];

  public void start() {
    for (int i = 0; i < threads.length; i++) {
      before[i] = allocated(i);
    }
  }

  /** Bytes of feed, map and journal thread; 0 for a thread that there isn't. */
  public long[] read() {
    final long[] bytes = new long[threads.length];
    for (int i = 0; i < threads.length; i++) {
      bytes[i] = allocated(i) - before[i];
    }
    return bytes;
  }

  private long allocated(final int index) {
    return threads[index] == NO_THREAD ? 0 : THREADS.getThreadAllocatedBytes(threads[index]);
  }

  private static long thread(final String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter((thread) -> thread.getName().startsWith(name))
        .mapToLong(Thread::getId)
        .findFirst()
        .orElse(NO_THREAD);
  }
}
