package io.liqmap.gateway.connection;

import io.liqmap.gateway.venue.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Requests before a session, whose answers are waited for. */
public final class Questions {
  private Questions() {}

  /**
   * Asks one after another.
   *
   * @return the bodies, in the order of the requests
   * @throws IOException if one fails, saying which and why
   */
  public static List<byte[]> ask(final VenueLink link, final List<Request> requests)
      throws IOException {
    final List<byte[]> answers = new ArrayList<>();
    for (final Request request : requests) {
      final CompletableFuture<Answer> asked = link.rest().ask(request);
      final Answer answer = asked.join();
      if (answer.failure() != null) {
        throw new IOException(
            link.venue().name()
                + ": "
                + link.rest().host()
                + request.path()
                + ": "
                + answer.failure().reason());
      }
      answers.add(answer.body());
    }
    return answers;
  }
}
