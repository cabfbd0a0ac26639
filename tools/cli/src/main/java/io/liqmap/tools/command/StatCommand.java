package io.liqmap.tools.command;

import com.fasterxml.jackson.core.JsonGenerator;
import io.liqmap.engine.core.clusters.QualityFlags;
import io.liqmap.engine.journal.NoJournalException;
import io.liqmap.engine.shared.counters.EngineCounter;
import io.liqmap.engine.shared.counters.EngineCountersReader;
import io.liqmap.engine.shared.counters.EngineCountersReader.DistinctError;
import io.liqmap.engine.shared.counters.EngineCountersReader.State;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code liqmap stat}: a running engine, seen from outside. */
@Command(
    name = "stat",
    description = {
      "Shows how an engine fares, from outside: whether it lives, events a second, lags, faults, errors.",
      "Exits with 0 where it runs or has ended in order, with 1 where it is dead, frozen, has failed or stands still."
    })
public final class StatCommand implements Callable<Integer> {
  private static final double MAX_WATCH = 86_400;

  @Spec private CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  private Place place;

  @Option(
      names = "--watch",
      paramLabel = "SECONDS",
      description = "Look again and again, until the engine has ended.")
  private Double watch;

  @Option(names = "--json", description = "Print JSON, an object for each look.")
  private boolean json;

  /** Where the counters lie. */
  private static final class Place {
    @Option(
        names = "--journal",
        required = true,
        paramLabel = "DIR",
        description = "Folder of the engine's journal.")
    private Path journal;

    @Option(
        names = "--share",
        required = true,
        paramLabel = "DIR",
        description = "Folder that it shares, where it keeps no journal.")
    private Path share;

    Path folder() {
      return journal == null ? share : journal;
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (watch != null && !(watch > 0 && watch <= MAX_WATCH)) {
      throw new ParameterException(
          spec.commandLine(), "--watch has to be above 0, and 86400 at most, was " + watch);
    }
    StatSample before = look();
    if (before.state() != State.RUNNING) {
      print(before, null);
      return code(before, null);
    }
    while (true) {
      Thread.sleep(watch == null ? 1_000 : Math.max(1, Math.round(watch * 1_000)));
      final StatSample now = look();
      print(now, before);
      if (watch == null || now.state() != State.RUNNING) {
        return code(now, before);
      }
      before = now;
    }
  }

  /** Opens the file anew: another engine may have taken its place. */
  private StatSample look() throws IOException {
    final Path folder = place.folder();
    try {
      return new StatSample(EngineCountersReader.open(folder));
    } catch (final NoSuchFileException e) {
      throw new NoJournalException(
          folder
              + ": no engine has left counters here; name the --journal of one that was started with"
              + " 'liqmap run', or what it shares if it keeps no journal");
    }
  }

  private static int code(final StatSample now, final StatSample before) {
    final boolean isWell =
        (now.state() == State.RUNNING || now.state() == State.ENDED) && !now.mapStandsStill(before);
    return isWell ? ExitCodes.DONE : ExitCodes.FAILED;
  }

  private void print(final StatSample now, final StatSample before) throws IOException {
    final PrintWriter out = spec.commandLine().getOut();
    if (json) {
      try (JsonGenerator generator = Json.on(out)) {
        write(generator, now, before);
      }
      out.println();
    } else {
      write(out, now, before);
      if (watch != null) {
        out.println();
      }
    }
    out.flush();
  }

