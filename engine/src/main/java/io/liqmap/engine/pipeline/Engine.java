package io.liqmap.engine.pipeline;

import io.liqmap.engine.core.state.FaultTally;
import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.JumpLimits;
import io.liqmap.engine.journal.ExistingJournal;
import io.liqmap.engine.journal.Journal;
import io.liqmap.engine.journal.JournalException;
import io.liqmap.engine.journal.JournalWriter;
import io.liqmap.engine.market.MapState;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.replay.JournaledPrefix;
import io.liqmap.engine.replay.Recovered;
import io.liqmap.engine.replay.Recovery;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.settings.ThreadingMode;
import io.liqmap.engine.shared.counters.EngineCounters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * The engine: reads blocks of feed messages on the caller's thread, keeps the maps and the journal.
 *
 * <pre>
 *   INLINE      caller:  blocks ──▶ adapter ──▶ map writer ──▶ journal
 *
 *   PIPELINED   caller:  blocks ──▶ adapter ──▶ ring ──┬──▶ liqmap-map:      map writer ──▶ snapshot slot
 *                                                     └──▶ liqmap-journal:  journal  ◀──────────┘
 *
 *   with shards                                    ring ──┬──▶ liqmap-map-0:    instruments 0, 2, 4 … ──▶ snapshot slot
 *                                                         ├──▶ liqmap-map-1:    instruments 1, 3, 5 … ──▶       │
 *                                                         └──▶ liqmap-journal:  journal  ◀──────────────────────┘
 * </pre>
 *
 * All give the same state and the same events in the journal. {@link #run} may be called again for
 * another source; {@link #stop} may be called from any thread, everything else from one.
 */
public final class Engine implements AutoCloseable {
  private final EngineSettings settings;
  private final FeedAdapter adapter;
  private final List<MapWriter> maps;
  private final MapShard[] shards;
  private final SnapshotSlot snapshots;
  private final Journal journal;
  private final EngineCounters counters;
  private final JournalHandler journalHandler;
  private final Outputs outputs;
  private final Pipeline pipeline;
  private final FeedEvent slot = new FeedEvent();
  private final AtomicBoolean stopped = new AtomicBoolean();

  /** Never set: of a live source, which sends nothing twice, a block is applied whole. */
  private final AtomicBoolean wholeBlock = new AtomicBoolean();

  private final AtomicBoolean running = new AtomicBoolean();
  private final JournaledPrefix prefix;
  private final Recovered recovered;
  private boolean mapFailed;
  private boolean ended;

  private Engine(
      final EngineSettings settings,
      final FeedAdapter adapter,
      final MapWriter map,
      final Journal journal,
      final Recovery recovery,
      final Outputs outputs,
      final EngineCounters counters,
      final Pipeline.Timeouts timeouts) {
    this.settings = settings;
    this.adapter = adapter;
    this.journal = journal;
    this.counters = counters;
    recovered = recovery.recovered();
    prefix = recovery.prefix();
    this.outputs = outputs;
    final int room = settings.maxInstruments();
    shards = new MapShard[settings.pipeline().shards()];
    maps = map.split(shards.length);
    snapshots =
        new SnapshotSlot(
            settings.snapshotIntervalNanos(), shards.length, room + settings.map().groups().size());
    if (recovered != null && recovered.replayed() > 0) {
      // The next recovery needn't replay these events again.
      for (int shard = 0; shard < shards.length; shard++) {
        snapshots.take(shard, maps.get(shard));
      }
    }
    final boolean isPipelined = settings.pipeline().mode() == ThreadingMode.PIPELINED;
    journalHandler =
        new JournalHandler(
            journal, snapshots, counters, isPipelined ? settings.pipeline().ringSize() : 1);
    for (int shard = 0; shard < shards.length; shard++) {
      final MapWriter part = maps.get(shard);
      final Publisher publisher =
          new Publisher(
              outputs,
              shard,
              part,
              new JournalWatch(journalHandler)::isJournaling,
              snapshots,
              counters,
              room);
      shards[shard] = new MapShard(shard, part, publisher, snapshots);
    }
    pipeline =
        isPipelined
            ? new Pipeline(
                settings.pipeline(), shards, journalHandler, counters, timeouts, this::stop)
            : null;
    counters.start(settings.pipeline().mode().name(), journal != null);
    if (pipeline != null) {
      pipeline.start();
    }
  }

  /**
   * Starts an engine and its threads; resumes an existing journal.
   *
   * @param journalFolder a folder that is new, empty or holds a journal; null to keep no journal
   * @param outputs closed when the engine finishes, and when starting fails
   * @throws JournalException if starting the journal there fails, or the existing one is damaged or
   *     has other settings
   * @throws IllegalArgumentException if the view is too small, or of another resolution, or if
   *     there are streams of events, but not one for each shard
   * @throws IllegalStateException if Java was started without the flags of config/jvm.options, or
   *     the settings ask for more spinning threads than the machine has processors for
   */
  public static Engine launch(
      final EngineSettings settings, final Path journalFolder, final Outputs outputs)
      throws IOException {
    return launch(settings, journalFolder, System::currentTimeMillis, outputs);
  }

  /**
   * The same with a journal on another clock than the machine's.
   *
   * @param journalClock ms since 1970; decides when the journal rolls to the next day's file
   */
  public static Engine launch(
      final EngineSettings settings,
      final Path journalFolder,
      final LongSupplier journalClock,
      final Outputs outputs)
      throws IOException {
    try {
      JvmFlags.require();
      Pipeline.requireProcessors(settings.pipeline(), Runtime.getRuntime().availableProcessors());
      outputs.requireFits(settings, settings.pipeline().shards());
      final FeedAdapter adapter = new FeedAdapter(settings.maxInstruments(), JumpLimits.STANDARD);
      final MapWriter map =
          new MapWriter(settings.map(), settings.levels(), settings.maxInstruments());
      final Recovery recovery = recovery(settings, adapter, map);
      final JournalWriter journal = journal(settings, journalFolder, journalClock, recovery);
      EngineCounters counters = null;
      try {
        counters = counters(journalFolder, outputs.folder(), settings);
        if (outputs.view() != null) {
          counters.onHeartbeat(outputs.view()::recordHeartbeat);
        }
        return new Engine(
            settings,
            adapter,
            map,
            journal,
            recovery,
            outputs,
            counters,
            Pipeline.Timeouts.DEFAULT);
      } catch (final IOException | RuntimeException | Error e) {
        if (counters != null) {
          counters.end(true);
        }
        if (journal != null) {
          journal.close();
        }
        throw e;
      }
    } catch (final IOException | RuntimeException | Error e) {
      outputs.close();
      throw e;
    }
  }

  /** Starts an engine on a journal of the caller's. */
  static Engine launchOn(
      final Journal journal, final EngineSettings settings, final Outputs outputs) {
    return launchOn(journal, settings, outputs, Pipeline.Timeouts.DEFAULT);
  }

  /** The same with other timeouts. */
  static Engine launchOn(
      final Journal journal,
      final EngineSettings settings,
      final Outputs outputs,
      final Pipeline.Timeouts timeouts) {
    final FeedAdapter adapter = new FeedAdapter(settings.maxInstruments(), JumpLimits.STANDARD);
    final MapWriter map =
        new MapWriter(settings.map(), settings.levels(), settings.maxInstruments());
    return new Engine(
        settings,
        adapter,
        map,
        journal,
        recovery(settings, adapter, map),
        outputs,
        EngineCounters.inProcess(settings.pipeline().shards(), settings.maxInstruments()),
        timeouts);
  }

  private static JournalWriter journal(
      final EngineSettings settings,
      final Path folder,
      final LongSupplier clock,
      final Recovery recovery)
      throws IOException {
    if (folder == null) {
      return null;
    }
    if (EngineCounters.hasHeartbeat(folder)) {
      throw new JournalException(
          folder + ": another engine is writing this journal; stop it, or choose another folder");
    }
    return ExistingJournal.isAt(folder)
        ? recovery.from(folder, clock)
        : JournalWriter.create(folder, clock, settings.journal(), settings.text());
  }

  private static Recovery recovery(
      final EngineSettings settings, final FeedAdapter adapter, final MapWriter map) {
    return new Recovery(
        settings.maxInstruments(), settings.journal(), settings.text(), adapter, map);
  }

  /** Beside the journal, else in the shared folder, else in this process alone. */
  private static EngineCounters counters(
      final Path journalFolder, final Path shared, final EngineSettings settings)
      throws IOException {
    return EngineCounters.in(
        journalFolder == null ? shared : journalFolder,
        settings.pipeline().shards(),
        settings.maxInstruments());
  }

  /**
   * Processes a source to its end, or until {@link #stop}; afterwards all of it has been applied
   * and journaled. An interrupt stops it too, at the latest after the current block, and stays set.
   *
   * @param pace decides when an event is due
   * @throws IOException if the source fails; what came before has been applied and journaled
   * @throws EngineException if the map failed; the engine can't continue, the journal stays whole
   * @throws IllegalStateException if it runs already, for example when a listener calls this
   */
  public void run(final BlockSource source, final ReplayPace pace)
      throws IOException, EngineException {
    if (!running.compareAndSet(false, true)) {
      throw new IllegalStateException("the engine runs already, one source after another");
    }
    try {
      process(source, pace);
    } catch (final IOException e) {
      counters.error(e);
      throw e;
    } finally {
      running.set(false);
    }
  }

  private void process(final BlockSource source, final ReplayPace pace)
      throws IOException, EngineException {
    final boolean isLive = source.continueAfter(adapter.lastSequence());
    if (isLive && prefix != null) {
      prefix.skipNothing();
      adapter.admitLaterStart();
    }
    try {
      while (!isStopped() && hasNextBlock(source)) {
        final int start = startOfNew(source);
        final int end = source.offset() + source.length();
        adapter.wrap(source.buffer(), start, end - start);
        applyBlock(pace, isLive && pace.isMax() ? wholeBlock : stopped);
      }
    } finally {
      drain();
    }
  }

  private boolean isStopped() {
    if (Thread.currentThread().isInterrupted()) {
      stop();
    }
    return stopped.get();
  }

  private boolean hasNextBlock(final BlockSource source) throws IOException {
    final boolean hasNext = source.nextBlock();
    if (!hasNext && prefix != null) {
      prefix.endOfFeed(source);
    }
    return hasNext;
  }

  private int startOfNew(final BlockSource source) throws IOException {
    if (prefix == null || prefix.isDone()) {
      return source.offset();
    }
    final int start = prefix.skip(source);
    if (prefix.isLater()) {
      adapter.admitLaterStart();
    }
    return start;
  }

  private void applyBlock(final ReplayPace pace, final AtomicBoolean end) throws EngineException {
    if (pipeline != null) {
      pipeline.publish(adapter, pace, end);
    } else {
      applyInline(pace, end);
    }
  }

  private void applyInline(final ReplayPace pace, final AtomicBoolean end) throws EngineException {
    try {
      while (!end.get() && adapter.next(slot)) {
        pace.await(slot.exchangeTime(), end);
        apply();
        if (!pace.isMax()) {
          journalHandler.appendTaken();
          shards[0].publish();
        }
      }
      journalHandler.appendTaken();
      shards[0].publish();
    } catch (final RuntimeException | Error e) {
      throw failed(e);
    }
  }

  private void apply() {
    shards[0].apply(slot);
    if (!journalHandler.hasRoom()) {
      journalHandler.appendTaken();
    }
    journalHandler.take(adapter, slot);
    if (snapshots.isFull()) {
      journalHandler.appendTaken();
    }
  }

  private void publishWhole() {
    for (final MapShard shard : shards) {
      shard.publishWhole();
    }
  }

  /** Publishes the last faults, and waits until the consumers have processed everything. */
  private void drain() throws EngineException {
    if (pipeline != null) {
      pipeline.drain(adapter);
      return;
    }
    if (mapFailed) {
      return;
    }
    try {
      if (adapter.flush(slot)) {
        apply();
      }
      journalHandler.appendTaken();
      publishWhole();
    } catch (final RuntimeException | Error e) {
      throw failed(e);
    }
  }

  private EngineException failed(final Throwable cause) {
    mapFailed = true;
    // What was applied before; the source's block is still there.
    journalHandler.appendTaken();
    counters.failed(cause);
    return new EngineException(
        "the map failed behind sequence " + map().sequence() + ": " + cause.getMessage(), cause);
  }

  /**
   * Ends {@link #run} after the current event, or the current block of a live source; from any
   * thread.
   */
  public void stop() {
    stopped.set(true);
  }

  /** What was done so far, with the state's hash; while {@link #run} isn't running. */
  public EngineReport report() {
    final MapWriter map = MapWriter.whole(maps);
    return new EngineReport(
        map.report(),
        map.maps().count(),
        new FaultTally(map.faults()),
        journal == null ? 0 : journal.snapshots(),
        snapshots.skipped(),
        snapshots.tooLarge(),
        map.listenerFailures(),
        journal == null ? 0 : journal.bytesWritten(),
        pipeline == null ? 0 : pipeline.backPressure());
  }

  /**
   * The maps of all shards; while {@link #run} isn't running. When one of several shards has
   * failed, they may hold different events.
   */
  public MapState map() {
    return MapWriter.whole(maps);
  }

  /** Checks of the feed. */
  public FeedAdapter adapter() {
    return adapter;
  }

  /** Whether events go to a journal. */
  public boolean isJournaling() {
    return journalHandler.isJournaling();
  }

  /** Events that the journal acknowledged, those of earlier runs included. */
  public long acknowledgedEvents() {
    return journal == null ? 0 : journal.events();
  }

  /** Why the journal failed; null if it didn't. */
  public JournalException journalFailure() {
    return journalHandler.failure();
  }

  /** What the resumed journal held; null with a new journal or none. */
  public Recovered recovered() {
    return recovered;
  }

  /** Messages of the feed that were skipped because the journal holds them. */
  public long skipped() {
    return prefix == null ? 0 : prefix.skipped();
  }

  /** Settings that the engine runs with. */
  public EngineSettings settings() {
    return settings;
  }

  /**
   * Stops the threads and ends the journal with the run's report; map and report stay readable.
   *
   * @throws IOException if closing a file fails
   */
  public void finish() throws IOException {
    if (ended) {
      return;
    }
    ended = true;
    stopped.set(true);
    // An interrupt would close the channels of journal and counters in the middle of a write.
    final boolean isInterrupted = Thread.interrupted();
    boolean whole = false;
    try {
      final boolean hasStopped = pipeline == null || pipeline.stop();
      whole = hasStopped && (pipeline == null ? !mapFailed : pipeline.isWhole());
      if (whole) {
        journalHandler.end(MapWriter.whole(maps));
        // Readers learn of a journal that failed at the very end.
        publishWhole();
      } else if (journalThread() == null || !journalThread().isAlive()) {
        journalHandler.appendRest();
      }
    } finally {
      try {
        counters.end(!whole);
        outputs.close();
        if (prefix != null) {
          prefix.close();
        }
        journalHandler.release();
      } finally {
        if (isInterrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  private Thread journalThread() {
    return pipeline == null ? null : pipeline.journalThread();
  }

  /** Finishes, if that hasn't been done. */
  @Override
  public void close() throws IOException {
    finish();
  }
}
