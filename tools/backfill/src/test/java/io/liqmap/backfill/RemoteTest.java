package io.liqmap.backfill;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A cluster that isn't there is named at once. */
final class RemoteTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private static String failure(final int port) {
    return assertTimeoutPreemptively(
            SOON,
            () -> assertThrows(IOException.class, () -> Remote.requireFlink("127.0.0.1:" + port)),
            "hangs")
        .getMessage();
  }

  @Test
  void shouldSayThatNothingAnswers() throws IOException {
    final int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    final String message = failure(port);
    assertTrue(message.contains("Flink doesn't answer there"), message);
  }

  @Test
  void shouldSayThatSomethingElseAnswers() throws IOException {
    final HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    other.createContext(
        "/",
        (exchange) -> {
          final byte[] text = "hello".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, text.length);
          exchange.getResponseBody().write(text);
          exchange.close();
        });
    other.start();
    try {
      final String message = failure(other.getAddress().getPort());
      assertTrue(message.contains("isn't Flink"), message);
    } finally {
      other.stop(0);
    }
  }
}
