package io.liqmap.backfill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What a failed job says. */
final class BackfillFailureTest {
  @Test
  void shouldNameTheFolderOfAFullDisk() {
    final RuntimeException wrapped =
        new RuntimeException(new RuntimeException(new IOException("No space left on device")));
    assertEquals(
        "history: No space left on device; days that are whole are kept: free space there or mend the cause, and start it again",
        BackfillCommand.failed(wrapped, Path.of("history")).getMessage());
  }

  @Test
  void shouldBoundTheParallelismOfOneProcess() {
    final StringWriter said = new StringWriter();
    final String[] words = {"--feeds", "feeds", "--out", "history", "--parallelism", "257"};
    assertEquals(
        2,
        new CommandLine(new BackfillCommand()).setErr(new PrintWriter(said)).execute(words),
        said::toString);
    assertTrue(
        said.toString().contains("--parallelism has to be 1 to 256 within this process, was 257"),
        said::toString);
  }
}
