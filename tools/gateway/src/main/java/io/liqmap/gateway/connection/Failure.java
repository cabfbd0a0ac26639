package io.liqmap.gateway.connection;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;

/**
 * Why a connection or a request failed.
 *
 * @param reason in a few words
 * @param kind what it means for the next attempt
 * @param waitNanos that the venue asked for, 0 for none
 */
record Failure(String reason, Kind kind, long waitNanos) {
  private static final int MAX_REASON = 200;
  private static final int FIRST_REDIRECT = 300;
  private static final int LAST_REDIRECT = 399;
  private static final int TOO_MANY = 429;
  private static final int BANNED = 418;
  private static final long STANDARD_WAIT_SECONDS = 60;
  private static final long MAX_WAIT_SECONDS = 86_400;
  private static final long SECOND = 1_000_000_000L;

  enum Kind {
    /** The line was lost. */
    LOST,
    /** The venue refused it, or what it asked for. */
    REFUSED,
    /** The venue sent what is not accepted. */
    OVERSIZED
  }

  Failure {
    final String plain = reason.replaceAll("\\p{Cntrl}", " ");
    reason = plain.length() > MAX_REASON ? plain.substring(0, MAX_REASON) : plain;
  }

  static Failure lost(final String reason) {
    return new Failure(reason, Kind.LOST, 0);
  }

  static Failure refused(final String reason) {
    return new Failure(reason, Kind.REFUSED, 0);
  }

  static Failure oversized(final String reason) {
    return new Failure(reason, Kind.OVERSIZED, 0);
  }

  /** Of an exception of the JDK's client. */
  static Failure of(final Throwable thrown) {
    Throwable cause = thrown;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof WebSocketHandshakeException refusal && refusal.getResponse() != null) {
      return ofStatus(refusal.getResponse());
    }
    if (cause instanceof HttpTimeoutException) {
      return lost("no answer in time");
    }
    if (cause instanceof ConnectException) {
      return lost("no connection to it: it is unreachable or refuses");
    }
    if (cause instanceof EOFException) {
      return lost("the line broke off");
    }
    final String text =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return cause instanceof SSLException ? refused("TLS: " + text) : lost(text);
  }

  /** Of an answer other than the one that was asked for. */
  static Failure ofStatus(final HttpResponse<?> answer) {
    final int status = answer.statusCode();
    if (status == TOO_MANY || status == BANNED) {
      final long seconds =
          answer
              .headers()
              .firstValue("Retry-After")
              .filter((text) -> text.matches("\\d{1,9}"))
              .map(Long::parseLong)
              .orElse(STANDARD_WAIT_SECONDS);
      return new Failure(
          "HTTP " + status + ": too many requests, wait " + seconds + " s",
          Kind.REFUSED,
          Math.min(seconds, MAX_WAIT_SECONDS) * SECOND);
    }
    if (status >= FIRST_REDIRECT && status <= LAST_REDIRECT) {
      return refused(
          "HTTP "
              + status
              + ": redirects to "
              + answer.headers().firstValue("Location").orElse("nowhere")
              + ", which is not followed");
    }
    return refused("HTTP " + status);
  }
}
