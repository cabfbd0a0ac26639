package io.liqmap.backfill;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

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
}
