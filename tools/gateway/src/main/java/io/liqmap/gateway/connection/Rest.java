package io.liqmap.gateway.connection;

import io.liqmap.gateway.venue.Request;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Asks a venue's public interface. Follows no redirect; any thread. */
final class Rest {
  private static final int OK = 200;

  private final HttpClient client;
  private final Endpoint endpoint;
  private final GatewayLimits limits;

  Rest(final HttpClient client, final Endpoint endpoint, final GatewayLimits limits) {
    this.client = client;
    this.endpoint = endpoint;
    this.limits = limits;
  }

  /** Sends a request; the answer never fails exceptionally. */
  CompletableFuture<Answer> ask(final Request request) {
    final Duration timeout = Duration.ofNanos(limits.answerNanos());
    final HttpRequest.Builder to =
        HttpRequest.newBuilder(endpoint.at(request.path()))
            .timeout(timeout)
            .header("Accept", "application/json");
    if (request.body() != null) {
      to.header("Content-Type", "application/json")
          .POST(HttpRequest.BodyPublishers.ofString(request.body(), StandardCharsets.UTF_8));
    }
    final CompletableFuture<HttpResponse<byte[]>> sent =
        client.sendAsync(to.build(), (info) -> new LimitedBody(limits.maxFrame()));
    // The request's own timeout ends with the answer's headers.
    CompletableFuture.delayedExecutor(2 * limits.answerNanos(), TimeUnit.NANOSECONDS)
        .execute(() -> sent.cancel(true));
    return sent.handle(Rest::answer);
  }

  private static Answer answer(final HttpResponse<byte[]> answer, final Throwable failed) {
    if (failed != null) {
      return new Answer(new byte[0], Failure.of(failed));
    }
    return answer.statusCode() == OK
        ? new Answer(answer.body(), null)
        : new Answer(new byte[0], Failure.ofStatus(answer));
  }

  String host() {
    return endpoint.host();
  }
}
