package io.liqmap.cluster;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A clock of day that is off, for one process; its monotonic clock isn't. */
final class WrongClock {
  private static final String KEY = "LD_PRELOAD=";

  private WrongClock() {}

  /** What the command of a process begins with; skips the test where there is no 'faketime'. */
  static List<String> prefix(final String offset) {
    final String library = library();
    assumeTrue(!library.isEmpty(), "skipped: needs 'faketime'");
    // Not by the command 'faketime' itself, which stays the parent and would be killed instead.
    return List.of(
        "env",
        KEY + library,
        "FAKETIME=" + offset,
        "FAKETIME_DONT_FAKE_MONOTONIC=1",
        "NO_FAKE_STAT=1",
        // Otherwise waits of the JVM end at once.
        "FAKETIME_FORCE_MONOTONIC_FIX=0");
  }

  /** Where the command finds its library. */
  private static String library() {
    try {
      final Process process = new ProcessBuilder("faketime", "-f", "+1h", "env").start();
      try (var out = process.getInputStream()) {
        return new String(out.readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .filter((line) -> line.startsWith(KEY))
            .map((line) -> line.substring(KEY.length()).trim())
            .findFirst()
            .orElse("");
      }
    } catch (final IOException e) {
      return "";
    }
  }
}
