package io.liqmap.engine.pipeline;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.TimeoutException;
import com.lmax.disruptor.WaitStrategy;
import io.liqmap.engine.settings.WaitMode;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits on map threads as the settings say, and parks the journal's thread: one more spinning
 * thread costs the others milliseconds on a small machine.
 */
final class PipelineWait implements WaitStrategy {
  private static final int SPINS_BEFORE_PARKING = 200;
  private static final int SPINS_BEFORE_YIELDING = 100;

  /** After some 100 to 400 µs, consumers run their idle work. */
  private static final int SPINS_BEFORE_TIMEOUT = 1_000;

  private static final int PARKS_BEFORE_TIMEOUT = 4;
  private static final long PARK_NANOS = 50_000;

  private final WaitMode mode;
  private volatile Thread journalThread;

  PipelineWait(final WaitMode mode) {
    this.mode = mode;
  }

  void journalThread(final Thread thread) {
    journalThread = thread;
  }

  @SuppressWarnings("ThreadPriorityCheck") // Yielding is what the user asked for.
  @Override
  public long waitFor(
      final long sequence,
      final Sequence cursor,
      final Sequence dependent,
      final SequenceBarrier barrier)
      throws AlertException, TimeoutException {
    final WaitMode ours = Thread.currentThread() == journalThread ? WaitMode.PARK : mode;
    final int most =
        ours == WaitMode.PARK ? SPINS_BEFORE_PARKING + PARKS_BEFORE_TIMEOUT : SPINS_BEFORE_TIMEOUT;
    long available = dependent.get();
    for (int spins = 0; available < sequence; spins++) {
      barrier.checkAlert();
      if (spins > most) {
        throw TimeoutException.INSTANCE;
      }
      if (ours == WaitMode.PARK && spins > SPINS_BEFORE_PARKING) {
        LockSupport.parkNanos(PARK_NANOS);
      } else if (ours == WaitMode.YIELD && spins > SPINS_BEFORE_YIELDING) {
        Thread.yield();
      } else {
        Thread.onSpinWait();
      }
      available = dependent.get();
    }
    return available;
  }

  @Override
  public void signalAllWhenBlocking() {
    // No thread blocks on a lock.
  }
}
