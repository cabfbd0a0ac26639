package io.liqmap.engine.pipeline;

import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.EventProcessor;
import com.lmax.disruptor.ExceptionHandler;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.settings.PipelineSettings;
import io.liqmap.engine.settings.ThreadingMode;
import io.liqmap.engine.shared.counters.BackPressureEvent;
import io.liqmap.engine.shared.counters.EngineCounter;
import io.liqmap.engine.shared.counters.EngineCounters;
import io.liqmap.engine.shared.counters.WatchedTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * The ring between the feed's thread and those of maps and journal.
 *
 * <p>A consumer that fails stops for good and freezes its position on the ring. So the feed's
 * thread checks for failures while it waits: it claims with {@code tryNext}, and a {@link
 * StallDetector} ends the wait.
 */
final class Pipeline {
  private static final String MAP_THREAD = "liqmap-map";
  private static final long IDLE_NANOS = 1_000;

  /**
   * How long the feed's thread waits.
   *
   * @param stallNanos for a consumer that makes no progress, ns
   * @param joinNanos for a thread to end, ns
   */
  record Timeouts(long stallNanos, long joinNanos) {
    static final Timeouts DEFAULT = new Timeouts(30_000_000_000L, 10_000_000_000L);
  }

  private final RingBuffer<FeedEvent> ring;
  private final int claim;
  private final Consumer[] maps;

  /** Null where nothing is journaled. */
  private final Consumer journalConsumer;

  private final JournalHandler journal;
  private final EngineCounters counters;
  private final Timeouts timeouts;
  private final Runnable stopFeed;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final StallDetector stall = new StallDetector(this);
  private boolean isJournalAbandoned;
  private long backPressure;

  /**
   * Makes the ring and its threads, which {@link #start} starts.
   *
   * @param stopFeed called on the thread of a map that fails
   */
  Pipeline(
      final PipelineSettings settings,
      final MapShard[] shards,
      final JournalHandler journal,
      final EngineCounters counters,
      final Timeouts timeouts,
      final Runnable stopFeed) {
    this.counters = counters;
    this.timeouts = timeouts;
    this.stopFeed = stopFeed;
    final PipelineWait wait = new PipelineWait(settings.waitMode());
    ring = RingBuffer.createSingleProducer(FeedEvent::new, settings.ringSize(), wait);
    claim = settings.claim();
    this.journal = journal;
    maps = new Consumer[shards.length];
    for (int shard = 0; shard < shards.length; shard++) {
      final String name = shards.length == 1 ? MAP_THREAD : MAP_THREAD + "-" + shard;
      maps[shard] = new Consumer(processor(shards[shard]), name, this::mapFailed, () -> {});
    }
    journalConsumer =
        journal.isJournaling()
            ? new Consumer(
                new JournalThread(journal, ring.newBarrier()),
                "liqmap-journal",
                journal::died,
                journal::releaseAtEnd)
            : null;
    if (journalConsumer != null) {
      wait.journalThread(journalConsumer.thread);
      journal.retain();
    }
    watch();
    for (final Consumer consumer : consumers()) {
      ring.addGatingSequences(consumer.sequence());
    }
  }

  /** Starts the threads, all or none. */
  void start() {
    try {
      for (final Consumer consumer : consumers()) {
        consumer.thread.start();
      }
    } catch (final RuntimeException | Error e) {
      stop();
      throw e;
    }
  }

  private void watch() {
    for (int shard = 0; shard < maps.length; shard++) {
      final Consumer consumer = maps[shard];
      counters.watch(EngineCounter.MAP_LAG, shard, () -> lag(consumer));
    }
    if (journalConsumer != null) {
      counters.watch(EngineCounter.JOURNAL_LAG, 0, () -> lag(journalConsumer));
    }
    counters.watch(EngineCounter.RING_CAPACITY, 0, ring::getBufferSize);
    counters.watch(EngineCounter.RING_POSITION, 0, () -> ring.getCursor() + 1);
    counters.watch(EngineCounter.RING_REMAINING, 0, ring::remainingCapacity);
  }

  /** Consumers that the feed waits for. */
  private List<Consumer> consumers() {
    final List<Consumer> consumers = new ArrayList<>(Arrays.asList(maps));
    if (journalConsumer != null && !isJournalAbandoned) {
      consumers.add(journalConsumer);
    }
    return consumers;
  }

