package io.liqmap.engine.pipeline;

import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.ExceptionHandler;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.health.BackPressureEvent;
import io.liqmap.engine.health.Figure;
import io.liqmap.engine.health.Health;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * The ring between the feed's thread and those of map and journal.
 *
 * <p>A consumer that fails stops for good and freezes its place on the ring, so the feed's thread
 * never waits without a look at the failure: it claims with {@code tryNext} and gives up when a
 * consumer has failed, or hasn't moved for long.
 */
final class Pipeline {
  private static final long STALL_NANOS = 30_000_000_000L;
  private static final long IDLE_NANOS = 1_000;
  private static final long JOIN_MILLIS = 10_000;

  private final RingBuffer<FeedEvent> ring;
  private final int claim;
  private final Health health;
  private final Consumer[] consumers;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private long backPressure;

  Pipeline(
      final PipelineSettings settings,
      final MapWriter map,
      final Publisher publisher,
      final SnapshotSlot snapshots,
      final JournalFeed journal,
      final Health health) {
    this.health = health;
    final PipelineWait wait = new PipelineWait(settings.waitMode());
    ring = RingBuffer.createSingleProducer(FeedEvent::new, settings.ringSize(), wait);
    claim = settings.claim();
    final Consumer mapConsumer =
        consumer(
            "liqmap-map",
            (event, sequence, endOfBatch) -> {
              map.onEvent(event);
              snapshots.offer(map);
              if (endOfBatch) {
                publisher.publish();
              }
            });
    wait.mapThread(mapConsumer.thread);
    health.watch(Figure.MAP_LAG, 0, () -> lag(mapConsumer));
    if (journal.isJournaling()) {
      final Consumer journalConsumer =
          consumer(
              "liqmap-journal",
              (event, sequence, endOfBatch) -> {
                journal.append(event);
                if (endOfBatch) {
                  journal.flush();
                }
              });
      health.watch(Figure.JOURNAL_LAG, 0, () -> lag(journalConsumer));
      consumers = new Consumer[] {mapConsumer, journalConsumer};
    } else {
      consumers = new Consumer[] {mapConsumer};
    }
    health.watch(Figure.RING_CAPACITY, 0, ring::getBufferSize);
    health.watch(Figure.RING_POSITION, 0, () -> ring.getCursor() + 1);
    health.watch(Figure.RING_REMAINING, 0, ring::remainingCapacity);
    for (final Consumer consumer : consumers) {
      ring.addGatingSequences(consumer.sequence());
    }
    for (final Consumer consumer : consumers) {
      consumer.thread.start();
    }
  }

  /**
   * Spinning threads without a processor of their own cost each other milliseconds.
   *
   * @throws IllegalStateException if there are fewer processors than spinning threads and one more
   */
  static void requireProcessors(final PipelineSettings settings, final int processors) {
    if (settings.mode() == ThreadingMode.PIPELINED
        && settings.waitMode().isSpinning()
        && processors < 2
        && !settings.forced()) {
      throw new IllegalStateException(
          "pipeline.wait = "
              + settings.waitMode()
              + " needs 2 processors for one spinning thread, this machine has "
              + processors
              + "; take pipeline.wait = park, or pipeline.force-wait = true");
    }
  }

  private Consumer consumer(final String name, final EventHandler<FeedEvent> handler) {
    final BatchEventProcessor<FeedEvent> processor =
        new BatchEventProcessorBuilder().build(ring, ring.newBarrier(), handler);
    processor.setExceptionHandler(new StopOnFailure(failure));
    return new Consumer(processor, name);
  }

  /** Decodes what the adapter holds into claimed slots, until it is drained or the engine stops. */
  void take(final FeedAdapter adapter, final Pace pace, final AtomicBoolean stopped)
      throws EngineException {
    final int most = pace.isMax() ? claim : 1;
    while (!adapter.isDrained() && !stopped.get()) {
      final int wanted = adapter.framesLeft(most);
      final long last = claim(wanted);
      final long first = last - wanted + 1;
      for (long sequence = first; sequence <= last; sequence++) {
        final FeedEvent slot = ring.get(sequence);
        if (adapter.next(slot)) {
          pace.await(slot.exchangeTime(), stopped);
        } else {
          slot.clear();
        }
      }
      ring.publish(first, last);
    }
  }

