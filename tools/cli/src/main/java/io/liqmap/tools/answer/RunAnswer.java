package io.liqmap.tools.answer;

import io.liqmap.engine.core.margin.InstrumentName;
import io.liqmap.engine.market.MapState;
import io.liqmap.engine.pipeline.Engine;
import io.liqmap.engine.pipeline.EngineReport;
import io.liqmap.engine.replay.Recovered;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What {@code run} says at its end.
 *
 * @param totals of the whole journal
 * @param missing messages missing from the feed
 * @param duplicates duplicate messages
 * @param reordered reordered messages
 * @param unknown messages of unknown kinds
 * @param snapshotsSkipped snapshots skipped because the journal was behind
 * @param snapshotsTooLarge snapshots too large for the journal
 * @param journalBytes bytes appended
 * @param backPressure how often the feed waited for a free slot
 * @param journaled whether the journal holds all events
 * @param acknowledgedEvents events that the journal acknowledged
 * @param appearedLater instruments that the feed defined after its first event
 * @param recovered what was found in the journal that was resumed
 * @param journal folder; null for none
 */
public record RunAnswer(
    @Json.Inlined RunTotals totals,
    long missing,
    long duplicates,
    long reordered,
    long unknown,
    long snapshotsSkipped,
    long snapshotsTooLarge,
    long journalBytes,
    long backPressure,
    boolean journaled,
    long acknowledgedEvents,
    List<Appeared> appearedLater,
    Optional<Recovery> recovered,
    @Json.TextOnly Path journal) {

  record Appeared(
      String instrument, String venue, String time, long sequence, @Json.TextOnly String label) {}

  record Recovery(
      long events,
      long sequence,
      long snapshotEvents,
      long replayedEvents,
      long unacknowledgedDocuments,
      long lostDocuments,
      double seconds,
      long passedOver,
      long unreadEvents,
      Optional<String> damage) {}

  /** Of an engine that has finished. */
  public static RunAnswer of(final Engine engine, final Path journal, final long elapsedNanos) {
    final EngineReport report = engine.report();
    final Recovered found = engine.recovered();
    return new RunAnswer(
        RunTotals.of(
            report.instruments(),
            engine.map().firstTime(),
            report.journaled(),
            report.snapshots(),
            elapsedNanos,
            report.journaled().events() - (found == null ? 0 : found.events())),
        report.faults().missing(),
        report.faults().duplicates(),
        report.faults().reordered(),
        report.faults().unknown(),
        report.snapshotsSkipped(),
        report.snapshotsTooLarge(),
        report.journalBytes(),
        report.backPressure(),
        journal != null && engine.journalFailure() == null,
        engine.acknowledgedEvents(),
        appearedLater(engine.map()),
        Optional.ofNullable(found).map((recovered) -> recovery(recovered, engine.skipped())),
        journal);
  }

  private static List<Appeared> appearedLater(final MapState map) {
    final List<InstrumentName> names =
        IntStream.range(0, map.capacity())
            .mapToObj(map::instrument)
            .filter(Objects::nonNull)
            .map((it) -> it.definition().name())
            .toList();
    return IntStream.range(0, map.capacity())
        .mapToObj(map::instrument)
        .filter((it) -> it != null && it.definedSince() > map.firstTime())
        .map(
            (it) ->
                new Appeared(
                    it.definition().symbol(),
                    it.definition().venue(),
                    Format.time(it.definedSince()),
                    it.definedAt(),
                    it.definition().name().among(names)))
        .toList();
  }

  private static Recovery recovery(final Recovered found, final long skippedMessages) {
    return new Recovery(
        found.events(),
        found.sequence(),
        found.snapshotEvents(),
        found.replayed(),
        found.unacknowledged(),
        found.lostDocuments(),
        found.nanos() / 1e9,
        skippedMessages,
        found.unread(),
        Optional.ofNullable(Advice.withCommands(found.damage())));
  }

  public void print(final PrintWriter out) {
    final Lines to = new Lines(out, 14);
    totals.print(to);
    for (final Appeared later : appearedLater) {
      to.line("appeared", "%s at %s, sequence %d", later.label, later.time, later.sequence);
    }
    recovered.ifPresent((found) -> print(found, to));
    to.line(
        "faults",
        "%,d missing, %,d duplicate, %,d reordered, %,d unknown",
        missing,
        duplicates,
        reordered,
        unknown);
    if (journal == null) {
      to.line("journal", "none");
      out.flush();
      return;
    }
    to.line(
        "journal",
        "%s, %,d bytes%s%s%s",
        journal,
        journalBytes,
        snapshots(snapshotsSkipped, "skipped (journal was behind)"),
        snapshots(snapshotsTooLarge, "too large for it: a replay starts farther back"),
        journaled ? "" : ", ENDED BEFORE ITS TIME");
    out.flush();
  }

  private static void print(final Recovery found, final Lines to) {
    to.line(
        "recovered",
        "%,d events in %.3f s, %,d of them applied again%s; %,d messages of the feed skipped%s",
        found.events,
        found.seconds,
        found.replayedEvents,
        found.snapshotEvents == 0 ? "" : " after a snapshot",
        found.passedOver,
        found.unreadEvents == 0
            ? ""
            : "; "
                + Format.count(found.unreadEvents)
                + " events before weren't read, 'liqmap verify' reads them");
    if (found.lostDocuments > 0) {
      to.line(
          "power loss",
          "%,d acknowledged documents weren't on the disk when the machine went down; what they"
              + " held has to come from the feed again",
          found.lostDocuments);
    }
  }

  private static String snapshots(final long count, final String what) {
    return count == 0 ? "" : ", " + Format.count(count) + " snapshots " + what;
  }
}