  /**
   * Spinning threads without a processor of their own cost each other milliseconds.
   *
   * @throws IllegalStateException if there are fewer processors than spinning threads and one more
   */
  static void requireProcessors(final PipelineSettings settings, final int processors) {
    if (settings.mode() == ThreadingMode.PIPELINED
        && settings.waitMode().isSpinning()
        && processors <= settings.shards()
        && !settings.forced()) {
      throw new IllegalStateException(
          "pipeline.wait = "
              + settings.waitMode()
              + " needs "
              + (settings.shards() + 1)
              + " processors for "
              + (settings.shards() == 1
                  ? "one spinning thread"
                  : settings.shards() + " spinning threads")
              + ", this machine has "
              + processors
              + "; take pipeline.wait = park, or pipeline.force-wait = true");
    }
  }

  private EventProcessor processor(final MapShard shard) {
    final BatchEventProcessor<FeedEvent> processor =
        new BatchEventProcessorBuilder().build(ring, ring.newBarrier(), shard);
    processor.setExceptionHandler(new StopOnFailure(this::mapFailed));
    return processor;
  }

  void mapFailed(final Throwable cause) {
    if (failure.compareAndSet(null, cause)) {
      stopFeed.run();
      counters.failed(cause);
    }
  }

  /**
   * Decodes the adapter's messages into slots, until it is drained or the engine stops. The slots
   * behind the cursor belong to the feed, so it fills them first and then claims as many as there
   * were messages.
   */
  void publish(final FeedAdapter adapter, final ReplayPace pace, final AtomicBoolean stopped)
      throws EngineException {
    final int most = pace.isMax() ? claim : 1;
    while (!adapter.isDrained() && !stopped.get()) {
      awaitRoom(most);
      final long first = ring.getCursor() + 1;
      int filled = 0;
      while (filled < most && journal.hasRoom() && adapter.next(ring.get(first + filled))) {
        final FeedEvent event = ring.get(first + filled);
        journal.take(adapter, event);
        pace.await(event.exchangeTime(), stopped);
        filled++;
      }
      if (filled > 0) {
        publish(first, filled);
      }
    }
  }

  /**
   * Publishes the last faults and an empty slot, which marks the end for now, and waits until the
   * consumers have processed everything.
   */
  void drain(final FeedAdapter adapter) throws EngineException {
    awaitRoom(2);
    final long first = ring.getCursor() + 1;
    int faults = 0;
    if (adapter.flush(ring.get(first))) {
      journal.take(adapter, ring.get(first));
      faults = 1;
    }
    ring.get(first + faults).clear();
    publish(first, faults + 1);
    for (final Consumer consumer : consumers()) {
      await(consumer);
    }
  }

  private void publish(final long first, final int slots) {
    final long last = claim(slots);
    journal.handOver(last);
    ring.publish(first, last);
  }

  private boolean hasRoom(final int slots) {
    return ring.hasAvailableCapacity(slots) && journal.makeRoom();
  }

  private void awaitRoom(final int slots) throws EngineException {
    if (!hasRoom(slots)) {
      backPressure++;
      final BackPressureEvent waiting = counters.backPressureBegun();
      stall.begin(ring.getMinimumGatingSequence());
      while (!hasRoom(slots)) {
        stall.check(ring.getMinimumGatingSequence());
        LockSupport.parkNanos(IDLE_NANOS);
      }
      counters.backPressureEnded(waiting);
    }
    requireAlive();
  }

  /** Claims slots that are free; returns the last. */
  private long claim(final int slots) {
    try {
      return ring.tryNext(slots);
    } catch (final InsufficientCapacityException e) {
      throw new IllegalStateException(
          "the ring has no room for the single producer, though it reported some", e);
    }
  }

  private void await(final Consumer consumer) throws EngineException {
    stall.begin(consumer.sequence().get());
    while (consumer.sequence().get() < ring.getCursor() && !isAbandoned(consumer)) {
      stall.check(consumer.sequence().get());
      LockSupport.parkNanos(IDLE_NANOS);
    }
    requireAlive();
  }

