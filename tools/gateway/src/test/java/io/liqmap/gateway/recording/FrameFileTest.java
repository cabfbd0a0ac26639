package io.liqmap.gateway.recording;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FrameFileTest {
  @TempDir private Path folder;

  /** A file that is made holds bytes that identify it for a moment, which may be the last. */
  @Test
  void shouldTakeARecordingWithoutAMemberAsCut() throws Exception {
    final byte[] bytes = "1700000000000 {\"a\":1}\n".getBytes(StandardCharsets.UTF_8);
    final Path recording = Files.write(folder.resolve("okx-20261130T21.frames.gz"), bytes);
    try (FrameFile file = new FrameFile(recording)) {
      assertFalse(file.next());
      assertTrue(file.isCut());
    }
    try (FrameFile file = new FrameFile(Files.write(folder.resolve("okx.jsonl"), bytes))) {
      assertTrue(file.next(), "a plain file of frames");
      assertFalse(file.isCut());
    }
  }
}
