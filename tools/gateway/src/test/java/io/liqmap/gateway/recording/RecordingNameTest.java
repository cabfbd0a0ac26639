package io.liqmap.gateway.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecordingNameTest {
  @TempDir private Path folder;

  /** The settings of the earlier one would be overwritten, and its frames imported with ours. */
  @Test
  void shouldNameTwoSessionsOfOneSecondApart() throws Exception {
    final long start = Instant.parse("2026-11-30T16:59:59.1Z").getEpochSecond() * 1_000_000_000L;
    final String first = RecordingName.ofSession(folder, start);
    Files.createFile(folder.resolve(first));
    final String second = RecordingName.ofSession(folder, start + 500_000_000);

    assertEquals("session-20261130T165959.conf", first);
    assertEquals("session-20261130T170000.conf", second);
    Files.createFile(folder.resolve(second));
    assertEquals("session-20261130T170001.conf", RecordingName.ofSession(folder, start));
  }
}
