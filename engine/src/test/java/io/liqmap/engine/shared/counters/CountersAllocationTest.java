package io.liqmap.engine.shared.counters;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import io.liqmap.engine.core.state.FaultTally;
import java.lang.management.ManagementFactory;
import java.util.List;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Bytes that flight events cost without a recording, however often faults come. */
@Tag("alone")
final class CountersAllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final FaultTally FAULTS = new FaultTally();
  private static final int ROUNDS = 100_000;

  private static void tell(final EngineCounters counters, final int rounds) {
    final MapCounters map = counters.map(0);
    for (int i = 1; i <= rounds; i++) {
      map.applied(i, i, i);
      map.faults(FAULTS.set(i, i, i, i, i));
      map.quality(i & 31, 3);
      map.snapshots(i, 0);
      map.listenerFailures(i);
      map.cleared(1, "LONG", i, 1e6);
      map.cascade(1, "SHORT", 1e4, 1e6);
      counters.journal().appended(i, i, i, i);
      counters.backPressureEnded(counters.backPressureBegun());
    }
  }

  @Test
  void shouldAllocateNothingWithoutARecording() {
    assertEquals(List.of(), running(), "somebody records: this test can't tell");
    final EngineCounters counters = EngineCounters.inProcess(1, 4);
    tell(counters, ROUNDS);
    final long thread = Thread.currentThread().getId();
    final long before = THREADS.getThreadAllocatedBytes(thread);
    tell(counters, ROUNDS);
    assertEquals(0, THREADS.getThreadAllocatedBytes(thread) - before);
  }

  private static List<Recording> running() {
    return FlightRecorder.isInitialized()
        ? FlightRecorder.getFlightRecorder().getRecordings()
        : List.of();
  }
}
