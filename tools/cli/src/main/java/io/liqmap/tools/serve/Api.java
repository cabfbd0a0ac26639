package io.liqmap.tools.serve;

import io.liqmap.tools.answer.Json;
import io.liqmap.tools.answer.Moment;
import java.io.IOException;
import java.util.List;

/** Answers what the page asks about a journal. For any thread. */
final class Api {
  static final String LIVE = "/api/live";

  private static final List<String> MAP = List.of("instrument", "model", "window");
  private static final List<String> MAP_AT = List.of("instrument", "model", "window", "at");

  private final LiveJournal journal;
  private final LiveStreams streams;
  private final PresentMaps present;
  private final PastMaps past;
  private final PastAnswers history;

  Api(final LiveJournal journal, final LiveStreams streams) {
    this.journal = journal;
    this.streams = streams;
    present = new PresentMaps(journal);
    past = new PastMaps(journal);
    history = new PastAnswers(journal, past);
  }

  /**
   * Answers a request.
   *
   * @param path without escapes
   * @param query raw, null for none
   * @throws Problem if there is no such answer
   */
  Body answer(final String path, final String query) throws IOException, Problem {
    return switch (path) {
      case "/api/session" -> {
        Query.requireNone(query);
        yield Body.json(Json.text(journal.session()));
      }
      case "/api/map" -> map(new Query(query, MAP_AT));
      case "/api/heatmap" -> history.heatmap(new Query(query, PastAnswers.HEATMAP));
      case "/api/events" -> history.events(new Query(query, PastAnswers.EVENTS));
      case "/api/step" -> history.step(new Query(query, PastAnswers.STEP));
      default -> throw new Problem(Problem.NOT_FOUND, "there is no such address here");
    };
  }

  /** Streams what changes, until the client is gone. */
  void stream(final String query, final Reply reply) throws IOException, Problem {
    streams.stream(MapAsked.of(new Query(query, MAP)), reply);
  }

  private Body map(final Query query) throws IOException, Problem {
    final MapAsked asked = MapAsked.of(query);
    final String at = query.text("at");
    return at == null ? present.answer(asked, streams.announced()) : past.answer(moment(at), asked);
  }

  /**
   * A moment of a request.
   *
   * @throws Problem if it is none
   */
  static Moment moment(final String at) throws Problem {
    if (at == null) {
      throw new Problem(Problem.BAD_REQUEST, "at: give a time or a sequence");
    }
    try {
      return Moment.of(at);
    } catch (final IllegalArgumentException e) {
      throw new Problem(Problem.BAD_REQUEST, "at " + e.getMessage());
    }
  }
}
