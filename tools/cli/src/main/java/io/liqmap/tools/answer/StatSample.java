package io.liqmap.tools.answer;

import io.liqmap.engine.core.clusters.QualityFlags;
import io.liqmap.engine.shared.counters.EngineCounter;
import io.liqmap.engine.shared.counters.EngineCountersReader;
import io.liqmap.engine.shared.counters.EngineCountersReader.DistinctError;
import io.liqmap.engine.shared.counters.EngineCountersReader.InstrumentCalibration;
import io.liqmap.engine.shared.counters.EngineCountersReader.State;
import io.liqmap.gateway.connection.VenueStatus;
import io.liqmap.gateway.connection.VenuesFile;
import io.liqmap.gateway.feed.VenueCounter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** An engine's counters at one time. */
public final class StatSample {
  static final String MAP_STALLED = "map-stands-still";

  private static final double MILLIS = 1e3;
  private static final long LARGE_OFFSET = 1_000_000_000L;

  private final long now = System.currentTimeMillis();
  private final int maps;
  private final State state;
  private final long process;
  private final long started;
  private final long[][] values;
  private final List<DistinctError> errors;
  private final List<VenueStatus> venues;
  private final List<InstrumentCalibration> calibrations;

  public StatSample(final EngineCountersReader reader, final Path folder) throws IOException {
    maps = reader.maps();
    state = reader.state(now);
    process = reader.process();
    started = reader.started();
    values = new long[EngineCounter.values().length][maps];
    for (final EngineCounter counter : EngineCounter.values()) {
      for (int map = 0; map < maps; map++) {
        values[counter.ordinal()][map] = reader.value(counter, map);
      }
    }
    errors = reader.errors();
    calibrations = reader.calibrations();
    final Path file = folder.resolve(VenuesFile.NAME);
    venues = Files.exists(file) ? VenuesFile.read(file, started) : List.of();
  }

  /** How the venues of a live session are; none of another run. */
  List<VenueAnswer> venues(final StatSample before) {
    final double seconds = isSameRun(before) ? (now - before.now) / MILLIS : 0;
    return venues.stream()
        .map((it) -> VenueAnswer.of(it, now, before == null ? 0 : before.frames(it), seconds))
        .toList();
  }

  private long frames(final VenueStatus of) {
    return venues.stream()
        .filter((it) -> it.venue().equals(of.venue()))
        .mapToLong((it) -> it.of(VenueCounter.FRAMES))
        .findFirst()
        .orElse(0);
  }

  private boolean hasVenue(final Predicate<VenueStatus> which) {
    return state == State.RUNNING && venues.stream().anyMatch(which);
  }

  private static boolean isDown(final VenueStatus venue) {
    return venue.connections().stream().anyMatch((it) -> !it.state().equals("live"));
  }

  int maps() {
    return maps;
  }

  public State state() {
    return state;
  }

  long process() {
    return process;
  }

  /** Nanoseconds since 1970. */
  long started() {
    return started * 1_000_000;
  }

  double heartbeatAgeSeconds() {
    return Math.max(0, now - of(EngineCounter.HEARTBEAT)) / 1e3;
  }

  List<DistinctError> errors() {
    return errors;
  }

  List<InstrumentCalibration> calibrations() {
    return calibrations;
  }

  long of(final EngineCounter counter) {
    return of(counter, 0);
  }

  long of(final EngineCounter counter, final int map) {
    return values[counter.ordinal()][map];
  }

  /** Of counters that each map writer has its own part of. */
  long sum(final EngineCounter counter) {
    long sum = 0;
    for (final long value : values[counter.ordinal()]) {
      sum += value;
    }
    return sum;
  }

  /** Progress of all map writers, of counters that each of them counts alike. */
  long least(final EngineCounter counter) {
    long least = values[counter.ordinal()][0];
    for (final long value : values[counter.ordinal()]) {
      least = Math.min(least, value);
    }
    return least;
  }

  /** Progress of the foremost map writer. */
  long most(final EngineCounter counter) {
    long most = values[counter.ordinal()][0];
    for (final long value : values[counter.ordinal()]) {
      most = Math.max(most, value);
    }
    return most;
  }

  boolean lacks(final int qualityFlag) {
    long flags = 0;
    for (final long value : values[EngineCounter.QUALITY.ordinal()]) {
      flags |= value;
    }
    return (flags & qualityFlag) != 0;
  }

