package io.liqmap.engine.shared.counters;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.errors.DistinctErrorLog;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;

/**
 * An engine's counters and errors. One thread writes each counter, with ordered stores; {@link
 * #error} may be called from any thread. Nothing here influences the map.
 *
 * <p>A heartbeat thread writes all counters to the file twice a second, with the time and the
 * values that any thread may read. The file isn't mapped: a mapped file that was truncated would
 * bring the other threads down.
 */
public final class EngineCounters {
  /** File of the counters, beside the journal or in a shared folder. */
  public static final String FILE = "liqmap.counters";

  private static final long HEARTBEAT_NANOS = 500_000_000L;
  private static final long JOIN_NANOS = 2_000_000_000L;
  private static final long RECENT_MILLIS = 30_000;
  private static final long WATCH_NANOS = 1_200_000_000L;
  private static final long POLL_NANOS = 50_000_000L;

  /** A counter that is updated at each heartbeat. */
  private record Watched(AtomicCounter counter, LongSupplier source) {}

  private final CountersFile file;
  private final CountersManager counters;
  private final DistinctErrorLog errors;
  private final AtomicCounter heartbeat;
  private final AtomicCounter errorCount;
  private final AtomicCounter backPressure;
  private final MapCounters[] maps;
  private final JournalCounters journal;
  private final CalibrationTable calibrations;
  private final List<Watched> watched = new ArrayList<>();
  private LongConsumer heartbeatListener = (now) -> {};
  private final Thread heart;
  private volatile long state = CountersFile.RUNS;
  private volatile boolean hasFailed;

  private EngineCounters(final CountersFile file, final boolean isShared) {
    this.file = file;
    counters = new CountersManager(file.metadata(), file.values());
    errors = new DistinctErrorLog(file.errors(), SystemEpochClock.INSTANCE);
    heartbeat = counter(EngineCounter.HEARTBEAT, 0);
    errorCount = counter(EngineCounter.ERRORS, 0);
    backPressure = counter(EngineCounter.BACK_PRESSURE, 0);
    maps = new MapCounters[file.maps()];
    for (int i = 0; i < maps.length; i++) {
      maps[i] = new MapCounters(this, i);
    }
    journal = new JournalCounters(this);
    calibrations = new CalibrationTable(file.calibrations());
    heart = isShared ? new Thread(this::runHeartbeat, "liqmap-made") : null;
    heartbeat.setRelease(System.currentTimeMillis());
  }

  /**
   * Counters in this process alone.
   *
   * @param maps map writers, 1 to 64
   * @param instruments have numbers below this, 1 or more
   */
  public static EngineCounters inProcess(final int maps, final int instruments) {
    return new EngineCounters(CountersFile.inProcess(maps, instruments), false);
  }

  /**
   * Counters in the file of a folder, which replaces an older one.
   *
   * @param folder null for counters in this process alone
   * @param maps map writers, 1 to 64
   * @param instruments have numbers below this, 1 or more
   * @throws IOException if making the file fails
   */
  public static EngineCounters in(final Path folder, final int maps, final int instruments)
      throws IOException {
    return folder == null
        ? inProcess(maps, instruments)
        : create(folder.resolve(FILE), maps, instruments);
  }

  /**
   * Counters in a file, which replaces an older one.
   *
   * @param maps map writers, 1 to 64
   * @param instruments have numbers below this, 1 or more
   * @throws IOException if making the file fails
   */
  public static EngineCounters create(final Path file, final int maps, final int instruments)
      throws IOException {
    final EngineCounters made =
        new EngineCounters(CountersFile.create(file, maps, instruments), true);
    made.file.publish();
    return made;
  }

  AtomicCounter counter(final EngineCounter kind, final int map) {
    final String label = kind.isOfMaps() ? kind + " of map " + map : kind.toString();
    return counters.newCounter(label, kind.number(), (key) -> key.putInt(0, map));
  }

  /**
   * Updates a counter from a source at each heartbeat; before {@link #start}.
   *
   * @param source called on the heartbeat thread: may read only what any thread may
   */
  public void watch(final EngineCounter kind, final int map, final LongSupplier source) {
    watched.add(new Watched(counter(kind, map), source));
  }

  /**
   * Calls a listener at each heartbeat; before {@link #start}. One that fails is recorded as an
   * error and removed.
   *
   * @param listener called on the heartbeat thread with ms since 1970
   */
  public void onHeartbeat(final LongConsumer listener) {
    heartbeatListener = listener;
  }

