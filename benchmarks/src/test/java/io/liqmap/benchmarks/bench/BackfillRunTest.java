package io.liqmap.benchmarks.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class BackfillRunTest {
  @TempDir private Path folder;

  @Test
  void shouldReplayItsYearToTheSameStateCompressedOrNot() throws Exception {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      BackfillRun.execute(20_000, folder, out);
    }
    final String said = bytes.toString(StandardCharsets.UTF_8);

    assertEquals(10, said.lines().filter((line) -> line.startsWith("  day ")).count(), said);
    assertEquals(2, said.lines().filter((line) -> line.contains("the same state")).count(), said);
    assertTrue(said.contains("compress"), said);
    try (var left = Files.list(folder)) {
      assertEquals(0, left.count());
    }
  }

  @Test
  void shouldRefuseOptionsThatItDoesNotKnow() throws Exception {
    assertEquals(2, BackfillRun.execute("--events"));
    assertEquals(2, BackfillRun.execute("--events", "many"));
    assertEquals(2, BackfillRun.execute("--events", "5"));
    assertEquals(2, BackfillRun.execute("--year", "2024"));
  }
}