  /**
   * Removes a journal that blocks from the ring, so that the map stays live. Its thread may wake up
   * at any time and finish its document, whose frames are never filled again, but appends nothing
   * more.
   */
  void abandonJournal(final long waitedNanos) {
    journal.abandon(waitedNanos, ring.getCursor() - journalConsumer.sequence().get());
    isJournalAbandoned = true;
    ring.removeGatingSequence(journalConsumer.sequence());
    journalConsumer.processor.halt();
  }

  private boolean isAbandoned(final Consumer consumer) {
    return consumer == journalConsumer && isJournalAbandoned;
  }

  /** Position of the journal's consumer, 0 without one. */
  long journalPosition() {
    return journalConsumer == null ? 0 : journalConsumer.sequence().get();
  }

  /** Whether the journal is behind, and its thread has ended or made no progress for too long. */
  boolean isJournalStalled(final long waitedNanos) {
    return journalConsumer != null
        && !isJournalAbandoned
        && journalConsumer.sequence().get() < ring.getCursor()
        && (journalConsumer.isDead() || waitedNanos > journal.abandonNanos());
  }

  long stallNanos() {
    return timeouts.stallNanos();
  }

  void requireAlive() throws EngineException {
    final Throwable cause = failure.get();
    if (cause != null) {
      // No other thread may change a map that the caller reads.
      stop(Arrays.asList(maps));
      throw new EngineException("a consumer of the ring failed: " + cause.getMessage(), cause);
    }
  }

  /** Slots that a consumer hasn't processed; both ends move meanwhile. */
  private long lag(final Consumer consumer) {
    return Math.max(0, ring.getCursor() - consumer.sequence().get());
  }

  /** How often the feed's thread found no room on the ring. */
  long backPressure() {
    return backPressure;
  }

  /**
   * Stops the threads.
   *
   * @return whether they have stopped; one that is blocked may resume at any time
   */
  boolean stop() {
    return stop(consumers());
  }

  private boolean stop(final List<Consumer> which) {
    for (final Consumer consumer : which) {
      consumer.processor.halt();
    }
    boolean stopped = true;
    for (final Consumer consumer : which) {
      stopped &= consumer.join(timeouts.joinNanos());
    }
    return stopped;
  }

  /** The thread that appends to the journal, null if there is none. */
  Thread journalThread() {
    return journalConsumer == null ? null : journalConsumer.thread;
  }

  /** Whether the consumers have processed everything. */
  boolean isWhole() {
    boolean done = failure.get() == null;
    for (final Consumer consumer : consumers()) {
      done &= consumer.sequence().get() == ring.getCursor();
    }
    return done;
  }

  /** A processor and its thread. */
  private static final class Consumer {
    private final EventProcessor processor;
    private final Thread thread;
    private boolean hasJoined;

    Consumer(
        final EventProcessor processor,
        final String name,
        final java.util.function.Consumer<Throwable> onFailure,
        final Runnable atEnd) {
      this.processor = processor;
      thread =
          new Thread(
              () -> {
                try {
                  processor.run();
                } catch (final Throwable e) {
                  // A mapped page can fault between any two steps, not in handlers alone.
                  onFailure.accept(e);
                } finally {
                  atEnd.run();
                }
              },
              name);
      thread.setDaemon(true);
    }

    Sequence sequence() {
      return processor.getSequence();
    }

    /** Waits as {@link WatchedTime#join} does; for a blocked thread only the first time. */
    boolean join(final long nanos) {
      final long timeout = hasJoined ? 0 : nanos;
      hasJoined = true;
      return WatchedTime.join(thread, timeout);
    }

    boolean isDead() {
      return thread.getState() == Thread.State.TERMINATED;
    }
  }

  /**
   * Records the failure and ends the thread: continuing would skip the event, the default handler
   * would block the feed.
   */
  private static final class StopOnFailure implements ExceptionHandler<FeedEvent> {
    private final java.util.function.Consumer<Throwable> onFailure;

    StopOnFailure(final java.util.function.Consumer<Throwable> onFailure) {
      this.onFailure = onFailure;
    }

    @Override
    public void handleEventException(
        final Throwable e, final long sequence, final FeedEvent event) {
      onFailure.accept(e);
      throw new IllegalStateException("stopped at slot " + sequence, e);
    }

    @Override
    public void handleOnStartException(final Throwable e) {
      onFailure.accept(e);
    }

    @Override
    public void handleOnShutdownException(final Throwable e) {
      onFailure.accept(e);
    }
  }
}