  private static void write(final PrintWriter out, final StatSample now, final StatSample before) {
    out.printf(
        Locale.ROOT,
        "state         %s, process %d since %s, heartbeat %.1f s ago%n",
        lower(now.state()),
        now.process(),
        Moment.print(now.started()),
        now.heartbeatAgeSeconds());
    final List<String> alarms = now.alarms(before);
    out.printf("alarms        %s%n", alarms.isEmpty() ? "none" : String.join(", ", alarms));
    out.printf(
        "events        %s%s; instruments %s%n",
        Format.count(now.least(EngineCounter.EVENTS)),
        before == null
            ? ""
            : ", " + Format.count(Math.round(now.eventsPerSecond(before))) + " events/s",
        Format.count(now.sum(EngineCounter.INSTRUMENTS)));
    out.printf(Locale.ROOT, "sequence      %d%n", now.least(EngineCounter.SEQUENCE));
    out.printf("time          %s%n", Moment.print(now.least(EngineCounter.EVENT_TIME)));
    if (now.of(EngineCounter.RING_CAPACITY) > 0) {
      final List<String> lags = new ArrayList<>();
      for (int map = 0; map < now.maps(); map++) {
        lags.add(name(now, map) + " " + Format.count(now.of(EngineCounter.MAP_LAG, map)));
      }
      if (now.of(EngineCounter.JOURNAL_STATE) != EngineCounter.NO_JOURNAL) {
        lags.add("journal " + Format.count(now.of(EngineCounter.JOURNAL_LAG)));
      }
      out.printf(
          "lag           %s of %s slots; feed waited %s times%n",
          String.join(", ", lags),
          Format.count(now.of(EngineCounter.RING_CAPACITY)),
          Format.count(now.of(EngineCounter.BACK_PRESSURE)));
    }
    out.printf(
        "faults        %s gaps, %s missing, %s duplicate, %s reordered, %s rejected, %s unknown%n",
        Format.count(now.most(EngineCounter.GAPS)),
        Format.count(now.most(EngineCounter.MISSING)),
        Format.count(now.most(EngineCounter.DUPLICATES)),
        Format.count(now.most(EngineCounter.REORDERED)),
        Format.count(now.most(EngineCounter.REJECTED)),
        Format.count(now.most(EngineCounter.UNKNOWN)));
    out.printf(
        "quality       %s, %s%n",
        now.lacks(QualityFlags.OPEN_INTEREST_STALE)
            ? "open interest stale or missing"
            : "open interest there",
        now.lacks(QualityFlags.MARK_MISSING) ? "mark price stale or missing" : "mark price there");
    out.printf(
        "journal       %s, %s events in %s documents, %s bytes, %s snapshots%n",
        journal(now),
        Format.count(now.of(EngineCounter.JOURNAL_EVENTS)),
        Format.count(now.of(EngineCounter.JOURNAL_DOCUMENTS)),
        Format.count(now.of(EngineCounter.JOURNAL_BYTES)),
        Format.count(now.of(EngineCounter.SNAPSHOTS)));
    out.printf(
        "errors        %s, %s distinct%n",
        Format.count(now.of(EngineCounter.ERRORS)), Format.count(now.errors().size()));
    for (final DistinctError error : now.errors()) {
      out.printf(
          "    %s times, %s to %s: %s%n",
          Format.count(error.count()),
          Moment.print(error.first() * 1_000_000),
          Moment.print(error.last() * 1_000_000),
          firstLine(error.text()));
    }
  }

  private static String firstLine(final String text) {
    return ExitCodes.plain(text.lines().findFirst().orElse(""));
  }

  private static String name(final StatSample now, final int map) {
    return now.maps() == 1 ? "map" : "map-" + map;
  }

  private static String journal(final StatSample now) {
    final long state = now.of(EngineCounter.JOURNAL_STATE);
    return state == EngineCounter.JOURNALING
        ? "works"
        : state == EngineCounter.JOURNAL_FAILED ? "FAILED" : "none";
  }

