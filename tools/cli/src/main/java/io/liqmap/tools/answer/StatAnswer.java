package io.liqmap.tools.answer;

import io.liqmap.engine.core.clusters.QualityFlags;
import io.liqmap.engine.core.margin.InstrumentName;
import io.liqmap.engine.shared.counters.EngineCounter;
import io.liqmap.engine.shared.counters.EngineCountersReader.DistinctError;
import io.liqmap.engine.shared.counters.EngineCountersReader.InstrumentCalibration;
import io.liqmap.engine.shared.counters.EngineCountersReader.State;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What an engine's counters say.
 *
 * @param state of its process
 * @param alarms by the names of engine/OPERATIONS.md
 * @param process its id
 * @param started when it started
 * @param heartbeatAgeSeconds age of its last heartbeat
 * @param instruments instruments defined
 * @param events events applied by all maps
 * @param eventsPerSecond since the sample before, 0 for none
 * @param lastSequence feed sequence of the last of these events
 * @param lastTime time of the last of these events
 * @param consumers how far behind the feed
 * @param ring slots
 * @param gaps gaps in the feed's sequence
 * @param missing messages missing
 * @param duplicates duplicate messages
 * @param reordered reordered messages
 * @param rejected messages rejected
 * @param unknown messages of unknown kinds
 * @param quality what the data lacks
 * @param calibration by instrument, what its map took off in the past over what was liquidated
 * @param journal what it holds
 * @param listenerFailures exceptions of listeners
 * @param publicationFailures exceptions while publishing
 * @param errorCount errors
 * @param errors distinct ones
 * @param venues of a live session
 * @param hasRate whether there was a sample before
 */