  /** Tells of the last faults and waits until the consumers have done everything. */
  void settle(final FeedAdapter adapter) throws EngineException {
    final long sequence = claim(1);
    final FeedEvent slot = ring.get(sequence);
    if (!adapter.flush(slot)) {
      slot.clear();
    }
    ring.publish(sequence);
    for (final Consumer consumer : consumers) {
      await(consumer.sequence());
    }
  }

  private long claim(final int slots) throws EngineException {
    if (!ring.hasAvailableCapacity(slots)) {
      backPressure++;
      final BackPressureEvent waiting = health.backPressureBegun();
      final Stall stall = new Stall(ring.getMinimumGatingSequence());
      while (!ring.hasAvailableCapacity(slots)) {
        stall.check(ring.getMinimumGatingSequence());
        LockSupport.parkNanos(IDLE_NANOS);
      }
      health.backPressureEnded(waiting);
    }
    requireAlive();
    try {
      return ring.tryNext(slots);
    } catch (final InsufficientCapacityException e) {
      throw new IllegalStateException("a single producer was promised room that isn't there", e);
    }
  }

  private void await(final Sequence consumer) throws EngineException {
    final Stall stall = new Stall(consumer.get());
    while (consumer.get() < ring.getCursor()) {
      stall.check(consumer.get());
      LockSupport.parkNanos(IDLE_NANOS);
    }
    requireAlive();
  }

  private void requireAlive() throws EngineException {
    final Throwable cause = failure.get();
    if (cause != null) {
      throw new EngineException("a consumer of the ring failed: " + cause.getMessage(), cause);
    }
  }

  /** Slots that a consumer hasn't done; both ends move meanwhile. */
  private long lag(final Consumer consumer) {
    return Math.max(0, ring.getCursor() - consumer.sequence().get());
  }

  /** How often the feed's thread found no room on the ring. */
  long backPressure() {
    return backPressure;
  }

  /**
   * Stops the threads, in the state that they are in.
   *
   * @return whether they have stopped; one that hangs may go on at any time
   */
  boolean stop() {
    for (final Consumer consumer : consumers) {
      consumer.processor.halt();
    }
    boolean stopped = true;
    for (final Consumer consumer : consumers) {
      stopped &= consumer.join();
    }
    return stopped;
  }

  /** Whether the consumers have done everything. */
  boolean isWhole() {
    boolean done = failure.get() == null;
    for (final Consumer consumer : consumers) {
      done &= consumer.sequence().get() == ring.getCursor();
    }
    return done;
  }

  /** A processor and the thread that it has for itself. */
  private static final class Consumer {
    private final BatchEventProcessor<FeedEvent> processor;
    private final Thread thread;

    Consumer(final BatchEventProcessor<FeedEvent> processor, final String name) {
      this.processor = processor;
      thread = new Thread(processor, name);
      thread.setDaemon(true);
      // The failure has been kept already, for whoever waits.
      thread.setUncaughtExceptionHandler((dead, failure) -> {});
    }

    Sequence sequence() {
      return processor.getSequence();
    }

    boolean join() {
      try {
        thread.join(JOIN_MILLIS);
        return !thread.isAlive();
      } catch (final InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }

  /** Gives up on a consumer that has failed or doesn't move. */
  private final class Stall {
    private long position;
    private long since = System.nanoTime();

    Stall(final long position) {
      this.position = position;
    }

    void check(final long now) throws EngineException {
      requireAlive();
      if (now != position) {
        position = now;
        since = System.nanoTime();
      } else if (System.nanoTime() - since > STALL_NANOS) {
        throw new EngineException(
            "a consumer of the ring hasn't moved for " + STALL_NANOS / 1_000_000_000L + " s", null);
      }
    }
  }

  /**
   * Keeps the failure and ends the thread: going on would skip the event, the default handler would
   * hang the feed.
   */
  private static final class StopOnFailure implements ExceptionHandler<FeedEvent> {
    private final AtomicReference<Throwable> failure;

    StopOnFailure(final AtomicReference<Throwable> failure) {
      this.failure = failure;
    }

    @Override
    public void handleEventException(
        final Throwable e, final long sequence, final FeedEvent event) {
      failure.compareAndSet(null, e);
      throw new IllegalStateException("stopped at slot " + sequence, e);
    }

    @Override
    public void handleOnStartException(final Throwable e) {
      failure.compareAndSet(null, e);
    }

    @Override
    public void handleOnShutdownException(final Throwable e) {
      failure.compareAndSet(null, e);
    }
  }
}