  private static String lower(final State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static void write(final JsonGenerator json, final StatSample now, final StatSample before)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("state", lower(now.state()));
    json.writeArrayFieldStart("alarms");
    for (final String alarm : now.alarms(before)) {
      json.writeString(alarm);
    }
    json.writeEndArray();
    json.writeNumberField("process", now.process());
    json.writeStringField("started", Moment.print(now.started()));
    json.writeNumberField("heartbeatAgeSeconds", Json.plain(now.heartbeatAgeSeconds()));
    json.writeNumberField("instruments", now.sum(EngineCounter.INSTRUMENTS));
    json.writeNumberField("events", now.least(EngineCounter.EVENTS));
    json.writeNumberField("eventsPerSecond", Json.plain(now.eventsPerSecond(before)));
    json.writeNumberField("lastSequence", now.least(EngineCounter.SEQUENCE));
    json.writeStringField("lastTime", Moment.print(now.least(EngineCounter.EVENT_TIME)));
    writeConsumers(json, now);
    json.writeObjectFieldStart("ring");
    json.writeNumberField("capacity", now.of(EngineCounter.RING_CAPACITY));
    json.writeNumberField("position", now.of(EngineCounter.RING_POSITION));
    json.writeNumberField("remaining", now.of(EngineCounter.RING_REMAINING));
    json.writeNumberField("backPressure", now.of(EngineCounter.BACK_PRESSURE));
    json.writeEndObject();
    json.writeNumberField("gaps", now.most(EngineCounter.GAPS));
    json.writeNumberField("missing", now.most(EngineCounter.MISSING));
    json.writeNumberField("duplicates", now.most(EngineCounter.DUPLICATES));
    json.writeNumberField("reordered", now.most(EngineCounter.REORDERED));
    json.writeNumberField("rejected", now.most(EngineCounter.REJECTED));
    json.writeNumberField("unknown", now.most(EngineCounter.UNKNOWN));
    json.writeObjectFieldStart("quality");
    json.writeBooleanField("openInterestStale", now.lacks(QualityFlags.OPEN_INTEREST_STALE));
    json.writeBooleanField("markMissing", now.lacks(QualityFlags.MARK_MISSING));
    json.writeBooleanField(
        "journaled", now.of(EngineCounter.JOURNAL_STATE) == EngineCounter.JOURNALING);
    json.writeEndObject();
    writeJournal(json, now);
    json.writeNumberField("listenerFailures", now.sum(EngineCounter.LISTENER_FAILURES));
    json.writeNumberField("publicationFailures", now.sum(EngineCounter.PUBLICATION_FAILURES));
    writeErrors(json, now);
    json.writeEndObject();
  }

  private static void writeConsumers(final JsonGenerator json, final StatSample now)
      throws IOException {
    json.writeArrayFieldStart("consumers");
    for (int map = 0; map < now.maps(); map++) {
      writeConsumer(json, name(now, map), now.of(EngineCounter.MAP_LAG, map));
    }
    if (now.of(EngineCounter.JOURNAL_STATE) != EngineCounter.NO_JOURNAL) {
      writeConsumer(json, "journal", now.of(EngineCounter.JOURNAL_LAG));
    }
    json.writeEndArray();
  }

  private static void writeConsumer(final JsonGenerator json, final String name, final long lag)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("name", name);
    json.writeNumberField("lag", lag);
    json.writeEndObject();
  }

  private static void writeJournal(final JsonGenerator json, final StatSample now)
      throws IOException {
    json.writeObjectFieldStart("journal");
    json.writeStringField("state", journal(now).toLowerCase(Locale.ROOT));
    json.writeNumberField("events", now.of(EngineCounter.JOURNAL_EVENTS));
    json.writeNumberField("documents", now.of(EngineCounter.JOURNAL_DOCUMENTS));
    json.writeNumberField("bytes", now.of(EngineCounter.JOURNAL_BYTES));
    json.writeNumberField("snapshots", now.of(EngineCounter.SNAPSHOTS));
    json.writeNumberField("snapshotsPassedBy", now.most(EngineCounter.SNAPSHOTS_PASSED_BY));
    json.writeNumberField("snapshotsTooLarge", now.most(EngineCounter.SNAPSHOTS_TOO_LARGE));
    json.writeEndObject();
  }

  private static void writeErrors(final JsonGenerator json, final StatSample now)
      throws IOException {
    json.writeNumberField("errorCount", now.of(EngineCounter.ERRORS));
    json.writeArrayFieldStart("errors");
    for (final DistinctError error : now.errors()) {
      json.writeStartObject();
      json.writeNumberField("count", error.count());
      json.writeStringField("first", Moment.print(error.first() * 1_000_000));
      json.writeStringField("last", Moment.print(error.last() * 1_000_000));
      json.writeStringField("text", error.text());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