public record StatAnswer(
    String state,
    List<String> alarms,
    long process,
    String started,
    double heartbeatAgeSeconds,
    long instruments,
    long events,
    double eventsPerSecond,
    long lastSequence,
    String lastTime,
    List<Consumer> consumers,
    Ring ring,
    long gaps,
    long missing,
    long duplicates,
    long reordered,
    long rejected,
    long unknown,
    DataQuality quality,
    List<Calibration> calibration,
    Journal journal,
    long listenerFailures,
    long publicationFailures,
    long errorCount,
    List<Failure> errors,
    List<VenueAnswer> venues,
    @Json.TextOnly boolean hasRate) {

  private static final String FAILED = "failed";

  record Consumer(String name, long lag) {}

  record Ring(long capacity, long position, long remaining, long backPressure) {}

  record DataQuality(boolean openInterestStale, boolean markMissing, boolean journaled) {}

  record Calibration(
      String instrument,
      String venue,
      @Json.Inlined BySide<CalibrationAnswer> sides,
      @Json.TextOnly String label) {
    private static List<Calibration> of(final List<InstrumentCalibration> all) {
      final List<InstrumentName> names =
          all.stream().map((one) -> new InstrumentName(one.venue(), one.symbol())).toList();
      return IntStream.range(0, all.size())
          .mapToObj((i) -> of(all.get(i), names.get(i).among(names)))
          .toList();
    }

    private static Calibration of(final InstrumentCalibration of, final String label) {
      return new Calibration(
          Format.printable(of.symbol()),
          Format.printable(of.venue()),
          new BySide<>(
              CalibrationAnswer.counted(of.longs()), CalibrationAnswer.counted(of.shorts())),
          Format.printable(label));
    }
  }

  record Journal(
      String state,
      long events,
      long documents,
      long bytes,
      long snapshots,
      long snapshotsPassedBy,
      long snapshotsTooLarge) {}

  record Failure(long count, String first, String last, String text) {
    private static Failure of(final DistinctError error) {
      return new Failure(
          error.count(),
          Format.time(error.first() * 1_000_000),
          Format.time(error.last() * 1_000_000),
          error.text());
    }
  }

  /**
   * Of a sample.
   *
   * @param before an earlier one, null for none
   */
  public static StatAnswer of(final StatSample now, final StatSample before) {
    return new StatAnswer(
        Format.lower(now.state()),
        now.alarms(before),
        now.process(),
        Format.time(now.started()),
        now.heartbeatAgeSeconds(),
        now.sum(EngineCounter.INSTRUMENTS),
        now.least(EngineCounter.EVENTS),
        now.eventsPerSecond(before),
        now.least(EngineCounter.SEQUENCE),
        Format.time(now.least(EngineCounter.EVENT_TIME)),
        consumers(now),
        new Ring(
            now.of(EngineCounter.RING_CAPACITY),
            now.of(EngineCounter.RING_POSITION),
            now.of(EngineCounter.RING_REMAINING),
            now.of(EngineCounter.BACK_PRESSURE)),
        now.most(EngineCounter.GAPS),
        now.most(EngineCounter.MISSING),
        now.most(EngineCounter.DUPLICATES),
        now.most(EngineCounter.REORDERED),
        now.most(EngineCounter.REJECTED),
        now.most(EngineCounter.UNKNOWN),
        new DataQuality(
            now.lacks(QualityFlags.OPEN_INTEREST_STALE),
            now.lacks(QualityFlags.MARK_MISSING),
            now.of(EngineCounter.JOURNAL_STATE) == EngineCounter.JOURNALING),
        Calibration.of(now.calibrations()),
        new Journal(
            journalState(now),
            now.of(EngineCounter.JOURNAL_EVENTS),
            now.of(EngineCounter.JOURNAL_DOCUMENTS),
            now.of(EngineCounter.JOURNAL_BYTES),
            now.of(EngineCounter.SNAPSHOTS),
            now.most(EngineCounter.SNAPSHOTS_PASSED_BY),
            now.most(EngineCounter.SNAPSHOTS_TOO_LARGE)),
        now.sum(EngineCounter.LISTENER_FAILURES),
        now.sum(EngineCounter.PUBLICATION_FAILURES),
        now.of(EngineCounter.ERRORS),
        now.errors().stream().map(Failure::of).toList(),
        now.venues(before),
        before != null);
  }

  private static List<Consumer> consumers(final StatSample now) {
    final List<Consumer> consumers = new ArrayList<>();
    for (int map = 0; map < now.maps(); map++) {
      consumers.add(
          new Consumer(now.maps() == 1 ? "map" : "map-" + map, now.of(EngineCounter.MAP_LAG, map)));
    }
    if (now.of(EngineCounter.JOURNAL_STATE) != EngineCounter.NO_JOURNAL) {
      consumers.add(new Consumer("journal", now.of(EngineCounter.JOURNAL_LAG)));
    }
    return consumers;
  }

  private static String journalState(final StatSample now) {
    final long state = now.of(EngineCounter.JOURNAL_STATE);
    return state == EngineCounter.JOURNALING
        ? "works"
        : state == EngineCounter.JOURNAL_FAILED ? FAILED : "none";
  }

  /** Whether it runs and makes progress, or has ended in order. */
  public boolean isWell() {
    return (state.equals(Format.lower(State.RUNNING)) || state.equals(Format.lower(State.ENDED)))
        && !alarms.contains(StatSample.MAP_STALLED);
  }

  public void print(final PrintWriter out) {
    final Lines to = new Lines(out, 14);
    to.line(
        "state",
        "%s, process %d since %s, heartbeat %.1f s ago",
        state,
        process,
        started,
        heartbeatAgeSeconds);
    to.line("alarms", "%s", alarms.isEmpty() ? "none" : String.join(", ", alarms));
    to.line(
        "events",
        "%,d%s; instruments %,d",
        events,
        hasRate ? ", " + Format.count(Math.round(eventsPerSecond)) + " events/s" : "",
        instruments);
    to.line("sequence", "%d", lastSequence);
    to.line("time", "%s", lastTime);
    if (ring.capacity > 0) {
      to.line(
          "lag",
          "%s of %,d slots; feed waited %,d times",
          consumers.stream()
              .map((consumer) -> consumer.name + " " + Format.count(consumer.lag))
              .collect(Collectors.joining(", ")),
          ring.capacity,
          ring.backPressure);
    }
    to.line(
        "faults",
        "%,d gaps, %,d missing, %,d duplicate, %,d reordered, %,d rejected, %,d unknown",
        gaps,
        missing,
        duplicates,
        reordered,
        rejected,
        unknown);
    to.line(
        "quality",
        "open interest %s, mark price %s",
        quality.openInterestStale ? "stale or missing" : "current",
        quality.markMissing ? "stale or missing" : "current");
    for (final Calibration one : calibration) {
      to.line("calibration", "%s  %s", one.label, CalibrationAnswer.line(one.sides));
    }
    to.line(
        "journal",
        "%s, %,d events in %,d documents, %,d bytes, %,d snapshots",
        journal.state.equals(FAILED) ? "FAILED" : journal.state,
        journal.events,
        journal.documents,
        journal.bytes,
        journal.snapshots);
    venues.forEach((venue) -> venue.print(to, true));
    to.line("errors", "%,d, %,d distinct", errorCount, errors.size());
    for (final Failure error : errors) {
      to.text(
          6,
          "    %,d times, %s to %s: %s",
          error.count,
          error.first,
          error.last,
          Format.printable(error.text.lines().findFirst().orElse("")));
    }
    out.flush();
  }
}
