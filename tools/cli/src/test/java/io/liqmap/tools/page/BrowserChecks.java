package io.liqmap.tools.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That the browser reports what the tests of the page rely on it to report. */
abstract class BrowserChecks {
  private Browser browser;
  private HttpServer server;
  private String origin;
  private volatile String content = "";

  @BeforeEach
  void serve(final Browser shared) throws IOException {
    browser = shared;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        (exchange) -> {
          final byte[] body = content.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
          exchange
              .getResponseHeaders()
              .set(
                  "Content-Security-Policy",
                  "default-src 'self'; img-src * data:; script-src 'nonce-x'");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    origin = "http://127.0.0.1:" + server.getAddress().getPort();
    browser.log().clear();
  }

  @AfterEach
  void stop() {
    browser.driver().get("about:blank");
    browser.log().clear();
    server.stop(0);
  }

  private void open(final String html) {
    content = "<!doctype html><title>t</title><link rel=icon href=data:,>" + html;
    browser.driver().get(origin + "/");
  }

  @Test
  void shouldFindNothingWrongWithAPlainPage() {
    open("<p>plain</p>");
    assertEquals(List.of(), browser.log().errors());
    assertEquals(List.of(origin + "/"), browser.log().requests());
    assertEquals(List.of("/"), List.copyOf(browser.log().weights().keySet()));
    assertTrue(browser.log().weights().get("/") > content.length());
  }

  @Test
  void shouldReportErrorsOfScripts() {
    open("<script nonce=x>missing.call();</script>");
    assertTrue(browser.log().errors().toString().contains("missing is not defined"));
  }

  @Test
  void shouldReportWhatThePolicyForbids() {
    open("<script>document.title = 'inline';</script>");
    assertEquals("t", browser.driver().getTitle());
    assertTrue(browser.log().errors().toString().contains("Content Security Policy"));
  }

  @Test
  void shouldReportRequestsToOtherHosts() {
    open("<img src='http://elsewhere.invalid/x.png'>");
    assertEquals(List.of("http://elsewhere.invalid/x.png"), browser.log().foreign(origin));
  }

  @Test
  void shouldSayWhatItWaitedFor() {
    open("<p id=p>plain</p>");
    browser.await("the text is there", "document.getElementById('p').textContent === 'plain'");
  }
}
