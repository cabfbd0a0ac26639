package io.liqmap.engine.shared.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.liqmap.engine.core.clusters.NumberedEvent;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("alone")
final class StreamAllocationTest {
  private static final int EVENTS = 200_000;

  /** Code that is compiled late, on a busy machine, allocates once. */
  private static final int ROUNDS = 3;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final NumberedEvent numbered = new NumberedEvent();
  @TempDir private Path folder;
  private long sent;
  private long bytes;

  @Test
  void shouldAllocateNothingToSendAndToPoll() throws Exception {
    final Path file = folder.resolve("events");
    try (EventStream stream = EventStream.create(file, StreamFile.MIN_CAPACITY);
        EventStreamReader reader = EventStreamReader.open(file)) {
      final EventStreamReader.Handler handler = (buffer, offset, length) -> bytes += length;
      run(stream, reader, handler);
      threads.getCurrentThreadAllocatedBytes();
      long least = Long.MAX_VALUE;
      for (int round = 0; round < ROUNDS && least > 0; round++) {
        least = Math.min(least, allocatedBy(stream, reader, handler));
      }
      assertEquals(0, least, "bytes allocated over " + EVENTS + " events, in each round");
    }
  }

  private long allocatedBy(
      final EventStream stream,
      final EventStreamReader reader,
      final EventStreamReader.Handler handler) {
    final long bytesBefore = bytes;
    final long lappedBefore = reader.lapped();
    final long before = threads.getCurrentThreadAllocatedBytes();
    final int events = run(stream, reader, handler);
    final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(events >= EVENTS / 2, "events: " + events);
    assertTrue(bytes > bytesBefore && reader.lapped() > lappedBefore);
    return allocated;
  }

  /** Now and then the reader lets a whole ring pass. */
  private int run(
      final EventStream stream,
      final EventStreamReader reader,
      final EventStreamReader.Handler handler) {
    int events = 0;
    for (int i = 0; i < EVENTS; i++) {
      sent++;
      stream.send(numbered.of(sent));
      if (i % 1_000 > 100) {
        events += reader.poll(handler, 8);
      }
    }
    return events;
  }
}