  /**
   * Whether a live engine writes counters to a folder, by watching its heartbeat change: process
   * numbers and clocks may differ from those here. Takes about a second where the last heartbeat is
   * recent and the engine recorded no end, no time otherwise.
   *
   * @param folder of a journal, or a shared one
   */
  public static boolean hasHeartbeat(final Path folder) {
    final Path file = folder.resolve(FILE);
    final long first = lastHeartbeat(file);
    if (Math.abs(System.currentTimeMillis() - first) > RECENT_MILLIS) {
      return false;
    }
    final long deadline = System.nanoTime() + WATCH_NANOS;
    while (deadline - System.nanoTime() > 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(POLL_NANOS);
      final long heartbeat = lastHeartbeat(file);
      if (heartbeat != first) {
        return heartbeat != 0;
      }
    }
    return false;
  }

  /** Last heartbeat of an engine that hasn't ended; 0 without one. */
  private static long lastHeartbeat(final Path file) {
    try {
      final CountersFile found = CountersFile.read(file);
      return found.state() == CountersFile.RUNS
          ? new EngineCountersReader(found).value(EngineCounter.HEARTBEAT)
          : 0;
    } catch (final IOException e) {
      return 0;
    }
  }

  /** The engine has started. */
  public void start(final String mode, final boolean isJournaled) {
    if (isJournaled) {
      journal.started();
    }
    if (heart != null) {
      heart.setDaemon(true);
      heart.start();
    }
    if (EngineStartEvent.isRecorded()) {
      final EngineStartEvent event = new EngineStartEvent();
      event.mode = mode;
      event.journaled = isJournaled;
      event.commit();
    }
  }

  private void runHeartbeat() {
    while (state == CountersFile.RUNS) {
      if (hasFailed) {
        file.end(CountersFile.FAILED);
      }
      tryToStore();
      LockSupport.parkNanos(HEARTBEAT_NANOS);
    }
    storeLast();
  }

  /** Continues after a failure: readers would report the engine frozen. */
  private void tryToStore() {
    try {
      store();
    } catch (final RuntimeException | Error e) {
      errors.record(e);
    }
  }

  private void storeLast() {
    file.end(state);
    store();
    file.close();
  }

  private void store() {
    for (final Watched one : watched) {
      one.counter.setRelease(one.source.getAsLong());
    }
    final long now = System.currentTimeMillis();
    heartbeat.setRelease(now);
    notifyListener(now);
    try {
      file.store();
    } catch (final IOException e) {
      errors.record(e);
    }
  }

  /** A truncated view raises a memory fault, which must not stop the heartbeat. */
  private void notifyListener(final long now) {
    try {
      heartbeatListener.accept(now);
    } catch (final RuntimeException | InternalError e) {
      heartbeatListener = (later) -> {};
      error(e);
    }
  }

  /** Counters of a map writer, for its thread. */
  public MapCounters map(final int index) {
    return maps[index];
  }

  /** Calibration of the instruments, for the threads of their maps. */
  public CalibrationTable calibrations() {
    return calibrations;
  }

  /** Counters of the journal, for its thread. */
  public JournalCounters journal() {
    return journal;
  }

  /**
   * Counts that the feed's thread waits for a full ring.
   *
   * @return to be handed to {@link #backPressureEnded}; null without a flight recording
   */
  public BackPressureEvent backPressureBegun() {
    backPressure.incrementRelease();
    if (!BackPressureEvent.isRecorded()) {
      return null;
    }
    final BackPressureEvent event = new BackPressureEvent();
    event.begin();
    return event;
  }

  /** The ring has room again. */
  public void backPressureEnded(final BackPressureEvent begun) {
    if (begun != null) {
      begun.commit();
    }
  }

  /**
   * Records that the engine failed; readers see so at the next heartbeat, before it ends. From any
   * thread; allocates.
   */
  public void failed(final Throwable cause) {
    hasFailed = true;
    if (heart != null) {
      LockSupport.unpark(heart);
    }
    error(cause);
  }

  /** Records an error. From any thread; allocates. */
  public void error(final Throwable error) {
    errors.record(error);
    errorCount.getAndAdd(1);
    if (FailureEvent.isRecorded()) {
      final FailureEvent event = new FailureEvent();
      event.error = error.toString();
      event.commit();
    }
  }

  /**
   * Records the end of the engine; its threads have stopped. Where the disk is blocked, the
   * heartbeat thread records it once the disk answers.
   *
   * @param hasFailed whether the engine failed
   */
  public void end(final boolean hasFailed) {
    state = hasFailed ? CountersFile.FAILED : CountersFile.ENDED;
    if (heart != null && heart.isAlive()) {
      LockSupport.unpark(heart);
      WatchedTime.join(heart, JOIN_NANOS);
    } else {
      storeLast();
    }
    if (EngineStopEvent.isRecorded()) {
      final EngineStopEvent event = new EngineStopEvent();
      event.failed = hasFailed;
      event.commit();
    }
  }
}