  /** Events a second between the beats of an earlier sample and this one; 0 where there is none. */
  double eventsPerSecond(final StatSample before) {
    return isSameRun(before)
        ? (least(EngineCounter.EVENTS) - before.least(EngineCounter.EVENTS))
            * MILLIS
            / (of(EngineCounter.HEARTBEAT) - before.of(EngineCounter.HEARTBEAT))
        : 0;
  }

  private boolean isSameRun(final StatSample before) {
    return before != null
        && before.started == started
        && before.process == process
        && before.of(EngineCounter.HEARTBEAT) < of(EngineCounter.HEARTBEAT);
  }

  /** By the names of engine/OPERATIONS.md; the earlier sample is null if there is none. */
  List<String> alarms(final StatSample before) {
    final List<String> found = new ArrayList<>();
    add(found, state == State.DEAD, "engine-dead");
    add(found, state == State.FROZEN, "engine-frozen");
    add(found, state == State.FAILED, "engine-failed");
    add(found, isMapStalled(before), MAP_STALLED);
    add(found, of(EngineCounter.JOURNAL_STATE) == EngineCounter.JOURNAL_FAILED, "journal-failed");
    add(found, isJournalStalled(before), "journal-stands-still");
    add(found, of(EngineCounter.JOURNAL_STATE) == EngineCounter.NO_JOURNAL, "not-journaled");
    add(found, hasVenue(StatSample::isDown), "venue-down");
    add(found, hasVenue((it) -> it.of(VenueCounter.RECORDING_ENDED) > 0), "recording-ended");
    add(
        found,
        hasVenue((it) -> Math.abs(it.of(VenueCounter.CLOCK_OFFSET)) > LARGE_OFFSET),
        "venue-clock");
    add(found, most(EngineCounter.GAPS) > 0, "feed-gaps");
    add(
        found,
        most(EngineCounter.DUPLICATES) + most(EngineCounter.REORDERED) > 0,
        "feed-out-of-order");
    add(found, most(EngineCounter.REJECTED) > 0, "feed-rejected");
    add(found, most(EngineCounter.UNKNOWN) > 0, "feed-unknown");
    add(found, lacks(QualityFlags.OPEN_INTEREST_STALE), "open-interest-stale");
    add(found, lacks(QualityFlags.MARK_MISSING), "mark-missing");
    add(found, lacks(QualityFlags.UNCALIBRATED), "uncalibrated");
    add(found, most(EngineCounter.SNAPSHOTS_PASSED_BY) > 0, "snapshots-passed-by");
    add(found, most(EngineCounter.SNAPSHOTS_TOO_LARGE) > 0, "snapshots-too-large");
    add(found, sum(EngineCounter.LISTENER_FAILURES) > 0, "listener-failed");
    add(found, sum(EngineCounter.PUBLICATION_FAILURES) > 0, "publication-failed");
    return found;
  }

  private static void add(final List<String> found, final boolean holds, final String alarm) {
    if (holds) {
      found.add(alarm);
    }
  }

  /** Whether a map writer had events to apply in both samples and applied none between them. */
  private boolean isMapStalled(final StatSample before) {
    if (state != State.RUNNING || !isSameRun(before)) {
      return false;
    }
    for (int map = 0; map < maps; map++) {
      if (of(EngineCounter.MAP_LAG, map) > 0
          && before.of(EngineCounter.MAP_LAG, map) > 0
          && position(EngineCounter.MAP_LAG, map) == before.position(EngineCounter.MAP_LAG, map)) {
        return true;
      }
    }
    return false;
  }

  private boolean isJournalStalled(final StatSample before) {
    return state == State.RUNNING
        && isSameRun(before)
        && of(EngineCounter.JOURNAL_STATE) == EngineCounter.JOURNALING
        && of(EngineCounter.JOURNAL_LAG) > 0
        && before.of(EngineCounter.JOURNAL_LAG) > 0
        && position(EngineCounter.JOURNAL_LAG, 0) == before.position(EngineCounter.JOURNAL_LAG, 0);
  }

  private long position(final EngineCounter lag, final int map) {
    return of(EngineCounter.RING_POSITION) - of(lag, map);
  }
}
