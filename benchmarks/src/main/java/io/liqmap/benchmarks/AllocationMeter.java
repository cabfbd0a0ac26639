package io.liqmap.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/** Bytes that the caller's thread and those of the engine allocate from here on. */
final class AllocationMeter {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long NO_THREAD = -1;

  private final long[] threads = {
    Thread.currentThread().getId(), thread("liqmap-map"), thread("liqmap-journal")
  };
  private final long[] before = new long[threads.length];

  AllocationMeter() {
    Arrays.setAll(before, this::allocated);
  }

  /** Bytes of feed, map and journal thread; 0 for a thread that there isn't. */
  long[] read() {
    final long[] bytes = new long[threads.length];
    Arrays.setAll(bytes, (i) -> allocated(i) - before[i]);
    return bytes;
  }

  private long allocated(final int index) {
    return threads[index] == NO_THREAD ? 0 : THREADS.getThreadAllocatedBytes(threads[index]);
  }

  private static long thread(final String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter((thread) -> thread.getName().equals(name))
        .mapToLong(Thread::getId)
        .findFirst()
        .orElse(NO_THREAD);
  }
}
