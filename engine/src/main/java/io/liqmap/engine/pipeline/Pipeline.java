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
 * <p>A consumer that fails stops for good and freezes its place on the ring, so the feed's thread
 * never waits without a look at the failure: it claims with {@code tryNext} and gives up when a
 * consumer has failed, or hasn't moved for long.
 */
final class Pipeline {
  private static final String MAP_THREAD = "liqmap-map";
  private static final long IDLE_NANOS = 1_000;

  /**
   * How long others are waited for.
   *
   * @param stallNanos for a consumer that doesn't move, ns
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
  private final EngineCounters health;
  private final Timeouts timeouts;
  private final Runnable stopFeed;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private boolean isJournalAbandoned;
  private long backPressure;

  /**
   * Makes the ring and its threads, which {@link #start} starts.
   *
   * @param stopFeed called on the thread of a map that fails, which nothing can be applied to any
   *     more
   */
  Pipeline(
      final PipelineSettings settings,
      final MapShard[] shards,
      final JournalHandler journal,
      final EngineCounters health,
      final Timeouts timeouts,
      final Runnable stopFeed) {
    this.health = health;
    this.timeouts = timeouts;
    this.stopFeed = stopFeed;
    final PipelineWait wait = new PipelineWait(settings.waitMode());
    ring = RingBuffer.createSingleProducer(FeedEvent::new, settings.ringSize(), wait);
    claim = settings.claim();
    this.journal = journal;
    maps = new Consumer[shards.length];
    for (int shard = 0; shard < shards.length; shard++) {
      final String name = shards.length == 1 ? MAP_THREAD : MAP_THREAD + "-" + shard;
      maps[shard] = consumer(name, this::mapFailed, () -> {}, shards[shard]);
    }
    journalConsumer =
        journal.isJournaling()
            ? consumer("liqmap-journal", journal::died, journal::releaseAtEnd, new Journaling(journal))
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
      health.watch(EngineCounter.MAP_LAG, shard, () -> lag(consumer));
    }
    if (journalConsumer != null) {
      health.watch(EngineCounter.JOURNAL_LAG, 0, () -> lag(journalConsumer));
    }
    health.watch(EngineCounter.RING_CAPACITY, 0, ring::getBufferSize);
    health.watch(EngineCounter.RING_POSITION, 0, () -> ring.getCursor() + 1);
    health.watch(EngineCounter.RING_REMAINING, 0, ring::remainingCapacity);
  }

  /** Those that are waited for. */
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

  private Consumer consumer(
      final String name,
      final java.util.function.Consumer<Throwable> onFailure,
      final Runnable atEnd,
      final EventHandler<FeedEvent> handler) {
    final BatchEventProcessor<FeedEvent> processor =
        new BatchEventProcessorBuilder().build(ring, ring.newBarrier(), handler);
    processor.setExceptionHandler(new StopOnFailure(onFailure));
    return new Consumer(processor, name, onFailure, atEnd);
  }

  /** Others learn of it at once, wherever the feed's thread is at. */
  private void mapFailed(final Throwable cause) {
    if (failure.compareAndSet(null, cause)) {
      stopFeed.run();
      health.failed(cause);
    }
  }

  /**
   * Decodes what the adapter holds into slots, until it is drained or the engine stops. The slots
   * behind the cursor are the feed's own, so they are filled first and then claimed: as many as
   * there were messages.
   */
  void take(final FeedAdapter adapter, final ReplayPace pace, final AtomicBoolean stopped)
      throws EngineException {
    final int most = pace.isMax() ? claim : 1;
    while (!adapter.isDrained() && !stopped.get()) {
      awaitRoom(most);
      final long first = ring.getCursor() + 1;
      int filled = 0;
      while (filled < most && adapter.next(ring.get(first + filled))) {
        pace.await(ring.get(first + filled).exchangeTime(), stopped);
        filled++;
      }
      if (filled > 0) {
        ring.publish(first, claim(filled));
      }
    }
  }

  /**
   * Tells of the last faults and, by an empty slot, that nothing follows for now, and waits until
   * the consumers have done everything.
   */
  void drain(final FeedAdapter adapter) throws EngineException {
    awaitRoom(2);
    final long first = ring.getCursor() + 1;
    final int faults = adapter.flush(ring.get(first)) ? 1 : 0;
    ring.get(first + faults).clear();
    ring.publish(first, claim(faults + 1));
    for (final Consumer consumer : consumers()) {
      await(consumer);
    }
  }

  private void awaitRoom(final int slots) throws EngineException {
    if (!ring.hasAvailableCapacity(slots)) {
      backPressure++;
      final BackPressureEvent waiting = health.backPressureBegun();
      final StallDetector stall = new StallDetector(ring.getMinimumGatingSequence());
      while (!ring.hasAvailableCapacity(slots)) {
        stall.check(ring.getMinimumGatingSequence());
        LockSupport.parkNanos(IDLE_NANOS);
      }
      health.backPressureEnded(waiting);
    }
    requireAlive();
  }

  /** Claims slots that there is room for; returns the last. */
  private long claim(final int slots) {
    try {
      return ring.tryNext(slots);
    } catch (final InsufficientCapacityException e) {
      throw new IllegalStateException("a single producer was promised room that isn't there", e);
    }
  }

  private void await(final Consumer consumer) throws EngineException {
    final StallDetector stall = new StallDetector(consumer.sequence().get());
    while (consumer.sequence().get() < ring.getCursor() && !isAbandoned(consumer)) {
      stall.check(consumer.sequence().get());
      LockSupport.parkNanos(IDLE_NANOS);
    }
    requireAlive();
  }

  /**
   * Takes a journal that hangs out of the ring's way: the map has to stay live. Its thread may wake
   * up at any time, but appends nothing more: the failure is known before its slots are filled
   * anew.
   */
  private void abandonJournal(final long waitedNanos) {
    journal.abandon(waitedNanos, ring.getCursor() - journalConsumer.sequence().get());
    isJournalAbandoned = true;
    ring.removeGatingSequence(journalConsumer.sequence());
    journalConsumer.processor.halt();
  }

  private boolean isAbandoned(final Consumer consumer) {
    return consumer == journalConsumer && isJournalAbandoned;
  }

  private boolean isJournalBehind() {
    return journalConsumer != null
        && !isJournalAbandoned
        && journalConsumer.sequence().get() < ring.getCursor();
  }

  private void requireAlive() throws EngineException {
    final Throwable cause = failure.get();
    if (cause != null) {
      // Nobody reads a map that another thread still changes.
      stop(Arrays.asList(maps));
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

  /** Whether the consumers have done everything. */
  boolean isWhole() {
    boolean done = failure.get() == null;
    for (final Consumer consumer : consumers()) {
      done &= consumer.sequence().get() == ring.getCursor();
    }
    return done;
  }

  /** Appends, and forces what is due when there is nothing to append. */
  private record Journaling(JournalHandler journal) implements EventHandler<FeedEvent> {
    @Override
    public void onEvent(final FeedEvent event, final long sequence, final boolean endOfBatch) {
      journal.append(event);
      if (endOfBatch) {
        journal.flush();
      }
    }

    @Override
    public void onTimeout(final long sequence) {
      journal.flush();
    }
  }

  /** A processor and the thread that it has for itself. */
  private static final class Consumer {
    private final BatchEventProcessor<FeedEvent> processor;
    private final Thread thread;
    private boolean isWaitedFor;

    Consumer(
        final BatchEventProcessor<FeedEvent> processor,
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
                  // A fault of a mapped page can come up between any two steps, not in handlers
                  // alone.
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

    /** Waits as {@link WatchedTime#join} does; for one that hangs only the first time. */
    boolean join(final long nanos) {
      final long patience = isWaitedFor ? 0 : nanos;
      isWaitedFor = true;
      return WatchedTime.join(thread, patience);
    }

    /** Whether its thread has ended; it is only looked at when it doesn't move. */
    boolean isDead() {
      return thread.getState() == Thread.State.TERMINATED;
    }
  }

  /** Gives up on a consumer that has failed or doesn't move; on the journal sooner than the map. */
  private final class StallDetector {
    private final WatchedTime unmoved = new WatchedTime();
    private final WatchedTime journalUnmoved = new WatchedTime();
    private long position;
    private long journalPosition = journalPosition();

    StallDetector(final long position) {
      this.position = position;
    }

    void check(final long reached) throws EngineException {
      requireAlive();
      checkJournal();
      if (reached != position) {
        position = reached;
        unmoved.restart();
      } else if (unmoved.nanos() > timeouts.stallNanos()) {
        // Kept, so that nobody waits for it a second time.
        mapFailed(
            new IllegalStateException(
                "a consumer hasn't moved for " + timeouts.stallNanos() / 1_000_000 + " ms"));
        requireAlive();
      }
    }

    private void checkJournal() {
      if (journalPosition() != journalPosition) {
        journalPosition = journalPosition();
        journalUnmoved.restart();
        return;
      }
      final long waited = journalUnmoved.nanos();
      if (isJournalBehind() && (journalConsumer.isDead() || waited > journal.patienceNanos())) {
        abandonJournal(waited);
      }
    }

    private long journalPosition() {
      return journalConsumer == null ? 0 : journalConsumer.sequence().get();
    }
  }

  /**
   * Keeps the failure and ends the thread: going on would skip the event, the default handler would
   * hang the feed.
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
