package io.liqmap.tools.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.liqmap.tools.answer.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Sends an answer with the headers that all answers have. */
final class Reply {
  static final int OK = 200;
  static final int SEE_OTHER = 303;
  private static final int NOT_MODIFIED = 304;
  private static final int NO_BODY = -1;

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final HttpExchange exchange;
  private final WriteLimit limit;

  Reply(final HttpExchange exchange, final WriteLimit limit) {
    this.exchange = exchange;
    this.limit = limit;
    final Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
  }

  HttpExchange exchange() {
    return exchange;
  }

  private boolean isHead() {
    return exchange.getRequestMethod().equals("HEAD");
  }

  private Headers headers() {
    return exchange.getResponseHeaders();
  }

  private String asked(final String header) {
    final String value = exchange.getRequestHeaders().getFirst(header);
    return value == null ? "" : value;
  }

  /** Sends what was asked for; a tagged body that the browser has isn't sent again. */
  void send(final Body body) throws IOException {
    headers().set("Cache-Control", caching(body));
    if (body.tag() != null) {
      headers().set("ETag", body.tag());
      if (Arrays.asList(asked("If-None-Match").split(" *, *")).contains(body.tag())) {
        limit.run(() -> exchange.sendResponseHeaders(NOT_MODIFIED, NO_BODY));
        return;
      }
    }
    send(OK, body);
  }

  private static String caching(final Body body) {
    if (body.isLasting()) {
      return "private, max-age=31536000, immutable";
    }
    return body.tag() == null ? "no-store" : "no-cache";
  }

  /** Sends why not. */
  void send(final Problem problem) throws IOException {
    headers().set("Cache-Control", "no-store");
    if (problem.isPassing()) {
      headers().set("Retry-After", "1");
    }
    if (problem.status() == Problem.METHOD_NOT_ALLOWED) {
      headers().set("Allow", "GET, HEAD");
    }
    send(problem.status(), Body.json(Json.text(problem.answer())));
  }

  /** Sends a page in place of the one that was asked for. */
  void send(final int status, final Body body) throws IOException {
    headers().set("Content-Type", body.type());
    byte[] bytes = body.bytes();
    if (body.isCompressible()) {
      headers().set("Vary", "Accept-Encoding");
      if (isGzipAccepted()) {
        headers().set("Content-Encoding", "gzip");
        bytes = body.compressed();
      }
    }
    final byte[] sent = bytes;
    if (isHead()) {
      headers().set("Content-Length", Integer.toString(sent.length));
      limit.run(() -> exchange.sendResponseHeaders(status, NO_BODY));
      return;
    }
    limit.run(
        () -> {
          exchange.sendResponseHeaders(status, sent.length == 0 ? NO_BODY : sent.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(sent);
          }
        });
  }

  private boolean isGzipAccepted() {
    for (final String coding : asked("Accept-Encoding").split(",", -1)) {
      final String[] parts = coding.trim().split("\\s*;\\s*", -1);
      if (parts[0].equals("gzip")) {
        return parts.length == 1 || !parts[1].matches("q=0(\\.0*)?");
      }
    }
    return false;
  }

  /** Sends the browser to another address of this server. */
  void redirect(final String location) throws IOException {
    headers().set("Cache-Control", "no-store");
    headers().set("Location", location);
    limit.run(() -> exchange.sendResponseHeaders(SEE_OTHER, NO_BODY));
  }

  /**
   * Begins a stream of events.
   *
   * @return null where only the headers were asked for
   */
  OutputStream begin() throws IOException {
    headers().set("Cache-Control", "no-store");
    headers().set("Content-Type", "text/event-stream; charset=utf-8");
    headers().set("X-Accel-Buffering", "no");
    limit.run(() -> exchange.sendResponseHeaders(OK, isHead() ? NO_BODY : 0));
    return isHead() ? null : exchange.getResponseBody();
  }
}
