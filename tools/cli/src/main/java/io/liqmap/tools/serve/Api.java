package io.liqmap.tools.serve;

import io.liqmap.tools.answer.Json;
import io.liqmap.tools.answer.MapRequest;
import java.util.List;

/** Answers what the page asks about a journal. For any thread. */
final class Api {
  private final ServedJournal journal;

  Api(final ServedJournal journal) {
    this.journal = journal;
  }

  /**
   * Answers a request.
   *
   * @param path without escapes
   * @param query raw, null for none
   * @throws Problem if there is no such answer
   */
  Body answer(final String path, final String query) throws Problem {
    return switch (path) {
      case "/api/session" -> session(new Query(query, List.of()));
      case "/api/map" -> map(new Query(query, List.of("instrument", "model", "window", "at")));
      default -> throw new Problem(Problem.NOT_FOUND, "there is no such address here");
    };
  }

  private Body session(final Query none) throws Problem {
    return Body.json(Json.text(journal.session()));
  }

  private Body map(final Query query) throws Problem {
    final MapRequest request;
    try {
      request =
          MapRequest.of(
              MapRequest.Words.PARAMETERS,
              query.text("instrument"),
              query.text("model"),
              query.text("window", "all"));
      return Body.json(Json.text(journal.ask(request::one)));
    } catch (final IllegalArgumentException e) {
      throw new Problem(Problem.BAD_REQUEST, e.getMessage());
    }
  }
}
