package io.liqmap.tools.serve;

import io.liqmap.tools.answer.Format;
import io.liqmap.tools.answer.Json;
import io.liqmap.tools.history.Heatmap;
import io.liqmap.tools.history.HeatmapRequest;
import io.liqmap.tools.history.HistoryEvent;
import io.liqmap.tools.history.JournalFollower;
import io.liqmap.tools.history.MapChoice;
import io.liqmap.tools.history.Step;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;

/** Heatmaps, events and steps, from the history that the follower keeps. For any thread. */
final class PastAnswers {
  static final List<String> HEATMAP =
      List.of(
          "instrument", "model", "window", "from", "to", "low", "high", "columns", "rows", "group");
  static final List<String> STEP = List.of("instrument", "at", "by", "direction");
  static final List<String> EVENTS = List.of("instrument", "from", "to", "kinds", "limit");

  private static final long NANOS = 1_000_000L;
  private static final long LATEST_MILLIS = 4_102_444_800_000L;
  private static final double HIGHEST = 1e15;
  private static final int COLUMNS = 1_000;
  private static final int ROWS = 500;
  private static final int EVENTS_AT_MOST = 5_000;
  private static final int EVENTS_BY_DEFAULT = 1_000;

  /** More than pages: all of them may look at the same new column. */
  private static final int WAITING = 48;

  private final LiveJournal journal;
  private final PastMaps maps;
  private final HeavyWork work = new HeavyWork(WAITING);

  PastAnswers(final LiveJournal journal, final PastMaps maps) {
    this.journal = journal;
    this.maps = maps;
  }

  /**
   * A part of time × price.
   *
   * @throws Problem if a range is wrong, or nothing is known of the instrument
   */
  Body heatmap(final Query query) throws IOException, Problem {
    journal.read();
    final HeatmapRequest request = request(query);
    return work.run(
        () -> {
          final Heatmap heatmap = made(request);
          if (heatmap == null) {
            throw unknown(request.choice().instrument());
          }
          final ByteArrayOutputStream bytes = new ByteArrayOutputStream(heatmap.length());
          heatmap.writeTo(bytes);
          return Body.of(Body.BINARY, bytes.toByteArray());
        });
  }

  private Heatmap made(final HeatmapRequest request) throws Problem {
    try {
      return journal.follower().heatmap(request);
    } catch (final RejectedExecutionException e) {
      throw new Problem(Problem.TOO_MANY, e.getMessage());
    }
  }

  private HeatmapRequest request(final Query query) throws Problem {
    try {
      return new HeatmapRequest(
          MapChoice.of(
              journal.follower().settings().map(),
              instrument(query),
              query.text("model"),
              query.text("window")),
          time(query, "from", Long.MIN_VALUE),
          time(query, "to", Long.MAX_VALUE),
          query.number("low", HIGHEST, Double.NaN),
          query.number("high", HIGHEST, Double.NaN),
          (int) query.whole("columns", 1, HeatmapRequest.MOST_COLUMNS, COLUMNS),
          (int) query.whole("rows", 1, HeatmapRequest.MOST_ROWS, ROWS),
          (int) query.whole("group", 0, Integer.MAX_VALUE, 0));
    } catch (final IllegalArgumentException e) {
      throw new Problem(Problem.BAD_REQUEST, e.getMessage());
    }
  }

  /**
   * What happened in a time.
   *
   * @throws Problem if a parameter is wrong
   */
  Body events(final Query query) throws Problem {
    journal.read();
    final long from = time(query, "from", Long.MIN_VALUE);
    final long to = time(query, "to", Long.MAX_VALUE);
    if (from > to) {
      throw new Problem(Problem.BAD_REQUEST, "from has to be before to");
    }
    final JournalFollower follower = journal.follower();
    return Body.json(
        Json.text(
            EventsAnswer.of(
                follower.events(
                    instrument(query),
                    from,
                    to,
                    kinds(query.text("kinds")),
                    (int) query.whole("limit", 1, EVENTS_AT_MOST, EVENTS_BY_DEFAULT)))));
  }

  /**
   * Where to go from a moment.
   *
   * @throws Problem if a parameter is wrong, or there is nothing further on
   */
  Body step(final Query query) throws IOException, Problem {
    journal.read();
    final Step.By by =
        Step.By.valueOf(query.oneOf("by", "event", "snapshot", "cluster").toUpperCase(Locale.ROOT));
    final boolean isNext = query.oneOf("direction", "next", "previous").equals("next");
    final String instrument = by == Step.By.CLUSTER ? instrument(query) : query.text("instrument");
    final long from = maps.sequence(Api.moment(query.text("at")));
    final Step step = work.run(() -> journal.follower().step(instrument, from, by, isNext));
    if (step == null) {
      throw new Problem(
          Problem.NOT_FOUND, "there is no " + (isNext ? "later" : "earlier") + " one");
    }
    return Body.json(Json.text(new SessionAnswer.Place(Format.time(step.time()), step.sequence())));
  }

  private static Set<HistoryEvent.Kind> kinds(final String words) throws Problem {
    if (words == null) {
      return EnumSet.allOf(HistoryEvent.Kind.class);
    }
    final Set<HistoryEvent.Kind> kinds = EnumSet.noneOf(HistoryEvent.Kind.class);
    for (final String word : words.split(",", -1)) {
      final HistoryEvent.Kind kind = HistoryEvent.Kind.of(word);
      if (kind == null) {
        throw new Problem(
            Problem.BAD_REQUEST,
            "kinds: give some of "
                + Arrays.stream(HistoryEvent.Kind.values())
                    .map(HistoryEvent.Kind::label)
                    .collect(Collectors.joining(",")));
      }
      kinds.add(kind);
    }
    return kinds;
  }

  private static String instrument(final Query query) throws Problem {
    final String instrument = query.text("instrument");
    if (instrument == null) {
      throw new Problem(Problem.BAD_REQUEST, "name an instrument, in full, as /api/session has it");
    }
    return instrument;
  }

  /** A time in ms since 1970, as ns. */
  private static long time(final Query query, final String name, final long otherwise)
      throws Problem {
    final long millis = query.whole(name, 0, LATEST_MILLIS, -1);
    return millis < 0 ? otherwise : millis * NANOS;
  }

  private static Problem unknown(final String instrument) {
    return new Problem(
        Problem.NOT_FOUND,
        "instrument "
            + instrument
            + ": the history has none of that name; /api/session has the names");
  }
}
