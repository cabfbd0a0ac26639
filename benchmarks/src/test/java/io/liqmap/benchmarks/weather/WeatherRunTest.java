package io.liqmap.benchmarks.weather;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeatherRunTest {
  @TempDir private Path folder;

  private static boolean canSignal() throws InterruptedException {
    try {
      return new ProcessBuilder("kill", "-0", Long.toString(ProcessHandle.current().pid()))
              .start()
              .waitFor()
          == 0;
    } catch (final IOException e) {
      return false;
    }
  }

  @Test
  void shouldComeThroughAShortStormToOneState() throws Exception {
    assumeTrue(canSignal(), "skipped: no process can be paused here");
    final ByteArrayOutputStream out = new ByteArrayOutputStream();

    final WeatherReport report =
        WeatherRun.execute(
            new WeatherOptions(.12, 3, folder),
            40_000,
            new PrintStream(out, true, StandardCharsets.UTF_8));

    final String text = out.toString(StandardCharsets.UTF_8);
    assertEquals(List.of(), report.faults(), text);
    assertTrue(Arrays.stream(Disturbance.values()).mapToLong(report::count).sum() > 0, text);
    assertTrue(text.contains("one hash in each pass, nothing lost"), text);
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void shouldRefuseWhatItCannotUnderstand() {
    assertThrows(IllegalArgumentException.class, () -> WeatherOptions.parse());
    assertThrows(IllegalArgumentException.class, () -> WeatherOptions.parse("--minutes"));
    assertThrows(IllegalArgumentException.class, () -> WeatherOptions.parse("--minutes", "0"));
    assertThrows(IllegalArgumentException.class, () -> WeatherOptions.parse("--minutes", "x"));
    assertThrows(IllegalArgumentException.class, () -> WeatherOptions.parse("--days", "2"));
  }
}
