package io.liqmap.engine.pipeline;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.WaitStrategy;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets the map's thread wait as the settings say, and every other consumer park: a third spinning
 * thread on a small machine costs the others milliseconds.
 */
final class PipelineWait implements WaitStrategy {
  private static final int SPINS_BEFORE_PARKING = 200;
  private static final int SPINS_BEFORE_YIELDING = 100;
  private static final long PARK_NANOS = 50_000;

  private final WaitMode mode;
  private volatile Thread mapThread;
  private Publisher publisher;

  PipelineWait(final WaitMode mode) {
    this.mode = mode;
  }

  /** Says whose thread waits in the chosen way, and what it does meanwhile. */
  void mapThread(final Thread thread, final Publisher itsPublisher) {
    publisher = itsPublisher;
    mapThread = thread;
  }

  @SuppressWarnings("ThreadPriorityCheck") // Yielding is what the user asked for.
  @Override
  public long waitFor(
      final long sequence,
      final Sequence cursor,
      final Sequence dependent,
      final SequenceBarrier barrier)
      throws AlertException {
    final boolean isMap = Thread.currentThread() == mapThread;
    final WaitMode ours = isMap ? mode : WaitMode.PARK;
    long available = dependent.get();
    for (int spins = 0; available < sequence; spins++) {
      barrier.checkAlert();
      if (isMap) {
        publisher.catchUp();
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
    // Nobody blocks on a lock.
  }
}
