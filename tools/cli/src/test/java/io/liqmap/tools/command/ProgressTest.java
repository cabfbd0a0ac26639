package io.liqmap.tools.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final String TERMINAL = "liqmap.terminal";

  private final StringWriter err = new StringWriter();

  @AfterEach
  void leaveTheTerminal() {
    System.clearProperty(TERMINAL);
  }

  @Test
  void shouldShowALineAfterTwoSecondsAndWipeItAtTheEnd() throws InterruptedException {
    System.setProperty(TERMINAL, "true");
    final long started = System.nanoTime();
    try (Progress progress = new Progress(new PrintWriter(err), "import", () -> "7 events")) {
      progress.start();
      while (err.toString().isEmpty() && System.nanoTime() - started < 20_000_000_000L) {
        Thread.sleep(20);
      }
      assertTrue(System.nanoTime() - started >= 2_000_000_000L, "it came too early");
    }
    assertTrue(err.toString().startsWith("\rimport 7 events"), err::toString);
    assertTrue(err.toString().endsWith("\r\u001B[K"), err::toString);
  }

  @Test
  void shouldSayNothingOfShortWork() {
    System.setProperty(TERMINAL, "true");
    try (Progress progress = new Progress(new PrintWriter(err), "run", () -> 0.5)) {
      progress.start();
    }
    assertEquals("", err.toString());
  }
}
