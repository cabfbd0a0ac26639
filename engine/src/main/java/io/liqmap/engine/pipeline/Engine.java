package io.liqmap.engine.pipeline;

import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.health.Health;
import io.liqmap.engine.journal.JournalException;
import io.liqmap.engine.journal.JournalWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The engine: takes blocks of feed messages on the caller's thread, keeps the maps and the journal.
 *
 * <pre>
 *   INLINE      caller:  blocks ──▶ adapter ──▶ map writer ──▶ journal
 *
 *   PIPELINED   caller:  blocks ──▶ adapter ──▶ ring ──┬──▶ liqmap-map:      map writer ──▶ snapshot slot
 *                                                     └──▶ liqmap-journal:  journal  ◀──────────┘
 * </pre>
 *
 * Both give the same state and the same journal of events. {@link #run} may be called again for
 * another source; {@link #stop} may be called from any thread, the rest is one thread's.
 */
public final class Engine implements AutoCloseable {
  private final EngineSettings settings;
  private final FeedAdapter adapter;
  private final MapWriter map;
  private final SnapshotSlot snapshots;
  private final JournalWriter journal;
  private final Health health;
  private final JournalFeed journalFeed;
  private final Publisher publisher;
  private final Pipeline pipeline;
  private final FeedEvent slot = new FeedEvent();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final AtomicBoolean running = new AtomicBoolean();
  private boolean mapFailed;
  private boolean ended;

  private Engine(
      final EngineSettings settings,
      final JournalWriter journal,
      final Outlets outlets,
      final Health health) {
    this.settings = settings;
    this.journal = journal;
    this.health = health;
    adapter = new FeedAdapter(settings.maxInstruments());
    map = new MapWriter(settings.map(), settings.levels(), settings.maxInstruments());
    snapshots = new SnapshotSlot(settings.snapshotIntervalNanos());
    journalFeed = new JournalFeed(journal, snapshots, health);
    publisher =
        new Publisher(outlets, map, journalFeed, snapshots, health, settings.maxInstruments());
    pipeline =
        settings.pipeline().mode() == ThreadingMode.PIPELINED
            ? new Pipeline(settings.pipeline(), map, publisher, snapshots, journalFeed, health)
            : null;
    health.start(settings.pipeline().mode().name(), journal != null);
  }

  /**
   * Starts an engine, its threads included.
   *
   * @param journalFolder a new or empty folder, null to keep no journal
   * @param outlets where its answers go; closed when the engine finishes, and when it can't start
   * @throws JournalException if the journal can't be started there
   * @throws IllegalArgumentException if the view is too small, or of another resolution
   * @throws IllegalStateException if the settings ask for more spinning threads than the machine
   *     has processors for
   */
  public static Engine launch(
      final EngineSettings settings, final Path journalFolder, final Outlets outlets)
      throws IOException {
    try {
      Pipeline.requireProcessors(settings.pipeline(), Runtime.getRuntime().availableProcessors());
      if (outlets.view() != null) {
        outlets.view().requireFits(settings.maxInstruments(), settings.map().resolutionBps());
      }
      final JournalWriter journal =
          journalFolder == null
              ? null
              : JournalWriter.create(journalFolder, settings.journal(), settings.text());
      try {
        return new Engine(settings, journal, outlets, health(journalFolder, outlets.folder()));
      } catch (final IOException | RuntimeException | Error e) {
        if (journal != null) {
          journal.close();
        }
        throw e;
      }
    } catch (final IOException | RuntimeException | Error e) {
      outlets.close();
      throw e;
    }
  }

  /** Beside the journal, otherwise in the shared folder, otherwise for this process alone. */
  private static Health health(final Path journalFolder, final Path shared) throws IOException {
    final Path folder = journalFolder == null ? shared : journalFolder;
    return folder == null ? Health.inProcess(1) : Health.create(folder.resolve(Health.FILE), 1);
  }

  /**
   * Takes in a source to its end, or until {@link #stop}; afterwards all of it has been applied and
   * journaled.
   *
   * @param pace decides when an event is due
   * @throws IOException if the source fails; what came before has been applied and journaled
   * @throws EngineException if the map failed; it can't go on, what was journaled stays
   * @throws IllegalStateException if it runs already, as it does when a listener asks
   */
  public void run(final BlockSource source, final Pace pace) throws IOException, EngineException {
    if (!running.compareAndSet(false, true)) {
      throw new IllegalStateException("the engine runs already, one source after another");
    }
    try {
      takeAll(source, pace);
    } catch (final EngineException e) {
      health.error(e.getCause() == null ? e : e.getCause());
      throw e;
    } catch (final IOException e) {
      health.error(e);
      throw e;
    } finally {
      running.set(false);
    }
  }

  private void takeAll(final BlockSource source, final Pace pace)
      throws IOException, EngineException {
    try {
      while (!stopped.get() && source.nextBlock()) {
        adapter.wrap(source.buffer(), source.offset(), source.length());
        take(pace);
      }
    } finally {
      settle();
    }
  }

  private void take(final Pace pace) throws EngineException {
    if (pipeline != null) {
      pipeline.take(adapter, pace, stopped);
    } else {
      takeInline(pace);
    }
  }

  private void takeInline(final Pace pace) throws EngineException {
    try {
      while (!stopped.get() && adapter.next(slot)) {
        pace.await(slot.exchangeTime(), stopped);
        apply();
        if (!pace.isMax()) {
          journalFeed.flush();
          publisher.publish();
        }
      }
      journalFeed.flush();
      publisher.publish();
    } catch (final RuntimeException | Error e) {
      throw failed(e);
    }
  }

  private void apply() {
    map.onEvent(slot);
    journalFeed.append(slot);
    snapshots.offer(map);
    if (snapshots.isFull()) {
      journalFeed.flush();
    }
  }

  /** Tells the consumers of the last faults, and waits until they have done everything. */
  private void settle() throws EngineException {
    if (pipeline != null) {
      pipeline.settle(adapter);
      return;
    }
    if (mapFailed) {
      return;
    }
    try {
      if (adapter.flush(slot)) {
        apply();
      }
      journalFeed.flush();
      publisher.publish();
    } catch (final RuntimeException | Error e) {
      throw failed(e);
    }
  }

  private EngineException failed(final Throwable cause) {
    mapFailed = true;
    return new EngineException(
        "the map failed behind sequence " + map.sequence() + ": " + cause.getMessage(), cause);
  }

  /** Ends {@link #run} after the event in hand; from any thread. */
  public void stop() {
    stopped.set(true);
  }

  /** What was done so far, with the state's hash; while {@link #run} isn't running. */
  public EngineReport report() {
    return new EngineReport(
        map.report(),
        map.maps().count(),
        map.missing(),
        map.duplicates(),
        map.reordered(),
        map.unknown(),
        journal == null ? 0 : journal.snapshots(),
        snapshots.skipped(),
        snapshots.tooLarge(),
        map.listenerFailures(),
        journal == null ? 0 : journal.bytesWritten(),
        pipeline == null ? 0 : pipeline.backPressure());
  }

  /** The maps; while {@link #run} isn't running. */
  public MapWriter map() {
    return map;
  }

  /** Checks of the feed. */
  public FeedAdapter adapter() {
    return adapter;
  }

  /** Whether events go to a journal. */
  public boolean isJournaling() {
    return journalFeed.isJournaling();
  }

  /** Why the journal ended before its time, null if it didn't. */
  public JournalException journalFailure() {
    return journalFeed.failure();
  }

  /** Settings that the engine runs with. */
  public EngineSettings settings() {
    return settings;
  }

  /**
   * Stops the threads and ends the journal with the report of the run; map and report can still be
   * read.
   *
   * @throws IOException if a file can't be closed
   */
  public void finish() throws IOException {
    if (ended) {
      return;
    }
    ended = true;
    stopped.set(true);
    boolean whole = false;
    try {
      final boolean hasStopped = pipeline == null || pipeline.stop();
      whole = hasStopped && (pipeline == null ? !mapFailed : pipeline.isWhole());
      if (whole) {
        journalFeed.end(map);
        // Readers learn of a journal that failed at the very end.
        publisher.publish();
      } else {
        journalFeed.flush();
      }
    } finally {
      health.end(!whole);
      publisher.close();
      if (journal != null) {
        journal.close();
      }
    }
  }

  /** Finishes, if that hasn't been done. */
  @Override
  public void close() throws IOException {
    finish();
  }
}
