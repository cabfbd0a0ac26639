package io.liqmap.engine.shared.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.clusters.NumberedEvent;
import io.liqmap.engine.support.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A second JVM, as an execution system has it. */
@Tag("slow")
final class StreamProcessTest {
  private static final long EVENTS = 300_000;

  @TempDir private Path folder;

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void shouldBeReadByAnotherProcessThatMayOnlyRead() throws Exception {
    final Path file = folder.toRealPath().resolve("events");
    final Path errors = folder.resolve("errors");
    final NumberedEvent numbered = new NumberedEvent();
    final EventStream stream = EventStream.create(file, 1 << 16);
    final Process process =
        new ProcessBuilder(ChildJvm.command(StreamProcess.class, List.of("-Xmx64m"), file))
            .redirectError(errors.toFile())
            .start();
    try (stream;
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      assertEquals(StreamProcess.JOINED, out.readLine(), () -> read(errors));
      for (long sequence = 1; sequence <= EVENTS; sequence++) {
        stream.send(numbered.of(sequence));
        if (sequence % 500 == 0) {
          Thread.sleep(1);
        }
      }
      stream.close();
      final List<String> said = out.lines().toList();
      assertTrue(process.waitFor(1, TimeUnit.MINUTES));
      assertEquals(0, process.exitValue(), () -> read(errors));
      assertEquals("last " + EVENTS, said.get(0));
      assertTrue(Long.parseLong(said.get(1).substring("events ".length())) > 1_000, said.get(1));
    } finally {
      process.destroyForcibly();
    }
  }

  private static String read(final Path file) {
    try {
      return Files.readString(file);
    } catch (final IOException e) {
      return e.toString();
    }
  }
}
